namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// The words that patterns use, with a look-up for typing errors: a word and its misspelling share a form with one
/// letter left out. Cost depends on the word's length, not on the number of words known.
/// </summary>
internal sealed class Vocabulary
{
    // In shorter words one letter makes another word: "click" and "clock". One typed twice seldom does, nor two that
    // changed places.
    private const int Shortest = 6;
    private const int ShortestSlip = 4;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shortened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _slips = new(StringComparer.Ordinal);
    private int _longest;

    public void Add(string stem)
    {
        if (!_known.Add(stem) || stem.Length < ShortestSlip)
            return;
        _longest = Math.Max(_longest, stem.Length);
        for (var i = 1; i < stem.Length; i++)
        {
            if (i + 1 < stem.Length)
                _slips.TryAdd(Swapped(stem, i), stem);
            _slips.TryAdd(stem.Insert(i, stem[i].ToString()), stem);
        }

        if (stem.Length < Shortest)
            return;
        foreach (var form in Shortened(stem))
            _shortened.TryAdd(form, stem);
        _shortened.TryAdd(stem, stem);
    }

    public static Vocabulary Of(IEnumerable<string> words)
    {
        var vocabulary = new Vocabulary();
        foreach (var word in words)
            vocabulary.Add(word);
        return vocabulary;
    }

    public bool Knows(string word) => _known.Contains(word);

    /// <summary>The known word that was meant; null when the word is right as it is, or nothing is near.</summary>
    public string? Correct(string word)
    {
        // Nothing known is near a word that is longer than all of them, so a page without a space costs nothing.
        if (word.Length < ShortestSlip || word.Length > _longest + 1 || char.IsAsciiDigit(word[0]) || _known.Contains(word))
            return null;
        if (_slips.TryGetValue(word, out var meant))
            return meant;
        if (word.Length >= Shortest - 1 && _shortened.TryGetValue(word, out meant) && SameStart(meant, word))
            return meant;
        if (word.Length < Shortest)
            return null;
        var forms = _shortened.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> form = stackalloc char[word.Length - 1];
        word.AsSpan(1).CopyTo(form);
        for (var left = 0; left < form.Length; left++)
        {
            // One letter further: "_ibrary", "l_brary", "li_rary".
            form[left] = word[left];
            if (forms.TryGetValue(form, out meant) && SameStart(meant, word))
                return meant;
        }

        return null;
    }

    private static string Swapped(string word, int at) => string.Create(word.Length, (word, at), static (form, source) =>
    {
        source.word.CopyTo(form);
        (form[source.at], form[source.at + 1]) = (form[source.at + 1], form[source.at]);
    });

    private static bool SameStart(string a, string b) => a[0] == b[0];

    private static IEnumerable<string> Shortened(string word)
    {
        for (var i = 1; i < word.Length; i++)
            yield return string.Concat(word.AsSpan(0, i), word.AsSpan(i + 1));
    }
}
