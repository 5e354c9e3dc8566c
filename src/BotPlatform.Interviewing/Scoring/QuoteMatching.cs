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

    /// <summary>The first span of the turn that reads like the quote, or null.</summary>
    public static Span? Find(Turn turn, string quote)
    {
        var (text, starts) = Plain(turn.Text);
        var (wanted, _) = Plain(quote);
        if (wanted.Length == 0 || (wanted.Length < FewestCharacters && wanted != text))
            return null;
        var at = text.IndexOf(wanted, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var start = starts[at];
        return new Span(turn.N, start, starts[at + wanted.Length - 1] + 1 - start);
    }

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
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u02BC' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
        _ when char.IsWhiteSpace(letter) || letter == '\u200B' => ' ',
        _ => letter,
    };
}
