using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>The interviewer's own sentences. Neutral: none of them says how good an answer was.</summary>
public static class Phrases
{
    public const string Swapped = "Of course, let's take another problem.";
    public const string ConsentFirst = "I have not taken that down: please say \"I agree\" first, or \"stop\" if you would rather not go on.";
    public const string NotFixed = "That isn't fixed: pick what seems reasonable, and say what you assume.";
    public const string RestNotFixed = "The rest isn't fixed: assume what seems reasonable and say so.";
    public const string BackHere = "What would you add or change?";
    public const string GoOn = "What else do you need to know, or how would you take it from here?";
    public const string WhichStep = "That was the last of the seven steps, and there is some room left: which of them would you like to go deeper on?";
    public const string AnythingToChange = "That was the last step. Looking back over the whole design, is there anything you would change?";
    public const string NoHintsHere = "I can't give hints in an assessed interview. Say what you know, or \"skip\" to go on.";
    public const string NoFeedbackHere = "There is no feedback during an assessed interview.";
    public const string NoMoreHints = "I have no further hint for this step.";
    public const string NoStepDone = "Feedback comes once a step is done; the first one is still open.";
    public const string NoStepBefore = "This is the first step; there is none before it.";
    public const string NotReached = "We haven't been there yet; let's take the steps in order.";
    public const string AlreadyPaused = "We are paused already. Write anything, or \"resume\", to go on.";
    public const string NotPaused = "We aren't paused; carry on.";
    public const string Paused = "Paused; the clock stands still. Write anything, or \"resume\", to go on.";
    public const string Over = "This interview is over. You can start another one at any time.";
    public const string NoSwap = "There is no other problem to swap to now.";
    public const string ChangeTooLate = "That step has been scored already, so your change is kept with the session but not scored.";
    public const string AnythingElse = "Let's finish here.";
    public const string TimeIsUp = "Our time is up, so I'll close the interview here.";
    public const string ModelReads = "A language model scores it first.";

    public static string Resumed(string question) => "Welcome back. We were here:\n\n" + question;

    public static string AssessedNotice(GraderMode grader) =>
        "Before we begin: this is an assessed interview. What you write is recorded and scored against a published rubric, "
        + (grader == GraderMode.Model ? "by a language model together with rule checks" : "by rule checks")
        + ". The scores advise; people decide. The hiring team that invited you answers questions about it. "
        + "Please leave out anything confidential from an employer. Say \"I agree\" to begin, or \"stop\".";

    public static string ContentNotice(string notice) =>
        notice.Trim() + " Say \"go on\" to take it, or \"swap\" for another problem.";

    public static string TimeLeft(TimeSpan left, TimeSpan allowed, Step step)
    {
        var minutes = (int)Math.Ceiling(left.TotalMinutes);
        var whole = (int)Math.Round(allowed.TotalMinutes);
        return $"About {minutes} of {whole} minutes are left; we are in {step.Name()}, step {(int)step + 1} of 7. Only your own active time counts.";
    }

    public static string WalkThrough(string? figure) =>
        figure is null ? "Walk me through that number: how do you get to it?" : $"Walk me through that number, {figure}: how do you get to it?";

    public static string WhichHolds(string? matter) =>
        $"Help me square two things you said about {matter ?? "this"}, earlier and now: which one holds, and why?";

    public static string Substance(string label, Step step) => step switch
    {
        Step.Monitoring => $"You mentioned {label}: what exactly would you compare, and when would someone be woken?",
        Step.Evaluation => $"You mentioned {label}: why that one here, and what result would make you stop?",
        Step.Serving => $"You mentioned {label}: what would it do in this system, in numbers?",
        Step.Modeling => $"You mentioned {label}: why does it suit this problem, and what would it cost you?",
        _ => $"You mentioned {label}: what would that look like here, concretely?",
    };

    public static string Hint(string hint) => "A hint: " + hint.Trim();

    public static string Finished(SessionMode mode, bool waiting) => mode == SessionMode.Assessed
        ? "Thank you, that's all. Your answers are recorded; the hiring team will be in touch."
        : waiting ? "Thank you. Your scorecard is being prepared and will appear here." : "Thank you. Your scorecard is ready.";
}
