using System.Security.Cryptography;
using System.Text;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>The end of an interview, and its score.</summary>
internal static class Closing
{
    public static void End(Draft draft, SessionEnding how)
    {
        var session = draft.Session;
        var asked = session.Progress(session.Step).Opened;
        if (asked && session.Progress(session.Step).Closing is null)
            draft.Add(new SessionEvent.StepClosed(draft.Now, session.Step, StepClosing.Cut));
        draft.Add(new SessionEvent.Ended(draft.Now, how));
        if (!asked)
        {
            draft.Tell(Phrases.Over);
            return;
        }

        var waits = session.Settings.Grader == GraderMode.Model;
        if (waits)
        {
            draft.Add(new SessionEvent.GradeRequested(draft.Now, TurnsHash(draft.Session)));
            draft.Need(new Effect.RequestGrade(draft.Session.Version));
        }
        else
        {
            draft.Add(new SessionEvent.Scored(draft.Now, SessionScoring.ByRules(draft.Session)));
        }

        draft.Tell(Phrases.Finished(session.Mode, waits));
    }

    public static void TakeGrade(Draft draft, Input.GradeReceived grade)
    {
        if (draft.Session.State != SessionState.Grading || grade.AskedAt != draft.Session.GradeAskedAt)
            return;
        if (grade.Scorecard is { } scorecard)
            draft.Add(new SessionEvent.Scored(draft.Now, scorecard));
    }

    private static string TurnsHash(Session session)
    {
        var text = new StringBuilder();
        foreach (var told in session.Turns)
            text.Append(told.Turn.N).Append(' ').Append(told.Turn.Speaker).Append(' ').Append(told.Turn.Text.Length).Append(' ').Append(told.Turn.Text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
