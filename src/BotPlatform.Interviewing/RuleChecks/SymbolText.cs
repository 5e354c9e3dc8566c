namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>A text as the numbers that patterns compare with.</summary>
internal sealed class SymbolText
{
    private readonly List<Token> _tokens;
    private readonly int[] _symbols;
    private readonly int[] _starts;
    private readonly int[] _afterFigure;

    public SymbolText(List<Token> tokens, List<Figure> figures, TermSymbols symbols)
    {
        _tokens = tokens;
        _starts = new int[tokens.Count + 1];
        _afterFigure = new int[tokens.Count];
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
    }

    public ReadOnlySpan<int> SymbolsAt(int token) => _symbols.AsSpan(_starts[token].._starts[token + 1]);

    /// <summary>The token after a sequence that begins here with this symbol; -1 when it does not stand here.</summary>
    public int EndOf(TermPlace[] places, int at, int symbol) => EndFrom(places, 1, After(at, symbol));

    private int EndFrom(TermPlace[] places, int place, int at)
    {
        if (place == places.Length)
            return at;
        var last = at + (places[place].AfterGap ? TermPattern.LongestGap : 0);
        for (var i = at; i <= last && i < _tokens.Count && _tokens[i].Sentence == _tokens[at - 1].Sentence; i++)
        {
            foreach (var symbol in SymbolsAt(i))
            {
                if (!places[place].Symbols.Contains(symbol))
                    continue;
                var end = EndFrom(places, place + 1, After(i, symbol));
                if (end >= 0)
                    return end;
            }
        }

        return -1;
    }

    private int After(int at, int symbol) => TermSymbols.IsFigure(symbol) ? _afterFigure[at] : at + 1;
}
