namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>A text as the numbers that patterns compare with.</summary>
internal sealed class SymbolText
{
    private readonly List<Token> _tokens;
    private readonly int[] _symbols;
    private readonly int[] _starts;
    private readonly int[] _afterFigure;
    private readonly ulong[] _bits;
    private readonly HashSet<(int Place, int At)> _failed = [];

    public SymbolText(List<Token> tokens, List<Figure> figures, TermSymbols symbols)
    {
        _tokens = tokens;
        _starts = new int[tokens.Count + 1];
        _afterFigure = new int[tokens.Count];
        _bits = new ulong[tokens.Count + TermPattern.LongestGap + 1];
        var all = new List<int>(tokens.Count);
        var next = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            _starts[i] = all.Count;
            Figure? figure = next < figures.Count && figures[next].First == i ? figures[next++] : null;
            _afterFigure[i] = figure is { } found ? found.Last + 1 : i + 1;
            symbols.Add(tokens[i], figure, all);
        }

        _starts[^1] = all.Count;
        _symbols = [.. all];
        for (var i = 0; i < tokens.Count; i++)
        {
            foreach (var symbol in SymbolsAt(i))
                _bits[i] |= TermSymbols.BitOf(symbol);
        }
    }

    /// <summary>How often a place of a sequence was held against a token.</summary>
    public int Steps { get; private set; }

    public ReadOnlySpan<int> SymbolsAt(int token) => _symbols.AsSpan(_starts[token].._starts[token + 1]);

    /// <summary>What may come next in a sequence that begins here with this symbol: right after it, and within a gap's reach.</summary>
    public (ulong Next, ulong Near) Following(int at, int symbol)
    {
        var next = Math.Min(After(at, symbol), _tokens.Count);
        var near = 0UL;
        for (var i = next; i <= next + TermPattern.LongestGap; i++)
            near |= _bits[i];
        return (_bits[next] | TermSymbols.Anything, near);
    }

    /// <summary>The token after a sequence that begins here with this symbol; -1 when it does not stand here.</summary>
    public int EndOf(TermPlace[] places, int at, int symbol)
    {
        _failed.Clear();
        return EndFrom(places, 1, After(at, symbol));
    }

    // What has failed at a token fails there again, whichever way a sequence with several gaps came to it.
    private int EndFrom(TermPlace[] places, int place, int at)
    {
        if (place == places.Length)
            return at;
        if (_failed.Count > 0 && _failed.Contains((place, at)))
            return -1;
        var last = at + (places[place].AfterGap ? TermPattern.LongestGap : 0);
        for (var i = at; i <= last && i < _tokens.Count && _tokens[i].Sentence == _tokens[at - 1].Sentence; i++)
        {
            Steps++;
            if ((_bits[i] & places[place].Bits) == 0)
                continue;
            foreach (var symbol in SymbolsAt(i))
            {
                if (!places[place].Symbols.Contains(symbol))
                    continue;
                var end = EndFrom(places, place + 1, After(i, symbol));
                if (end >= 0)
                    return end;
            }
        }

        if (place > 1)
            _failed.Add((place, at));
        return -1;
    }

    private int After(int at, int symbol) => TermSymbols.IsFigure(symbol) ? _afterFigure[at] : at + 1;
}
