using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>
/// The interview as two pure functions: what follows from an input, and what an event does to a session. The
/// same session, input and time give the same decision, forever. An input that fits nothing is answered kindly
/// or ignored; it never throws and never changes what was said.
/// </summary>
public static class Interview
{
    /// <summary>Named on every session, so that a replay can tell which engine decided.</summary>
    public const string Engine = "1";

    /// <summary>What an answer may hold before it is taken without waiting for silence.</summary>
    public const int MessagesPerAnswer = 40;

    public static Session Apply(Session session, SessionEvent happened) => Fold.Apply(session, happened);

    public static Session Apply(Session session, IEnumerable<SessionEvent> happened) => happened.Aggregate(session, Fold.Apply);

    /// <param name="now">When the input was received; for a timer, when it was due.</param>
    public static Decision Decide(Session session, Input input, DateTimeOffset now)
    {
        var draft = new Draft(session, now, input.HandledAt);
        if (session.State == SessionState.New)
        {
            if (input is Input.Started started && session.Books.ContainsKey(started.ProblemHash))
                Opening.Start(draft, started);
            return draft.Done();
        }

        var key = (input as Input.MessageReceived)?.Key;
        if (key is not null && session.Heard.Contains(key))
            return Decision.Nothing;
        Route(draft, ChatWords.Understand(session, input));
        if (key is not null && draft.HasEvents && !draft.Session.Heard.Contains(key))
            draft.Add(new SessionEvent.Heard(draft.Now, key));
        return draft.Done();
    }

    /// <summary>Whether this input closes the open answer, so that a caller may examine it beforehand.</summary>
    public static bool ClosesAnswer(Session session, Input input) =>
        session.State is SessionState.Interviewing or SessionState.Paused && ChatWords.Understand(session, input) switch
        {
            Input.TimerDue { Kind: TimerKind.Quiet } due =>
                session is { State: SessionState.Interviewing, WordingAskedAt: 0 } && session.Timers.GetValueOrDefault(TimerKind.Quiet) == due.EventNumber,
            Input.Skip or Input.Stop or Input.Back => session.HasOpenAnswer(),
            _ => false,
        };

    private static void Route(Draft draft, Input input)
    {
        switch (input)
        {
            case Input.MessageReceived message:
                Messages.Receive(draft, message);
                break;
            case Input.MessageEdited edited:
                Messages.Edit(draft, edited);
                break;
            case Input.MessageDeleted deleted:
                Messages.Delete(draft, deleted);
                break;
            case Input.TimerDue due:
                Timers.Fire(draft, due);
                break;
            case Input.GradeReceived grade:
                Closing.TakeGrade(draft, grade);
                break;
            case Input.WordingReceived wording:
                Wordings.Take(draft, wording);
                break;
            case Input.Started:
                // A second start changes nothing.
                break;
            default:
                Commands.Obey(draft, input);
                break;
        }
    }
}
