using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>What falls due. A timer that is not the latest of its kind is stale and ignored.</summary>
internal static class Timers
{
    public static void Fire(Draft draft, Input.TimerDue due)
    {
        var session = draft.Session;
        if (!session.Timers.TryGetValue(due.Kind, out var latest) || latest != due.EventNumber)
            return;
        switch (due.Kind)
        {
            case TimerKind.Quiet when session is { State: SessionState.Interviewing, WordingAskedAt: 0 }:
                Answering.Close(draft, due.Findings);
                break;
            case TimerKind.Idle when session.State == SessionState.Interviewing:
                Idle(draft);
                break;
            case TimerKind.Wording when session.State == SessionState.Interviewing && session.WordingAskedAt > 0:
                Wordings.Settle(draft, WordingOutcome.Late, worded: null);
                break;
            case TimerKind.Grade when session is { State: SessionState.Grading, Mode: SessionMode.Practice } && session.Turns[^1].Turn.Text != Phrases.GradeTakesLong:
                draft.Tell(Phrases.GradeTakesLong);
                break;
            case TimerKind.Expire when session.State is SessionState.Paused or SessionState.AwaitingConsent:
                Closing.End(draft, SessionEnding.Expired);
                break;
        }
    }

    private static void Idle(Draft draft)
    {
        // It is our turn, then: the answer is about to be closed, and the next question sets the timer again.
        if (draft.Session.HasOpenAnswer())
            return;

        // Someone who is typing in bursts is not idle: the clock counts from the last message.
        var last = draft.Session.Turns[^1].At;
        if (draft.Now - last < draft.Session.Settings.IdleAfter)
        {
            draft.Timer(TimerKind.Idle, draft.Session.Settings.IdleAfter, from: last);
            return;
        }

        draft.Add(new SessionEvent.Paused(draft.Now, ByItself: true));
        draft.Tell(Phrases.PausedByItself);
        draft.Timer(TimerKind.Expire, draft.Session.Settings.ExpireAfter);
    }
}
