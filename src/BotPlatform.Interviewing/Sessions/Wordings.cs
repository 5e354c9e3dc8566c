using BotPlatform.Interviewing.Wording;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>
/// Has a language model word what comes next, where one leads the interview. Until its wording is there, or the time
/// for it is up, nothing is decided: who goes on writing simply has not finished the answer.
/// </summary>
public static class Wordings
{
    /// <summary>What a model is asked to word now; null when none is awaited.</summary>
    public static WordingOffer? Awaited(Session session) =>
        session.WordingAskedAt > 0 ? WordingOffer.Of(session, Answering.GivesBack(session)) : null;

    /// <summary>Asks for wording; false where the engine words it itself, as for who floods the interview.</summary>
    internal static bool Ask(Draft draft)
    {
        var session = draft.Session;
        if (session.Settings.Interviewer != InterviewerMode.Model || session.OpenAnswer().Count >= Interview.MessagesPerAnswer)
            return false;
        if (WordingOffer.Of(session, Answering.GivesBack(session)) is null)
            return false;
        draft.Add(new SessionEvent.WordingRequested(draft.Now));
        draft.Need(new Effect.RequestWording(draft.Session.Version));
        draft.Timer(TimerKind.Wording, SessionSettings.WordingWait, from: draft.ShownAt);
        return true;
    }

    internal static void Take(Draft draft, Input.WordingReceived received)
    {
        var session = draft.Session;
        if (session.WordingAskedAt == 0 || received.AskedAt != session.WordingAskedAt || Awaited(session) is not { } offer)
            return;
        var holds = received.Worded is { } worded && WordingChecks.Refusal(session, offer, worded) is null;
        Settle(draft, holds ? WordingOutcome.Model : WordingOutcome.Refused, holds ? received.Worded : null);
    }

    /// <param name="worded">Null for the engine's own wording.</param>
    internal static void Settle(Draft draft, WordingOutcome how, Worded? worded)
    {
        draft.Add(new SessionEvent.WordingSettled(draft.Now, how));
        Answering.GoOn(draft, worded);
    }
}
