using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack.Views;

/// <summary>A few sentences.</summary>
internal static class Plain
{
    /// <param name="sentences">A line each, together at most what a section takes.</param>
    /// <param name="button">Below them; null for nothing to press.</param>
    public static SlackMessage Message(IEnumerable<string> sentences, JsonObject? button = null)
    {
        var text = Splitting.Shortened(string.Join('\n', sentences), Limits.RichText);
        var said = RichText.Of(RichText.Section(RichText.Text(text)));
        return new SlackMessage(SlackMessage.Notification(text), button is null ? [said] : [said, Block.Actions([button])]);
    }
}
