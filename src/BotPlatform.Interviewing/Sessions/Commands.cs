using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>What the candidate may ask of the interviewer; what does not fit now is said kindly.</summary>
internal static class Commands
{
    public static void Obey(Draft draft, Input command)
    {
        switch (draft.Session.State)
        {
            case SessionState.Ended or SessionState.Grading:
                draft.Tell(Phrases.Over(draft.Session.Mode));
                break;
            case SessionState.AwaitingConsent:
                BeforeConsent(draft, command);
                break;
            default:
                During(draft, command);
                break;
        }
    }

    private static void BeforeConsent(Draft draft, Input command)
    {
        switch (command)
        {
            case Input.Consented:
                Opening.Consent(draft);
                break;
            case Input.Swap:
                Opening.Swap(draft);
                break;
            case Input.Stop:
                Closing.End(draft, SessionEnding.Stopped);
                break;
            default:
                draft.Tell(Opening.ConsentFirst(draft.Session));
                break;
        }
    }

    private static void During(Draft draft, Input command)
    {
        switch (command)
        {
            case Input.Hint:
                Hint(draft);
                break;
            case Input.Skip:
                Skip(draft, command);
                break;
            case Input.Back back:
                Back(draft, back);
                break;
            case Input.TimeLeft:
                var session = draft.Session;
                draft.Tell(Phrases.TimeLeft(session.TimeLeft(draft.Now), session.Settings.TimeAllowed, session.Step));
                break;
            case Input.Feedback:
                StepFeedback.Show(draft);
                break;
            case Input.Pause:
                Pause(draft);
                break;
            case Input.Resume:
                Resume(draft);
                break;
            case Input.Stop:
                Answering.Read(draft, command.Findings);
                Closing.End(draft, SessionEnding.Stopped);
                break;
            case Input.Swap:
                draft.Tell(Phrases.NoSwap);
                break;
        }
    }

    private static void Hint(Draft draft)
    {
        if (draft.Session.Mode == SessionMode.Assessed)
        {
            draft.Tell(Phrases.NoHintsHere);
            return;
        }

        if (NextProbe.ToHint(draft.Session) is not { } point)
        {
            draft.Tell(Phrases.NoMoreHints);
            return;
        }

        draft.Add(new SessionEvent.HintGiven(draft.Now, draft.Session.Step, point.Id));
        draft.Tell(Phrases.Hint(point.Hint));
    }

    private static void Skip(Draft draft, Input command)
    {
        WakeUp(draft);
        Answering.Read(draft, command.Findings);
        switch (draft.Session.Awaiting)
        {
            case Awaiting.ClosingRemarks:
                Closing.End(draft, SessionEnding.Finished);
                return;
            case Awaiting.DepthChoice:
                Advance.ChooseDepth(draft);
                return;
        }

        var step = draft.Session.Step;
        Leave(draft);
        Advance.GoOn(draft, Phrases.Skipped(step, draft.Session.Answered(step)));
    }

    private static void Back(Draft draft, Input.Back back)
    {
        var session = draft.Session;
        var inStep = session.Awaiting == Awaiting.Answer;
        var to = back.To ?? (inStep ? session.Step - 1 : session.Step);
        if (to < Step.Requirements)
        {
            draft.Tell(Phrases.NoStepBefore);
        }
        else if (inStep && to == session.Step)
        {
            draft.Tell(Phrases.HereAlready(to));
        }
        else if (!session.Progress(to).Opened)
        {
            draft.Tell(Phrases.NotReached);
        }
        else
        {
            WakeUp(draft);
            Answering.Read(draft, back.Findings);
            if (inStep && session.Step != session.Furthest)
                Leave(draft);
            Advance.LookBack(draft, to);
        }
    }

    private static void Leave(Draft draft)
    {
        var step = draft.Session.Step;
        var how = draft.Session.Answered(step) ? StepClosing.Done : StepClosing.Declined;
        draft.Add(new SessionEvent.StepClosed(draft.Now, step, how));
    }

    private static void Pause(Draft draft)
    {
        if (draft.Session is { State: SessionState.Paused, PausedByItself: false })
        {
            draft.Tell(Phrases.AlreadyPaused);
            return;
        }

        draft.Add(new SessionEvent.Paused(draft.Now, ByItself: false));
        draft.Tell(Phrases.Paused);
        draft.Timer(TimerKind.Expire, draft.Session.Settings.ExpireAfter);
    }

    private static void Resume(Draft draft)
    {
        if (draft.Session.State != SessionState.Paused)
        {
            draft.Tell(Phrases.NotPaused);
            return;
        }

        draft.Add(new SessionEvent.Resumed(draft.Now, draft.ShownAt));
        if (draft.Session.HasOpenAnswer())
        {
            draft.Timer(TimerKind.Idle, draft.Session.Settings.IdleAfter);
            draft.Timer(TimerKind.Quiet, draft.Session.Settings.QuietPeriod);
        }
        else if (draft.Session.Turns.FindLast(t => t.Kind == TurnKind.Question) is { } question)
        {
            draft.Ask(Phrases.Resumed(question.Turn.Text));
        }
    }

    private static void WakeUp(Draft draft)
    {
        if (draft.Session.State == SessionState.Paused)
            draft.Add(new SessionEvent.Resumed(draft.Now, draft.ShownAt));
    }
}
