namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Brings inflections of a word together. Light on purpose: it only has to treat patterns and answers alike, and a
/// stem that is too short would join words that mean different things.
/// </summary>
internal static class Stemming
{
    private static readonly string[] Endings =
        ["izations", "ization", "izing", "ized", "izes", "ize", "ations", "ation", "ments", "ment", "ings", "ing", "edly", "ed", "ies", "es", "ly", "s"];

    // Abbreviations whose ending is none.
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal) { "mape", "wape", "smape", "mase", "kafka", "redis", "aws", "bias", "less", "loss" };

    /// <param name="word">Lower case.</param>
    public static string Stem(string word)
    {
        if (word.Length <= 3 || Whole.Contains(word) || !char.IsAsciiLetter(word[0]))
            return word;
        word = MayBeBritish(word) ? American(word) : word;
        if (word[^1] is not ('s' or 'g' or 'd' or 'e' or 'n' or 't' or 'y'))
            return Tail(word);
        foreach (var ending in Endings)
        {
            if (!word.EndsWith(ending, StringComparison.Ordinal) || word.Length - ending.Length < 3)
                continue;
            if (ending is "s" && word[^2] is 's' or 'u' or 'i')
                return word;
            return Tail(ending is "ies" ? word[..^3] + "y" : word[..^ending.Length]);
        }

        return Tail(word);
    }

    // Nearly all words are neither, and eight replacements cost more than all else that a word is asked.
    private static bool MayBeBritish(string word)
    {
        for (var i = 0; i + 2 < word.Length; i++)
        {
            if ((word[i], word[i + 1]) is ('i', 's') or ('a', 'v') || (word[i] is 'e' && word[i + 1] is 'l' && word[i + 2] is 'l'))
                return true;
        }

        return false;
    }

    private static string American(string word) => word
        .Replace("isation", "ization", StringComparison.Ordinal)
        .Replace("ising", "izing", StringComparison.Ordinal)
        .Replace("ised", "ized", StringComparison.Ordinal)
        .Replace("avour", "avor", StringComparison.Ordinal)
        .Replace("aviour", "avior", StringComparison.Ordinal)
        .Replace("elling", "eling", StringComparison.Ordinal)
        .Replace("elled", "eled", StringComparison.Ordinal)
        .Replace("abelling", "abeling", StringComparison.Ordinal);

    // "cached" and "cache", "splitting" and "split", "ranking" and "rank" meet here.
    private static string Tail(string stem)
    {
        if (stem.Length > 4 && stem[^1] == stem[^2] && stem[^1] is not ('s' or 'l' or 'e' or 'o'))
            stem = stem[..^1];
        return stem.Length > 3 && stem[^1] is 'e' ? stem[..^1] : stem;
    }
}
