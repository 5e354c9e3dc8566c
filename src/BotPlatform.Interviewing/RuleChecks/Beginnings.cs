namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Beginnings of words that patterns use, with a look-up for typing errors in them, as in <see cref="Vocabulary"/>.</summary>
internal sealed class Beginnings
{
    private const int Shortest = 6;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shortened = new(StringComparer.Ordinal);
    // Who types a word wrong gets its first two letters right, nearly always.
    private readonly Dictionary<(char, char), SortedSet<int>> _lengths = [];

    public void Add(string start)
    {
        if (start.Length < Shortest || !_known.Add(start))
            return;
        if (!_lengths.TryGetValue((start[0], start[1]), out var lengths))
            _lengths[(start[0], start[1])] = lengths = [];
        lengths.Add(start.Length);
        for (var i = 2; i < start.Length; i++)
            _shortened.TryAdd(string.Concat(start.AsSpan(0, i), start.AsSpan(i + 1)), start);
    }

    /// <summary>The word as it was meant; null when no beginning is near.</summary>
    public string? Correct(string word)
    {
        if (word.Length < Shortest - 1 || !_lengths.TryGetValue((word[0], word[1]), out var lengths))
            return null;
        foreach (var length in lengths)
        {
            if (word.Length < length - 1)
                return null;
            // A letter left out, one changed or swapped with the next, one too many.
            if (Find(_shortened, word.AsSpan(0, length - 1)) is { } dropped)
                return dropped + word[(length - 1)..];
            if (word.Length >= length && FindShortened(_shortened, word.AsSpan(0, length)) is { } changed)
                return changed + word[length..];
            if (word.Length > length && FindKnown(word.AsSpan(0, length + 1)) is { } doubled)
                return doubled + word[(length + 1)..];
        }

        return null;
    }

    private static string? Find(Dictionary<string, string> forms, ReadOnlySpan<char> form) =>
        forms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(form, out var meant) && meant[0] == form[0] ? meant : null;

    private static string? FindShortened(Dictionary<string, string> forms, ReadOnlySpan<char> start)
    {
        Span<char> form = stackalloc char[start.Length - 1];
        start[1..].CopyTo(form);
        for (var left = 0; left < form.Length; left++)
        {
            form[left] = start[left];
            if (Find(forms, form) is { } meant)
                return meant;
        }

        return null;
    }

    private string? FindKnown(ReadOnlySpan<char> start)
    {
        var known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> form = stackalloc char[start.Length - 1];
        start[1..].CopyTo(form);
        for (var left = 0; left < form.Length; left++)
        {
            form[left] = start[left];
            if (known.TryGetValue(form, out var meant))
                return meant;
        }

        return null;
    }
}
