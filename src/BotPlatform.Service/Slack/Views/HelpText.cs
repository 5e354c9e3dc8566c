using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What can be said to the app, in a direct message or in an interview's thread.</summary>
public static class HelpText
{
    /// <param name="command">The slash command that starts an interview, as it is typed.</param>
    /// <param name="mode">Of the interview in whose thread help was asked; null elsewhere.</param>
    public static SlackMessage Of(string command, SessionMode? mode)
    {
        var start = $"{command} starts an interview; it cannot be typed in a thread.";
        const string Anywhere = "In a direct message, as the whole message: start, status, results, delete my data, help.";
        var thread = $"In an interview's thread, as the whole message: {string.Join(", ", ThreadWords.Of(mode ?? SessionMode.Practice))}.";
        const string Answers = "Everything else in the thread is part of your answer; several messages in a row count as one.";
        return Plain.Message(mode is null ? [start, Anywhere, thread, Answers] : [thread, Answers, start]);
    }
}
