using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>The few words around a figure that say what it is of.</summary>
internal static class Clause
{
    private const int Longest = 60;
    private const int FewestLetters = 3;
    private static readonly string[] Lead = ["and ", "so ", "but ", "then ", "also ", "ok ", "well ", "or "];

    /// <summary>"p99 under 250 ms" for a span on "250 ms"; null when nothing short says of what the figure is, or it was asked.</summary>
    /// <param name="mayStandAlone">Whether the figure's own word can say what it is of, as in "60M users" but not in "10 minutes".</param>
    public static string? Around(string text, Span figure, bool mayStandAlone)
    {
        if (figure.Start < 0 || figure.Start + figure.Length > text.Length)
            return null;
        var (start, end) = (figure.Start, figure.Start + figure.Length);
        while (start > 0 && !Ends(text, start - 1))
            start--;
        while (end < text.Length && !Ends(text, end))
            end++;
        if (end < text.Length && text[end] == '?')
            return null;
        var alone = text.Substring(figure.Start, figure.Length);
        var clause = Trimmed(text[start..end]);
        var standsAlone = mayStandAlone && Letters(alone) >= FewestLetters && !alone.Contains('%', StringComparison.Ordinal);
        return clause.Length <= Longest && (standsAlone || Letters(clause) >= Letters(alone) + FewestLetters) ? clause
            : standsAlone && alone.Length <= Longest ? Trimmed(alone.ReplaceLineEndings(" "))
            : null;
    }

    private static int Letters(string text) => text.Count(char.IsLetter);

    // A stop within a figure, as in 1,000 or 4.3 or 10:30, ends nothing.
    private static bool Ends(string text, int at) => text[at] switch
    {
        '\n' or '\r' or ';' or '(' or ')' or '?' or '!' or '\u2022' or '\u2014' => true,
        '.' or ',' or ':' => at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]),
        '-' or '\u2013' => at > 0 && at + 1 < text.Length && char.IsWhiteSpace(text[at - 1]) && char.IsWhiteSpace(text[at + 1]),
        _ => false,
    };

    private static string Trimmed(string clause)
    {
        clause = clause.Trim(' ', '\t', '-', '*', '"', '\'', '`', '\u2013');
        while (Array.Find(Lead, l => clause.StartsWith(l, StringComparison.OrdinalIgnoreCase)) is { } lead)
            clause = clause[lead.Length..].TrimStart();
        return clause;
    }
}
