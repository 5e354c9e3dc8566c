using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What can be typed where slash commands cannot: in a thread.</summary>
internal static class ThreadWords
{
    public static IReadOnlyList<string> Of(SessionMode mode) => mode == SessionMode.Practice
        ? ["hint", "skip", "back", "feedback", "time", "pause", "stop", "status", "help"]
        : ["skip", "back", "time", "pause", "stop", "status", "help"];
}
