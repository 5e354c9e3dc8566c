using System.Security.Cryptography;
using System.Text;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>The end of an interview, and its score.</summary>
internal static class Closing
{
    /// <param name="last">What is still to be said before the farewell.</param>
    public static void End(Draft draft, SessionEnding how, string? last = null)
    {
        var session = draft.Session;
        foreach (var step in Steps.All.Where(s => session.Progress(s) is { Opened: true, Closing: null }))
            draft.Add(new SessionEvent.StepClosed(draft.Now, step, CutOff(session, step)));
        draft.Add(new SessionEvent.Ended(draft.Now, how));
        if (!session.Progress(Step.Requirements).Opened)
        {
            draft.Tell(Phrases.Over(session.Mode));
            return;
        }

        var waits = session.Settings.Grader == GraderMode.Model;
        if (waits)
        {
            draft.Add(new SessionEvent.GradeRequested(draft.Now, TurnsHash(draft.Session)));
            draft.Need(new Effect.RequestGrade(draft.Session.Version));
            draft.Timer(TimerKind.Grade, SessionSettings.GradeWait, from: draft.ShownAt);
        }
        else
        {
            draft.Add(new SessionEvent.Scored(draft.Now, SessionScoring.ByRules(draft.Session)));
        }

        var farewell = Phrases.Finished(session.Mode, waits);
        draft.Tell(last is null ? farewell : last + "\n\n" + farewell);
    }

    // A step that was only looked at again stays what it was.
    private static StepClosing CutOff(Session session, Step step) =>
        step == session.Furthest ? StepClosing.Cut : session.Answered(step) ? StepClosing.Done : StepClosing.Declined;

    public static void TakeGrade(Draft draft, Input.GradeReceived grade)
    {
        if (draft.Session.State != SessionState.Grading || grade.AskedAt != draft.Session.GradeAskedAt)
            return;
        draft.Add(new SessionEvent.Scored(draft.Now, SessionScoring.ByModel(draft, grade.Grade)));
        if (draft.Session.Mode == SessionMode.Practice)
            draft.Tell(Phrases.ScorecardReady);
    }

    private static string TurnsHash(Session session)
    {
        var text = new StringBuilder();
        foreach (var told in session.Turns)
            text.Append(told.Turn.N).Append(' ').Append(told.Turn.Speaker).Append(' ').Append(told.Turn.Text.Length).Append(' ').Append(told.Turn.Text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
