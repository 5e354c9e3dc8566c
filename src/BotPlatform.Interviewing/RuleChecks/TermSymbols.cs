namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Numbers for what patterns compare with: stems, beginnings of words, kinds of figures.</summary>
internal sealed class TermSymbols
{
    /// <summary>The bit that no symbol has.</summary>
    public const ulong Anything = 1UL << 63;

    private const int Figures = 7;
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _prefixes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byStart;

    // By the first two letters of a beginning, the shortest first.
    private readonly Dictionary<(char, char), int[]> _lengths = [];
    private readonly Beginnings _beginnings = new();
    private int _next = Figures;

    public TermSymbols() => _byStart = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Of(Part part) => part switch
    {
        Part.Word word => Numbered(_stems, word.Stem),
        Part.Prefix prefix => Numbered(_prefixes, prefix.Start),
        Part.Quantity quantity => (int)quantity.Kind,
        _ => throw new ArgumentException("only words, beginnings and figures have a number", nameof(part)),
    };

    /// <summary>The numbers of a token, added to a list.</summary>
    public void Add(Token token, Figure? figure, List<int> symbols)
    {
        if (_stems.TryGetValue(token.Stem, out var stem))
            symbols.Add(stem);
        if (_prefixes.Count > 0)
            AddBeginnings(token.Plain, symbols);

        if (figure is not { } found)
            return;
        symbols.Add((int)QuantityKind.Number);
        if (found.Kind != QuantityKind.Number)
            symbols.Add((int)found.Kind);
    }

    /// <summary>"retraining" is right for "retrain*" and no misspelling of "retain".</summary>
    public bool StartsKnown(string word)
    {
        foreach (var length in LengthsOf(word))
        {
            if (length > word.Length)
                break;
            if (length > 3 && _byStart.ContainsKey(word.AsSpan(0, length)))
                return true;
        }

        return false;
    }

    /// <summary>The word with a typing error in its known beginning put right; null when nothing is near.</summary>
    public string? CorrectStart(string word) => _beginnings.Correct(word);

    public static ulong BitOf(int symbol) => 1UL << (symbol % 63);

    public static bool IsFigure(int symbol) => symbol < Figures;

    private void AddBeginnings(string word, List<int> symbols)
    {
        if (_byStart.TryGetValue(word.AsSpan(0, 1), out var letter))
            symbols.Add(letter);
        if (word.Length == 1)
            return;
        foreach (var length in LengthsOf(word))
        {
            if (length > word.Length)
                break;
            if (_byStart.TryGetValue(word.AsSpan(0, length), out var prefix))
                symbols.Add(prefix);
        }
    }

    private int[] LengthsOf(string word) => _lengths.GetValueOrDefault(StartOf(word), []);

    private static (char, char) StartOf(string word) => (word[0], word.Length > 1 ? word[1] : default);

    private int Numbered(Dictionary<string, int> numbers, string key)
    {
        if (numbers.TryGetValue(key, out var number))
            return number;
        if (ReferenceEquals(numbers, _prefixes))
        {
            _beginnings.Add(key);
            var known = _lengths.GetValueOrDefault(StartOf(key), []);
            _lengths[StartOf(key)] = [.. known.Append(key.Length).Distinct().Order()];
        }

        return numbers[key] = _next++;
    }
}
