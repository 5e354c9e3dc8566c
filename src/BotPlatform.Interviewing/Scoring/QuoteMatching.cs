using System.Globalization;
using System.Text;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// Finds a claimed quote in a turn. White space, typographic quotes and dashes may differ; every other character must
/// be there. What is kept is the turn's own span, never the claim.
/// </summary>
internal static class QuoteMatching
{
    // "Yes" stands in any transcript and shows nothing, unless it is all that was said.
    private const int FewestCharacters = 8;

    /// <summary>The spans of the turn that read like the quote, in order.</summary>
    public static IEnumerable<Span> All(Turn turn, string quote)
    {
        var (text, starts) = Plain(turn.Text);
        var (wanted, _) = Plain(quote);
        if (!wanted.EnumerateRunes().Any(Rune.IsLetterOrDigit) || (Length(wanted) < FewestCharacters && wanted != text))
            yield break;
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            var (start, end) = (starts[at], starts[at + wanted.Length - 1] + 1);
            if (!DividesAPair(turn.Text, start) && !DividesAPair(turn.Text, end))
                yield return new Span(turn.N, start, end - start);
        }
    }

    // Where a word is one or two characters, four of them say as much as eight letters.
    private static int Length(string text) => text.Sum(c => char.GetUnicodeCategory(c) == UnicodeCategory.OtherLetter ? 2 : 1);

    private static bool DividesAPair(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    /// <summary>The text with one space for any white space, and where each of its characters stands in the original.</summary>
    private static (string Text, List<int> Starts) Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = Plain(text[i]);
            if (letter == ' ' && (plain.Length == 0 || plain[^1] == ' '))
                continue;
            plain.Append(letter);
            starts.Add(i);
        }

        if (plain.Length > 0 && plain[^1] == ' ')
            plain.Length--;
        return (plain.ToString(), starts);
    }

    private static char Plain(char letter) => letter switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2039' or '\u203A' or '\u02BC' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        _ when char.IsWhiteSpace(letter) || letter == '\u200B' => ' ',
        _ => letter,
    };
}
