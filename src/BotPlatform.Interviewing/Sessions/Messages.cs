using BotPlatform.Interviewing.Problems;
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
        var full = draft.Session.OpenAnswer().Count >= Interview.MessagesPerAnswer;
        if (session.Settings.QuietPeriod <= TimeSpan.Zero || full)
            Answering.Close(draft, message.Findings);
        else
            draft.Timer(TimerKind.Quiet, session.Settings.QuietPeriod);
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

        draft.Add(new SessionEvent.TurnEdited(draft.Now, told.Turn.N, draft.NewText(edited.Text)));
        ExamineAgain(draft, told.Turn.N);
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

        draft.Add(new SessionEvent.TurnDeleted(draft.Now, told.Turn.N));
        ExamineAgain(draft, told.Turn.N);
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
