using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack.Views;

/// <summary>A few sentences without anything to press.</summary>
internal static class Plain
{
    /// <param name="sentences">A line each, together at most what a section takes.</param>
    public static SlackMessage Message(IEnumerable<string> sentences)
    {
        var text = Splitting.Shortened(string.Join('\n', sentences), Limits.RichText);
        return new SlackMessage(SlackMessage.Notification(text), [RichText.Of(RichText.Section(RichText.Text(text)))]);
    }
}
