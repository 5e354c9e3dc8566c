using System.Globalization;
using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack.Views;

/// <summary>Dates in markup, which Slack shows in each reader's own time zone and language.</summary>
internal static class SlackDate
{
    public static string Day(DateTimeOffset at) =>
        $"<!date^{at.ToUnixTimeSeconds()}^{{date}}|{Mrkdwn.Escape(at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture))}>";
}
