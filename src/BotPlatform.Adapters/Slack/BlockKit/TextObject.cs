using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>Text as blocks and elements carry it.</summary>
public static class TextObject
{
    /// <summary>Shown as it is: no markup, and <c>:smile:</c> stays what it is. Longer text ends in an ellipsis.</summary>
    public static JsonObject Plain(string text, int most) => new()
    {
        ["type"] = "plain_text",
        // Slack refuses an empty text, and with it all that it stands in.
        ["text"] = string.IsNullOrWhiteSpace(text) ? "–" : Splitting.Shortened(text, most),
        ["emoji"] = false,
    };

    /// <summary>Markup of ours; addresses and names in it are left as they are.</summary>
    public static JsonObject Markup(string mrkdwn, int most) => new()
    {
        ["type"] = "mrkdwn",
        ["text"] = Limits.Within(mrkdwn, most, nameof(mrkdwn)),
        ["verbatim"] = true,
    };
}
