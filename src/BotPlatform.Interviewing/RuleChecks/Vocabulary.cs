namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// The words that patterns use, with a look-up for typing errors: a word and its misspelling share a form with one
/// letter left out. Cost depends on the word's length, not on the number of words known.
/// </summary>
internal sealed class Vocabulary
{
    // In shorter words one letter makes another word: "click" and "clock".
    private const int Shortest = 6;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shortened = new(StringComparer.Ordinal);
    private int _longest;

    public void Add(string stem)
    {
        if (!_known.Add(stem) || stem.Length < Shortest)
            return;
        _longest = Math.Max(_longest, stem.Length);
        foreach (var form in Shortened(stem))
            _shortened.TryAdd(form, stem);
        _shortened.TryAdd(stem, stem);
    }

    /// <summary>The known word that was meant; null when the token is right as it is, or nothing is near.</summary>
    public string? Correct(Token token)
    {
        // Nothing known is near a word that is longer than all of them, so a page without a space costs nothing.
        if (token.Stem.Length < Shortest - 1 || token.Stem.Length > _longest + 1 || token.IsNumber || _known.Contains(token.Stem))
            return null;
        if (_shortened.TryGetValue(token.Stem, out var meant) && SameStart(meant, token.Stem))
            return meant;
        if (token.Stem.Length < Shortest)
            return null;
        var forms = _shortened.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> form = stackalloc char[token.Stem.Length - 1];
        token.Stem.AsSpan(1).CopyTo(form);
        for (var left = 0; left < form.Length; left++)
        {
            // One letter further: "_ibrary", "l_brary", "li_rary".
            form[left] = token.Stem[left];
            if (forms.TryGetValue(form, out meant) && SameStart(meant, token.Stem))
                return meant;
        }

        return null;
    }

    private static bool SameStart(string a, string b) => a[0] == b[0];

    private static IEnumerable<string> Shortened(string word)
    {
        for (var i = 1; i < word.Length; i++)
            yield return string.Concat(word.AsSpan(0, i), word.AsSpan(i + 1));
    }
}
