using System.Collections.Immutable;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>What the candidate writes, changes and takes back.</summary>
internal static class Messages
{
    public static void Receive(Draft draft, Input.MessageReceived message)
    {
        var session = draft.Session;
        if (string.IsNullOrWhiteSpace(message.Text))
            return;
        switch (session.State)
        {
            case SessionState.AwaitingConsent:
                draft.Tell(Opening.ConsentFirst(session));
                return;
            case SessionState.Grading or SessionState.Ended:
                draft.Tell(Phrases.Over(session.Mode));
                return;
            case SessionState.Paused:
                draft.Add(new SessionEvent.Resumed(draft.Now));
                draft.Timer(TimerKind.Idle, session.Settings.IdleAfter);
                break;
        }

        draft.Take(message.Key, message.Text);
        AwaitSilence(draft, message.Findings);
    }

    private static void AwaitSilence(Draft draft, ImmutableArray<Finding>? findings)
    {
        var settings = draft.Session.Settings;
        if (settings.QuietPeriod <= TimeSpan.Zero || draft.Session.OpenAnswer().Count >= Interview.MessagesPerAnswer)
            Answering.Close(draft, findings);
        else
            draft.Timer(TimerKind.Quiet, settings.QuietPeriod);
    }

    public static void Edit(Draft draft, Input.MessageEdited edited)
    {
        if (Find(draft.Session, edited.Key) is not { Deleted: false } told || told.Turn.Text == edited.Text)
            return;
        if (string.IsNullOrWhiteSpace(edited.Text))
        {
            Delete(draft, new Input.MessageDeleted(edited.Key));
            return;
        }

        if (Frozen(draft.Session, told))
        {
            draft.Add(new SessionEvent.LateChangeNoted(draft.Now, told.Turn.N, draft.NewText(edited.Text)));
            draft.Tell(Phrases.ChangeTooLate);
            return;
        }

        Change(draft, new SessionEvent.TurnEdited(draft.Now, told.Turn.N, draft.NewText(edited.Text)), told.Turn.N);
    }

    public static void Delete(Draft draft, Input.MessageDeleted deleted)
    {
        if (Find(draft.Session, deleted.Key) is not { Deleted: false } told)
            return;
        if (Frozen(draft.Session, told))
        {
            draft.Add(new SessionEvent.LateChangeNoted(draft.Now, told.Turn.N, Text: null));
            draft.Tell(Phrases.ChangeTooLate);
            return;
        }

        Change(draft, new SessionEvent.TurnDeleted(draft.Now, told.Turn.N), told.Turn.N);
    }

    private static void Change(Draft draft, SessionEvent change, int n)
    {
        var (wasOpen, awaitedWording) = (draft.Session.HasOpenAnswer(), draft.Session.WordingAskedAt > 0);
        draft.Add(change);
        ExamineAgain(draft, n);
        if (wasOpen && !draft.Session.HasOpenAnswer() && draft.Session.State == SessionState.Interviewing)
            // It is the candidate's turn again, and the timer for that may have passed while it was ours.
            draft.Timer(TimerKind.Idle, draft.Session.Settings.IdleAfter);
        else if (awaitedWording)
            AwaitSilence(draft, findings: null);
    }

    private static SessionTurn? Find(Session session, string key) => session.Turns.Find(t => t.Key == key);

    private static bool Frozen(Session session, SessionTurn told) =>
        !session.IsOpen || session.Progress(told.Turn.Step).Frozen;

    /// <summary>
    /// An answer that was read already is read again, and so is what disagreed with something said before; one
    /// that is still open will be.
    /// </summary>
    private static void ExamineAgain(Draft draft, int n)
    {
        var first = draft.Session.Findings.Keys.LastOrDefault(k => k <= n);
        if (first == 0 || draft.Session.Turns.FindIndex(first, t => t.Kind == TurnKind.Question && t.Turn.N < n) >= 0)
            return;
        Answering.ReadAgain(draft, first);
        foreach (var later in draft.Session.Findings.Where(f => f.Key > first && f.Value.Any(x => x.Kind == FindingKind.Contradiction)))
            Answering.ReadAgain(draft, later.Key);
    }
}
