using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <param name="First">Index of its first token; <paramref name="Last"/> of its last.</param>
/// <param name="IsHollow">Made of words that would fit any design.</param>
internal readonly record struct Sentence(int First, int Last, bool IsQuestion, bool IsReasoned, bool IsHollow);

/// <summary>
/// Messages sent after each other, taken apart as one text: tokens, figures, sentences and what ties them together. Where
/// one message ends and the next begins makes no difference.
/// </summary>
internal sealed class Reading
{
    private const int LongestQuote = 240;

    // In talk about something else a word of the field stands alone.
    private const int WordsPerTerm = 5;

    // One word in eight has to be about this design rather than any.
    private const int WordsPerSpecific = 8;
    private const int LongestPlain = 8;
    private readonly MessageBounds _bounds;
    private readonly HashSet<int> _onTopic;
    private readonly HashSet<int> _figured;
    private readonly HashSet<int> _counted;
    private readonly HashSet<string> _specific = new(StringComparer.Ordinal);
    private readonly bool[] _everyday;

    public Reading(IReadOnlyList<Turn> turns, TermMatcher matcher)
    {
        _bounds = MessageBounds.Of(turns);
        (Step, Speaker) = (turns[0].Step, turns[0].Speaker);
        Tokens = Tone.Without(matcher.Correct(RuleChecks.Tokens.Of(Text)), Text);
        _everyday = [.. Tokens.Select(Everyday.Is)];
        Figures = Quantities.Of(Tokens);
        _counted = [.. Figures.Select(f => SentenceOf(f.First))];
        // A bare number may be a version or a place in a list.
        _figured = [.. Figures.Where(f => f.Kind != QuantityKind.Number).Select(f => SentenceOf(f.First))];
        Sentences = Divide();
        Matches = matcher.Match(Tokens, Figures);
        _onTopic = [.. Matches.Where(m => m.Owner.Use is TermUse.Concept or TermUse.Point && IsSpecific(m)).Select(m => SentenceOf(m.First))];
        var ofTheField = OfTheField();
        _onTopic.RemoveWhere(n => Sentences[n].IsHollow || !IsAboutIt(Sentences[n], ofTheField));
        _onTopic.UnionWith(Matches.Where(m => m.Owner.Use is TermUse.Concept or TermUse.Point).Select(m => SentenceOf(m.First)).Where(IsPlain));
    }

    public Step Step { get; }

    public Speaker Speaker { get; }

    /// <summary>The messages, with a blank line between them.</summary>
    public string Text => _bounds.Text;

    public List<Token> Tokens { get; }

    public List<Figure> Figures { get; }

    public List<Sentence> Sentences { get; }

    public List<TermMatch> Matches { get; }

    /// <summary>Something of the field or of the problem is named in the sentence.</summary>
    public bool IsOnTopic(int sentence) => _onTopic.Contains(sentence);

    /// <summary>The sentence carries a number of any kind.</summary>
    public bool IsCounted(int sentence) => _counted.Contains(sentence);

    /// <summary>The sentence carries a figure with its unit.</summary>
    public bool IsFigured(int sentence) => _figured.Contains(sentence);

    /// <summary>Begins or ends with a word that is not used in talk about anything.</summary>
    public bool IsSpecific(TermMatch match) => IsOfTheField(match.First) || IsOfTheField(match.Last);

    /// <summary>How many things a sentence lists.</summary>
    public int Items(Sentence sentence)
    {
        var text = Text.AsSpan(Tokens[sentence.First].Start, Tokens[sentence.Last].End - Tokens[sentence.First].Start);
        return 1 + text.Count(',') + text.Count(" / ") + text.Count('|');
    }

    public int SentenceOf(int token) => Tokens[token].Sentence - Tokens[0].Sentence;

    /// <summary>The message that a token stands in.</summary>
    public int TurnOf(int token) => _bounds.TurnAt(Tokens[token].Start);

    /// <summary>The sentence around a token as a verbatim span; of a very long one, the part around the token.</summary>
    public Span Quote(int token)
    {
        var sentence = Sentences[SentenceOf(token)];
        var start = Tokens[sentence.First].Start;
        var end = Tokens[sentence.Last].End;
        if (end - start > LongestQuote)
        {
            var (first, last) = (token, token);
            while (first > sentence.First && Tokens[token].End - Tokens[first - 1].Start < LongestQuote / 2)
                first--;
            while (last < sentence.Last && Tokens[last + 1].End - Tokens[token].Start < LongestQuote / 2)
                last++;
            (start, end) = (Tokens[first].Start, Tokens[last].End);
        }

        return _bounds.SpanOf(start, end);
    }

    /// <summary>From one token to another of the same sentence.</summary>
    public Span SpanOf(int first, int last) => _bounds.SpanOf(Tokens[first].Start, Tokens[last].End);

    private bool IsOfTheField(int token) => !_everyday[token] && !Tokens[token].IsNumber;

    // "Users are claim handlers", "the last 3 months are the test set": few and simple words, and most of them matter.
    private bool IsPlain(int n)
    {
        var sentence = Sentences[n];
        if (sentence.IsQuestion || sentence.IsHollow || sentence.Last - sentence.First >= LongestPlain)
            return false;
        var specific = 0;
        for (var i = sentence.First; i <= sentence.Last; i++)
            specific += IsOfTheField(i) ? 1 : 0;
        return specific >= 2 || IsFigured(n);
    }

    // Where matches begin and end is noted first, so that how much they overlap makes no difference.
    private bool[] OfTheField()
    {
        var changes = new int[Tokens.Count + 1];
        foreach (var match in Matches)
        {
            changes[match.First]++;
            changes[match.Last + 1]--;
        }

        var within = new bool[Tokens.Count];
        for (var (i, open) = (0, 0); i < within.Length; i++)
        {
            open += changes[i];
            within[i] = open > 0;
        }

        return within;
    }

    private bool IsAboutIt(Sentence sentence, bool[] ofTheField)
    {
        var (terms, words) = (0, 0);
        for (var i = sentence.First; i <= sentence.Last; i++)
        {
            if (!IsOfTheField(i))
                continue;
            words++;
            terms += ofTheField[i] ? 1 : 0;
        }

        return terms * WordsPerTerm > words;
    }

    private List<Sentence> Divide()
    {
        var sentences = new List<Sentence>();
        for (var first = 0; first < Tokens.Count;)
        {
            var last = first;
            while (last + 1 < Tokens.Count && Tokens[last + 1].Sentence == Tokens[first].Sentence)
                last++;
            // Numbers of sentences count on even where one holds no token.
            while (sentences.Count < Tokens[first].Sentence - Tokens[0].Sentence)
                sentences.Add(new Sentence(first, first, false, false, IsHollow: true));
            var asks = AsksSomething(first, last);
            sentences.Add(new Sentence(first, last, asks, Reasons.Tie(Tokens, first, last, IsFigured(sentences.Count)), !asks && !IsFigured(sentences.Count) && SaysLittle(first, last)));
            first = last + 1;
        }

        return sentences;
    }

    private bool SaysLittle(int first, int last)
    {
        var words = 0;
        for (var i = first; i <= last; i++)
            words += Tokens[i].IsSign ? 0 : 1;
        _specific.Clear();
        for (var i = first; i <= last && _specific.Count * WordsPerSpecific < words; i++)
        {
            if (!_everyday[i])
                _specific.Add(Tokens[i].Stem);
        }

        return _specific.Count * WordsPerSpecific < words;
    }

    private bool AsksSomething(int first, int last)
    {
        for (var i = Tokens[last].End; i < Text.Length && i <= Tokens[last].End + 2; i++)
        {
            if (Text[i] == '?')
                return true;
            if (!char.IsWhiteSpace(Text[i]) && Text[i] is not (')' or '"'))
                break;
        }

        return false;
    }
}
