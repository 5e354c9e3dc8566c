namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>What a pattern stands for.</summary>
internal enum TermUse
{
    Concept,
    Point,
    Fact,
    RedFlag,
    Excuse,
    Quantity,
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
    private static readonly Vocabulary CommonWords = Vocabulary.Of(Everyday.Words.Concat(Reasons.Signals).Concat(Quantities.Units));
    private readonly TermSymbols _symbols = new();
    private readonly Vocabulary _vocabulary = new();
    private readonly List<Compiled> _patterns = [];
    private readonly Dictionary<int, Sides> _byFirst = [];

    public void Add(TermOwner owner, IEnumerable<string> terms)
    {
        foreach (var pattern in terms.Select(TermPattern.Parse))
        {
            _patterns.Add(new Compiled(owner, pattern.Sides.Length));
            for (var side = 0; side < pattern.Sides.Length; side++)
            {
                Learn(pattern.Sides[side]);
                foreach (var places in TermSequence.Of(pattern.Sides[side], _symbols))
                    Index(Side.Of(_patterns.Count - 1, side, places));
            }
        }
    }

    /// <summary>Words that are a typing error away from one that a pattern uses, put right.</summary>
    public List<Token> Correct(List<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            // A word of everyday talk is right as it is, however near to a term.
            if (_symbols.StartsKnown(tokens[i].Plain) || CommonWords.Knows(tokens[i].Plain))
                continue;
            if (_vocabulary.Correct(tokens[i].Stem) is { } stem)
                tokens[i] = tokens[i] with { Stem = stem };
            else if (_vocabulary.Knows(tokens[i].Stem) || tokens[i].IsNumber)
                continue;
            else if (_symbols.CorrectStart(tokens[i].Plain) is { } begun)
                tokens[i] = tokens[i] with { Plain = begun, Stem = Stemming.Stem(begun) };
            else if (CommonWords.Correct(tokens[i].Plain) is { } word)
                tokens[i] = tokens[i] with { Plain = word, Stem = Stemming.Stem(word) };
        }

        return tokens;
    }

    public List<TermMatch> Match(List<Token> tokens, List<Figure> figures)
    {
        var text = new SymbolText(tokens, figures, _symbols);
        var found = new List<TermMatch>(tokens.Count);
        var begun = new Dictionary<int, (int Sides, int First)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i].Sentence != tokens[i - 1].Sentence)
                begun.Clear();
            foreach (var symbol in text.SymbolsAt(i))
            {
                if (!_byFirst.TryGetValue(symbol, out var sides))
                    continue;
                var (next, near) = text.Following(i, symbol);
                foreach (ref readonly var side in sides.All)
                {
                    if (!side.MayGoOn(next, near))
                        continue;
                    var end = text.EndOf(side.Places, i, symbol);
                    if (end >= 0)
                        Note(side, i, end - 1);
                }
            }
        }

        return found;

        void Note(Side side, int first, int last)
        {
            var pattern = _patterns[side.Pattern];
            if (pattern.Sides > 1)
            {
                var (seen, earliest) = begun.GetValueOrDefault(side.Pattern, (0, first));
                if ((seen & (1 << side.Number)) != 0)
                    return;
                begun[side.Pattern] = (seen | (1 << side.Number), earliest);
                if ((seen | (1 << side.Number)) != (1 << pattern.Sides) - 1)
                    return;
                first = earliest;
            }

            if (found.Count == 0 || found[^1].Owner != pattern.Owner || found[^1].First != first)
                found.Add(new TermMatch(pattern.Owner, first, last));
        }
    }

    private void Index(Side side)
    {
        foreach (var symbol in side.Places[0].Symbols)
        {
            if (!_byFirst.TryGetValue(symbol, out var list))
                _byFirst[symbol] = list = new Sides();
            list.Add(side);
        }
    }

    private void Learn(IEnumerable<Part> phrase)
    {
        foreach (var part in phrase)
        {
            if (part is Part.Word word)
                _vocabulary.Add(word.Stem);
            else if (part is Part.AnyOf any)
                Learn(any.Phrases.SelectMany(p => p));
        }
    }

    private readonly record struct Compiled(TermOwner Owner, int Sides);

    /// <summary>Next to each other, to be read in place.</summary>
    private sealed class Sides
    {
        private Side[] _all = new Side[1];
        private int _count;

        public ReadOnlySpan<Side> All => _all.AsSpan(0, _count);

        public void Add(Side side)
        {
            if (_count == _all.Length)
                Array.Resize(ref _all, 2 * _count);
            _all[_count++] = side;
        }
    }

    /// <param name="Next">What has to follow at once; <paramref name="Near"/> within a gap's reach.</param>
    private readonly record struct Side(int Pattern, int Number, TermPlace[] Places, ulong Next, ulong Near)
    {
        public static Side Of(int pattern, int number, TermPlace[] places) =>
            places.Length == 1 ? new Side(pattern, number, places, TermSymbols.Anything, 0)
            : places[1].AfterGap ? new Side(pattern, number, places, 0, places[1].Bits)
            : new Side(pattern, number, places, places[1].Bits, 0);

        public bool MayGoOn(ulong next, ulong near) => ((Next & next) | (Near & near)) != 0;
    }
}
