using System.Text.RegularExpressions;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>
/// Slack's markup: three characters stand for themselves only when escaped. Between angle brackets there are mentions,
/// links and dates, and nothing else; a bracket that closes nothing quotes, at the start of a line.
/// </summary>
internal static partial class Mrkdwn
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The first place where a character should have been escaped, in a few characters; or null.</summary>
    public static string? Unescaped(string text)
    {
        var bare = Quote().Replace(Construct().Replace(Entity().Replace(text, "_"), "_"), "_");
        var at = bare.AsSpan().IndexOfAny('&', '<', '>');
        return at < 0 ? null : $"'{bare.Substring(at, Math.Min(12, bare.Length - at))}'";
    }

    [GeneratedRegex("&(amp|lt|gt);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entity();

    [GeneratedRegex(
        @"<(@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|!(here|channel|everyone)|!subteam\^S[A-Z0-9]+|!date\^\d+\^[^<>|]+|(https?|slack)://[^\s<>|]+|mailto:[^\s<>|]+)(\|[^<>]*)?>",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Construct();

    [GeneratedRegex("^>{1,3}", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Quote();
}
