using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>The interviewer's own sentences. Neutral: none of them says how good an answer was.</summary>
public static class Phrases
{
    public const string Swapped = "Of course, let's take another problem.";
    public const string NothingTakenYet = "Nothing is taken down yet.";
    public const string NotFixed = "That isn't fixed: pick what seems reasonable, and say what you assume.";
    public const string RestNotFixed = "The rest isn't fixed: assume what seems reasonable and say so.";
    public const string BackHere = "What would you add or change?";
    public const string GoOn = "What else do you need to know, or how would you take it from here?";
    public const string LastStep = "That was the last of the seven steps.";
    public const string WhichStep = LastStep + " There is some time left: which of them would you like to go deeper on?";
    public const string NoHintsHere = "I can't give hints in an assessed interview. Say what you know, or \"skip\" to go on.";
    public const string NoFeedbackHere = "There is no feedback during an assessed interview.";
    public const string NoMoreHints = "I have no further hint for this step.";
    public const string NoStepDone = "Feedback comes once a step is done; the first one is still open.";
    public const string NoStepBefore = "This is the first step; there is none before it.";
    public const string NotReached = "We haven't been there yet; let's take the steps in order.";
    public const string AlreadyPaused = "We are paused already. Write anything, or \"resume\", to go on.";
    public const string NotPaused = "We aren't paused; carry on.";
    public const string Paused = "Paused; the clock stands still. Write anything, or \"resume\", to go on.";
    public const string PausedByItself = "I've stopped the clock, so take the time you need. Write anything to go on.";
    public const string NoSwap = "There is no other problem to swap to now.";
    public const string ChangeTooLate = "That part has been scored already: your change is kept with the session, and the score stays as it is.";
    public const string TimeIsUp = "Our time is up, so I'll close the interview here.";
    public const string GradeTakesLong = "Scoring takes longer than usual. Nothing is lost: your scorecard will appear here, you need not wait for it.";
    public const string ScorecardReady = "Your scorecard is ready.";

    public static string Resumed(string question) => "Welcome back. We were here:\n\n" + LastParagraph(question);

    public static string BackTo(Step step) => $"Back to {step.Name()}.";

    public static string HereAlready(Step step) => $"We are in {step.Name()} already; carry on.";

    public static string Skipped(Step step, bool partly) => partly ? $"Moving on from {step.Name()}." : $"Leaving {step.Name()} out.";

    public static string AnythingToChange(bool again, bool afterDepth) =>
        again ? "Is there anything else you would change?"
        : (afterDepth ? "" : LastStep + " ") + "Looking back over the whole design, is there anything you would change?";

    public static string Over(SessionMode mode) =>
        mode == SessionMode.Practice ? "This interview is over. You can start another one at any time." : "This interview is over.";

    /// <summary>The question of a turn, without the recap or the answers that stood before it.</summary>
    public static string LastParagraph(string turn) => turn[(turn.LastIndexOf("\n\n", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];

    public static string AssessedNotice(GraderMode grader) =>
        "Before we begin: this is an assessed interview. What you write is recorded and scored against a published rubric, "
        + (grader == GraderMode.Model ? "by a language model together with rule checks" : "by rule checks")
        + ". The scores advise; people decide. The hiring team that invited you answers questions about it. "
        + "Please leave out anything confidential from an employer.";

    /// <param name="models">Whose language model it is.</param>
    public static string SentTo(string models, InterviewerMode interviewer, GraderMode grader)
    {
        var does = (interviewer, grader) switch
        {
            (InterviewerMode.Model, GraderMode.Model) => "words my questions and helps to score",
            (InterviewerMode.Model, _) => "words my questions",
            _ => "helps to score",
        };
        return $"For your information: what you write here is sent to a language model of {models}, which {does}. Please leave out what must not go there.";
    }

    public static string HowToBegin(SessionMode mode, bool swappable) =>
        (mode == SessionMode.Assessed ? "Say \"I agree\" to begin" : "Say \"go on\" to begin")
        + (swappable ? ", \"swap\" for another problem, or \"stop\"." : ", or \"stop\".");

    public static string TimeLeft(TimeSpan left, TimeSpan allowed, Step step)
    {
        var minutes = (int)Math.Ceiling(left.TotalMinutes);
        var whole = (int)Math.Round(allowed.TotalMinutes);
        return $"About {minutes} of {whole} minutes are left; we are in {step.Name()}, step {(int)step + 1} of 7. Only your own active time counts.";
    }

    /// <param name="turnOfPhrase">Any number; the next one gives another lead-in.</param>
    public static string Taken(string items, int turnOfPhrase) => (turnOfPhrase % 3) switch
    {
        1 => $"Noted: {items}.",
        2 => $"Taken down: {items}.",
        _ => $"I have written down {items}.",
    };

    public static string WalkThrough(string? figure) =>
        figure is null ? "Walk me through that number: how do you get to it?" : $"Walk me through that number, {figure}: how do you get to it?";

    public static string WhichHolds(string? matter) =>
        $"Help me square two things you said about {matter ?? "this"}, earlier and now: which one holds, and why?";

    public static string Substance(string label, Step step) => step switch
    {
        Step.Monitoring => $"You mentioned {label}: what does that look like here, and when would someone be woken?",
        Step.Evaluation => $"You mentioned {label}: why here, and which result would change your mind?",
        Step.Serving => $"You mentioned {label}: how would that work in this system, in numbers?",
        Step.Modeling => $"You mentioned {label}: what does that buy you on this problem, and what does it cost?",
        _ => $"You mentioned {label}: what does that come down to here, with a number or an example?",
    };

    public static string Hint(string hint) => "A hint: " + hint.Trim();

    public static string Finished(SessionMode mode, bool waiting) => mode == SessionMode.Assessed
        ? "Thank you, that's all. Your answers are recorded; the hiring team will be in touch."
        : waiting ? "Thank you. Your scorecard is being prepared and will appear here." : "Thank you. " + ScorecardReady;
}
