using System.Text.RegularExpressions;

namespace BotPlatform.Adapters.Slack;

/// <summary>What a person wrote, out of what Slack makes of it (docs.slack.dev, Formatting message text).</summary>
public static partial class SlackText
{
    /// <summary>
    /// Mentions, channels and links become what the person saw; <c>&amp;amp;</c>, <c>&amp;lt;</c> and <c>&amp;gt;</c> become the characters
    /// that were typed. Nothing else changes, so that evidence stays verbatim.
    /// </summary>
    public static string Unescape(string text) => Entities(Angles().Replace(text, m => Shown(m.Groups["inside"].Value)));

    private static string Shown(string inside)
    {
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var (target, label) = bar < 0 ? (inside, "") : (inside[..bar], inside[(bar + 1)..]);
        return target.Length == 0 ? "" : target[0] switch
        {
            '@' => "@" + (label.Length > 0 ? label.TrimStart('@') : target[1..]),
            '#' => "#" + (label.Length > 0 ? label.TrimStart('#') : target[1..]),
            '!' => label.Length > 0 ? label : "@" + target[1..].Split('^')[0],
            _ => Link(target, label),
        };
    }

    // Slack makes a link of every address in a text; its label is the address as it was typed, often without the scheme.
    private static string Link(string target, string label) =>
        label.Length == 0 ? Bare(target)
        : target == label || target.EndsWith("//" + label, StringComparison.Ordinal) || target == "mailto:" + label || target == "tel:" + label ? label
        : $"{label} ({target})";

    private static string Bare(string target) => target.StartsWith("mailto:", StringComparison.Ordinal) ? target[7..] : target;

    private static string Entities(string text) => text.Contains('&', StringComparison.Ordinal)
        ? Entity().Replace(text, m => m.Value switch { "&lt;" => "<", "&gt;" => ">", _ => "&" })
        : text;

    // What people type as < or > arrives escaped, so a bare one is Slack's own.
    [GeneratedRegex("<(?<inside>[^<>]*)>", RegexOptions.None, 1000)]
    private static partial Regex Angles();

    [GeneratedRegex("&(amp|lt|gt);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entity();
}
