using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>From one question to the next: a probe, the next step, or the end.</summary>
internal static class Advance
{
    /// <summary>Asks the probe that is worth most, or closes the step with a recap and goes on.</summary>
    public static void Continue(Draft draft, string? answers)
    {
        if (NextProbe.Choose(draft.Session) is { } probe)
        {
            Ask(draft, probe, answers);
            return;
        }

        var recap = Recap.Of(draft.Session, draft.Session.Step);
        draft.Add(new SessionEvent.StepClosed(draft.Now, draft.Session.Step, StepClosing.Done));
        GoOn(draft, Join(answers, recap));
    }

    public static void Ask(Draft draft, Probe probe, string? before = null)
    {
        draft.Add(new SessionEvent.ProbeAsked(draft.Now, draft.Session.Step, probe.Kind, probe.Id));
        var taken = before is null && probe.Kind == ProbeKind.Essential ? Recap.Taken(draft.Session) : null;
        draft.Ask(Join(before ?? taken, probe.Text.Trim()));
    }

    /// <summary>To the step that is still open after a look back, to the next one, or to the end.</summary>
    public static void GoOn(Draft draft, string? before)
    {
        var session = draft.Session;
        if (session.Step != session.Furthest && session.Progress(session.Furthest).Closing is null)
            Return(draft, before);
        else if (session.Furthest.Next() is { } next)
            OpenStep(draft, next, before);
        else if (!session.DepthOffered && MayGoDeeper(session))
        {
            draft.Add(new SessionEvent.DepthOffered(draft.Now));
            draft.Ask(Join(before, Phrases.WhichStep));
        }
        else
        {
            draft.Add(new SessionEvent.ClosingAsked(draft.Now));
            draft.Ask(Join(before, Phrases.AnythingToChange(again: session.ClosingAsked, afterDepth: session.DepthOffered)));
        }
    }

    /// <summary>To a step that was opened before: the one still open, or one to add to.</summary>
    public static void LookBack(Draft draft, Step step)
    {
        if (draft.Session.Progress(step).Closing is null)
        {
            Return(draft, before: null);
            return;
        }

        draft.Add(new SessionEvent.StepOpened(draft.Now, step));
        draft.Ask($"{Phrases.BackTo(step)} {Phrases.BackHere}");
    }

    private static void Return(Draft draft, string? before)
    {
        var step = draft.Session.Furthest;
        draft.Add(new SessionEvent.StepOpened(draft.Now, step));
        var lastThere = draft.Session.Turns.FindLast(t => t.Turn.Step == step && t is { Deleted: false, Kind: not TurnKind.Notice })!;
        before = Join(before, Phrases.BackTo(step));
        if (lastThere.Kind == TurnKind.Question)
            draft.Ask($"{before} {Phrases.LastParagraph(lastThere.Turn.Text)}");
        else
            Continue(draft, before);
    }

    private static void OpenStep(Draft draft, Step step, string? before)
    {
        draft.Add(new SessionEvent.StepOpened(draft.Now, step));
        draft.Ask(Join(before, draft.Session.Book.Problem!.Steps[step].Question.Trim()));
    }

    /// <summary>At staff level the candidate picks the step to go deep on; anything else means none.</summary>
    public static void ChooseDepth(Draft draft)
    {
        var chosen = draft.Session.OpenAnswer().Select(t => ChatWords.StepIn(t.Text)).FirstOrDefault(s => s is not null);
        draft.Add(new SessionEvent.DepthChosen(draft.Now, chosen));
        if (chosen is { } step && NextProbe.Stretch(draft.Session, step) is { } stretch)
        {
            draft.Add(new SessionEvent.StepOpened(draft.Now, step));
            Ask(draft, stretch);
        }
        else
        {
            GoOn(draft, before: null);
        }
    }

    private static bool MayGoDeeper(Session session) =>
        session.Level == Level.Staff
        && session.ProbesSpent < session.Settings.ProbePool
        && session.Active < session.Settings.TimeAllowed;

    private static string Join(params ReadOnlySpan<string?> parts) =>
        string.Join("\n\n", parts.ToArray().Where(p => !string.IsNullOrEmpty(p)));
}
