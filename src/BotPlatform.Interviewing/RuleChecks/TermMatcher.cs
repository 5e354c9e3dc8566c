using System.Collections.Immutable;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>What a pattern stands for.</summary>
internal enum TermUse
{
    Concept,
    Point,
    Fact,
    RedFlag,
    Excuse,
    Marker,
}

/// <param name="Id">The concept, point, fact or flag that the pattern belongs to.</param>
internal readonly record struct TermOwner(TermUse Use, string Id);

/// <param name="First">Index of the first matched token; <paramref name="Last"/> of the last.</param>
internal readonly record struct TermMatch(TermOwner Owner, int First, int Last);

/// <summary>
/// Many patterns compiled into one index by first word, so that a text is read once, however many patterns there
/// are. Matching one pattern looks at a bounded number of tokens, so the whole is linear in the text.
/// </summary>
internal sealed class TermMatcher
{
    private readonly Dictionary<string, List<(TermOwner Owner, TermPattern Pattern)>> _byStem = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(TermOwner Owner, TermPattern Pattern)>> _byPrefix = new(StringComparer.Ordinal);
    private readonly List<(TermOwner Owner, TermPattern Pattern)> _byQuantity = [];
    private readonly Vocabulary _vocabulary = new();
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);
    private int _longestPrefix;

    public void Add(TermOwner owner, IEnumerable<string> terms)
    {
        foreach (var term in terms)
        {
            var pattern = TermPattern.Parse(term);
            foreach (var side in pattern.Sides)
                Learn(side);
            foreach (var first in First(pattern.Sides[0], 0).Distinct())
                Index(first).Add((owner, pattern));
        }
    }

    /// <summary>Words that are a typing error away from one that a pattern uses, put right.</summary>
    public List<Token> Correct(List<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!StartsKnown(tokens[i].Plain) && _vocabulary.Correct(tokens[i]) is { } stem)
                tokens[i] = tokens[i] with { Stem = stem };
        }

        return tokens;
    }

    // "retraining" is right for "retrain*" and no misspelling of "retain".
    private bool StartsKnown(string word)
    {
        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 4; length <= Math.Min(_longestPrefix, word.Length); length++)
        {
            if (prefixes.Contains(word.AsSpan(0, length)))
                return true;
        }

        return false;
    }

    public List<TermMatch> Match(List<Token> tokens, List<Figure> figures)
    {
        var found = new List<TermMatch>();
        var figureAt = new Figure?[tokens.Count];
        foreach (var figure in figures)
            figureAt[figure.First] = figure;
        var ends = new List<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (_byStem.TryGetValue(tokens[i].Stem, out var patterns))
                Try(patterns, i);
            for (var length = 2; length <= Math.Min(_longestPrefix, tokens[i].Plain.Length); length++)
            {
                if (_byPrefix.TryGetValue(tokens[i].Plain[..length], out patterns))
                    Try(patterns, i);
            }

            if (figureAt[i] is not null)
                Try(_byQuantity, i);
        }

        return found;

        void Try(List<(TermOwner Owner, TermPattern Pattern)> patterns, int at)
        {
            foreach (var (owner, pattern) in patterns)
            {
                ends.Clear();
                new Walk(tokens, figureAt).Ends(pattern.Sides[0], 0, at, ends);
                if (ends.Count > 0 && OthersStand(pattern, at))
                    found.Add(new TermMatch(owner, at, ends.Max() - 1));
            }
        }

        bool OthersStand(TermPattern pattern, int at)
        {
            for (var side = 1; side < pattern.Sides.Length; side++)
            {
                if (!StandsInSentence(pattern.Sides[side], at))
                    return false;
            }

            return true;
        }

        bool StandsInSentence(ImmutableArray<Part> side, int at)
        {
            // A sentence without an end is not looked at beyond this; it keeps the work linear.
            const int Reach = 60;
            var from = at;
            while (from > 0 && at - from < Reach && tokens[from - 1].Sentence == tokens[at].Sentence)
                from--;
            var reached = new List<int>();
            for (var i = from; i < tokens.Count && i - at < Reach && tokens[i].Sentence == tokens[at].Sentence; i++)
            {
                new Walk(tokens, figureAt).Ends(side, 0, i, reached);
                if (reached.Count > 0)
                    return true;
            }

            return false;
        }
    }

    private void Learn(ImmutableArray<Part> phrase)
    {
        foreach (var part in phrase)
        {
            if (part is Part.Word word)
                _vocabulary.Add(word.Stem);
            else if (part is Part.Prefix prefix)
                _prefixes.Add(prefix.Start);
            else if (part is Part.AnyOf any)
                foreach (var inner in any.Phrases)
                    Learn(inner);
        }
    }

    private List<(TermOwner Owner, TermPattern Pattern)> Index(Part first)
    {
        switch (first)
        {
            case Part.Word word:
                return Listed(_byStem, word.Stem);
            case Part.Prefix prefix:
                _longestPrefix = Math.Max(_longestPrefix, prefix.Start.Length);
                return Listed(_byPrefix, prefix.Start);
            default:
                return _byQuantity;
        }

        static List<(TermOwner, TermPattern)> Listed(Dictionary<string, List<(TermOwner, TermPattern)>> index, string key)
        {
            if (!index.TryGetValue(key, out var list))
                index[key] = list = [];
            return list;
        }
    }

    /// <summary>What a phrase can begin with.</summary>
    private static IEnumerable<Part> First(ImmutableArray<Part> phrase, int at)
    {
        if (at == phrase.Length)
            yield break;
        if (phrase[at] is not Part.AnyOf any)
        {
            if (phrase[at] is not Part.Gap)
                yield return phrase[at];
            yield break;
        }

        foreach (var inner in any.Phrases)
        {
            foreach (var first in inner.IsEmpty ? First(phrase, at + 1) : First(inner, 0))
                yield return first;
        }
    }

    /// <summary>Follows a phrase from a token and notes every position it can end before.</summary>
    private readonly struct Walk(List<Token> tokens, Figure?[] figureAt)
    {
        public void Ends(ImmutableArray<Part> phrase, int part, int at, List<int> ends)
        {
            if (part == phrase.Length)
            {
                if (!ends.Contains(at))
                    ends.Add(at);
                return;
            }

            switch (phrase[part])
            {
                case Part.AnyOf any:
                    var inner = new List<int>();
                    foreach (var one in any.Phrases)
                        Ends(one, 0, at, inner);
                    foreach (var end in inner)
                        Ends(phrase, part + 1, end, ends);
                    break;
                case Part.Gap:
                    var sentence = at > 0 ? tokens[at - 1].Sentence : 0;
                    for (var skip = 0; skip <= TermPattern.LongestGap && at + skip < tokens.Count && tokens[at + skip].Sentence == sentence; skip++)
                        Ends(phrase, part + 1, at + skip, ends);
                    break;
                case Part.Quantity quantity when at < tokens.Count && figureAt[at] is { } figure:
                    if ((quantity.Kind == QuantityKind.Number || figure.Kind == quantity.Kind) && Follows(phrase, part, at))
                        Ends(phrase, part + 1, figure.Last + 1, ends);
                    break;
                case Part.Word word when at < tokens.Count && tokens[at].Stem == word.Stem && Follows(phrase, part, at):
                    Ends(phrase, part + 1, at + 1, ends);
                    break;
                case Part.Prefix starts when at < tokens.Count && tokens[at].Plain.StartsWith(starts.Start, StringComparison.Ordinal) && Follows(phrase, part, at):
                    Ends(phrase, part + 1, at + 1, ends);
                    break;
            }
        }

        // A phrase does not run over the end of a sentence.
        private bool Follows(ImmutableArray<Part> phrase, int part, int at) =>
            part == 0 || at == 0 || tokens[at].Sentence == tokens[at - 1].Sentence || phrase.Length == 0;
    }
}
