using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>How the open interview stands.</summary>
public static class StatusText
{
    internal const string AboutToBegin = "Your interview is about to begin; look into your direct message with this app.";

    /// <param name="session">The open one, or one that is over; null where there is none.</param>
    /// <param name="command">The slash command that starts an interview, as it is typed.</param>
    public static SlackMessage Of(Session? session, DateTimeOffset now, string command)
    {
        if (session is null)
            return Plain.Message([$"You have no open interview. {command} starts one."]);
        // It has nothing yet that could be told of it.
        if (session.State == SessionState.New)
            return Plain.Message([AboutToBegin]);
        var what = $"{session.Book.Problem!.Title}, {session.Level.Name()} level, {Interviewing.Words.Name(session.Mode)}.";
        return session.State switch
        {
            SessionState.AwaitingConsent => Plain.Message([what, "It has not begun: the notice in its thread waits for you."]),
            SessionState.Interviewing => Plain.Message([what, Time(session, now)]),
            SessionState.Paused => Plain.Message([what, Time(session, now), "It is paused: your time is not running. Write anything in its thread to go on."]),
            SessionState.Grading => Plain.Message([what, "It is over; your answers are being scored."]),
            _ => Plain.Message([what, $"It is over. {command} starts another one."]),
        };
    }

    private static string Time(Session session, DateTimeOffset now) =>
        Phrases.TimeLeft(session.TimeLeft(now), session.Settings.TimeAllowed, session.Step);
}
