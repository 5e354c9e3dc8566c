using System.Text.RegularExpressions;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>
/// Slack's markup. What people and models wrote goes into <see cref="RichText"/>, where nothing is parsed; markup is for
/// our own sentences, and for names that stand in them.
/// </summary>
public static partial class Mrkdwn
{
    /// <summary>No mention, link or command can be written with what comes out; <c>*</c> and the like still format.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>
    /// A name inside our markup. There is no escape for the marks that format or make an emoji, so that those are shown
    /// as the nearest sign that means nothing to Slack.
    /// </summary>
    public static string Plain(string text) => Shortcode()
        .Replace(Escape(text), "∶")
        .Replace('*', '∗')
        .Replace('_', '＿')
        .Replace('~', '∼')
        .Replace('`', 'ˋ')
        .ReplaceLineEndings(" ");

    public static string Bold(string name) => $"*{Plain(name.Trim())}*";

    // A colon before a space begins no emoji.
    [GeneratedRegex(@":(?=\S)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shortcode();
}
