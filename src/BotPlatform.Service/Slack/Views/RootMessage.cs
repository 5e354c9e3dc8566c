using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack.Views;

/// <summary>The message that an interview's thread hangs on: what this is, and how to talk in it.</summary>
public static class RootMessage
{
    /// <param name="allowed">The candidate's active time, with what was granted on top.</param>
    public static SlackMessage Of(string problemTitle, Level level, SessionMode mode, TimeSpan allowed)
    {
        var kind = mode == SessionMode.Practice ? "practice" : "assessed";
        var minutes = (int)Math.Round(allowed.TotalMinutes);
        return new SlackMessage(
            SlackMessage.Notification($"Interview: {problemTitle}, {level.Name()} level, {kind}. Open the thread and answer there."),
            [
                Block.Header(problemTitle),
                Block.Context($"ML system design interview · {PageWords.Title(level)} · {kind}"),
                Block.Section(
                    "*Open the thread of this message and answer there.* Write as you would talk: several messages in a row "
                    + "count as one answer, and the interviewer waits until you have finished."),
                Block.Section(
                    $"Plan for up to {minutes} minutes. Only your own active time counts; you can pause and come back another day."),
                Block.Section($"As a whole message, these words work: {Words(mode)}."),
            ]);
    }

    private static string Words(SessionMode mode) => string.Join(", ", ThreadWords.Of(mode).Select(w => $"`{w}`"));
}
