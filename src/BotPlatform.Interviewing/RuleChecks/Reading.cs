using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <param name="First">Index of its first token; <paramref name="Last"/> of its last.</param>
internal readonly record struct Sentence(int First, int Last, bool IsQuestion, bool IsReasoned);

/// <summary>One turn taken apart: tokens, figures, sentences and what ties them together.</summary>
internal sealed class Reading
{
    private const int LongestQuote = 240;
    private readonly HashSet<int> _onTopic;
    private readonly HashSet<int> _figured;
    private readonly HashSet<int> _counted;

    public Reading(Turn turn, TermMatcher matcher)
    {
        Turn = turn;
        Tokens = matcher.Correct(RuleChecks.Tokens.Of(turn.Text));
        Figures = Quantities.Of(Tokens);
        _counted = [.. Figures.Select(f => SentenceOf(f.First))];
        // A bare number may be a version or a place in a list.
        _figured = [.. Figures.Where(f => f.Kind != QuantityKind.Number).Select(f => SentenceOf(f.First))];
        Sentences = Divide();
        Matches = matcher.Match(Tokens, Figures);
        _onTopic = [.. Matches.Where(m => m.Owner.Use is TermUse.Concept or TermUse.Point).Select(m => SentenceOf(m.First))];
    }

    public Turn Turn { get; }

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

    public int Commas(Sentence sentence) =>
        Turn.Text.AsSpan(Tokens[sentence.First].Start, Tokens[sentence.Last].End - Tokens[sentence.First].Start).Count(',');

    public int SentenceOf(int token) => Tokens[token].Sentence - Tokens[0].Sentence;

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

        return new Span(Turn.N, start, end - start);
    }

    public Span SpanOf(int first, int last) => new(Turn.N, Tokens[first].Start, Tokens[last].End - Tokens[first].Start);

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
                sentences.Add(new Sentence(first, first, false, false));
            sentences.Add(new Sentence(first, last, AsksSomething(first, last), Reasons.Tie(Tokens, first, last, IsFigured(sentences.Count))));
            first = last + 1;
        }

        return sentences;
    }

    private bool AsksSomething(int first, int last)
    {
        for (var i = Tokens[last].End; i < Turn.Text.Length && i <= Tokens[last].End + 2; i++)
        {
            if (Turn.Text[i] == '?')
                return true;
            if (!char.IsWhiteSpace(Turn.Text[i]) && Turn.Text[i] is not (')' or '"'))
                break;
        }

        return false;
    }
}
