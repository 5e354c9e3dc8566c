namespace BotPlatform.Interviewing.Wording;

/// <summary>Numbers in a text, as they compare: "1,000" and "1000" are one, "60M" is 60.</summary>
internal static class Figures
{
    public static IEnumerable<string> Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsDigit(text[i]))
                continue;
            var end = i + 1;
            while (end < text.Length && (char.IsDigit(text[end]) || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsDigit(text[end + 1]))))
                end++;
            yield return text[i..end].Replace(",", "", StringComparison.Ordinal);
            i = end;
        }
    }
}
