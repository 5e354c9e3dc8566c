using System.Collections.Immutable;
using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>Text of a turn, stored apart from events so that a person can be erased; then it is empty.</summary>
public sealed record TurnText(Guid Id, string Value);

/// <summary>What an interviewer turn is for; candidates' turns are answers.</summary>
public enum TurnKind
{
    Answer,

    /// <summary>Asks something and waits for the answer.</summary>
    Question,

    /// <summary>Tells something; the question before it still stands.</summary>
    Notice,
}

/// <summary>How a step came to its end.</summary>
public enum StepClosing
{
    Done,

    /// <summary>Skipped by the candidate.</summary>
    Declined,

    /// <summary>The interview ended, or its time, while the step was open.</summary>
    Cut,
}

/// <summary>Whose wording a question came to have.</summary>
public enum WordingOutcome
{
    Model,

    /// <summary>The model failed or its wording was refused; the engine's own was used.</summary>
    Refused,

    /// <summary>The model took too long; the engine's own was used.</summary>
    Late,
}

public enum SessionEnding
{
    Finished,
    Stopped,
    OutOfTime,
    Expired,
}

/// <summary>Something that happened in a session; the session is the fold of these.</summary>
public abstract record SessionEvent(DateTimeOffset At)
{
    public sealed record Started(
        DateTimeOffset At,
        string ProblemHash,
        string RubricHash,
        Level Level,
        SessionMode Mode,
        SessionSettings Settings,
        string Engine) : SessionEvent(At);

    public sealed record ConsentAsked(DateTimeOffset At) : SessionEvent(At);

    public sealed record ConsentGiven(DateTimeOffset At) : SessionEvent(At);

    public sealed record ProblemSwapped(DateTimeOffset At, string ProblemHash) : SessionEvent(At);

    /// <param name="Key">The channel's key of a candidate's message; null for the interviewer.</param>
    /// <param name="ShownAt">When an interviewer turn left, if later than <c>At</c>; the clock runs from there.</param>
    public sealed record Said(
        DateTimeOffset At,
        int N,
        Speaker Speaker,
        Step Step,
        TurnKind Kind,
        TurnText Text,
        string? Key = null,
        DateTimeOffset? ShownAt = null) : SessionEvent(At);

    /// <summary>A message that became no turn: a typed command, or one before consent or after the end. It counts once.</summary>
    public sealed record Heard(DateTimeOffset At, string Key) : SessionEvent(At);

    public sealed record TurnEdited(DateTimeOffset At, int N, TurnText Text) : SessionEvent(At);

    public sealed record TurnDeleted(DateTimeOffset At, int N) : SessionEvent(At);

    /// <summary>An edit or deletion that came after its step was scored: kept, and without effect.</summary>
    public sealed record LateChangeNoted(DateTimeOffset At, int N, TurnText? Text) : SessionEvent(At);

    /// <param name="FirstTurn">The answer's first turn; examined again, it replaces what was found before.</param>
    public sealed record AnswerExamined(
        DateTimeOffset At, int FirstTurn, int LastTurn, ImmutableArray<Finding> Findings) : SessionEvent(At);

    public sealed record StepOpened(DateTimeOffset At, Step Step) : SessionEvent(At);

    public sealed record StepClosed(DateTimeOffset At, Step Step, StepClosing How) : SessionEvent(At);

    public sealed record FactTold(DateTimeOffset At, string FactId) : SessionEvent(At);

    /// <summary>Questions were answered without spending a probe.</summary>
    public sealed record QuestionsAnswered(DateTimeOffset At, Step Step) : SessionEvent(At);

    public sealed record ProbeAsked(DateTimeOffset At, Step Step, ProbeKind Kind, string Id) : SessionEvent(At);

    public sealed record HintGiven(DateTimeOffset At, Step Step, string PointId) : SessionEvent(At);

    /// <summary>Freezes the step's turns.</summary>
    public sealed record FeedbackShown(DateTimeOffset At, Step Step) : SessionEvent(At);

    public sealed record DepthOffered(DateTimeOffset At) : SessionEvent(At);

    public sealed record DepthChosen(DateTimeOffset At, Step? Step) : SessionEvent(At);

    public sealed record ClosingAsked(DateTimeOffset At) : SessionEvent(At);

    public sealed record TimerSet(DateTimeOffset At, TimerKind Kind, DateTimeOffset Due) : SessionEvent(At);

    /// <param name="ByItself">The clock stopped because nothing came; the next message starts it again.</param>
    public sealed record Paused(DateTimeOffset At, bool ByItself) : SessionEvent(At);

    public sealed record Resumed(DateTimeOffset At, DateTimeOffset? ShownAt = null) : SessionEvent(At);

    public sealed record Ended(DateTimeOffset At, SessionEnding How) : SessionEvent(At);

    /// <summary>A language model was asked to word what comes next.</summary>
    public sealed record WordingRequested(DateTimeOffset At) : SessionEvent(At);

    public sealed record WordingSettled(DateTimeOffset At, WordingOutcome How) : SessionEvent(At);

    /// <param name="TurnsHash">SHA-256 of the turns as graded; they are frozen.</param>
    public sealed record GradeRequested(DateTimeOffset At, string TurnsHash) : SessionEvent(At);

    public sealed record Scored(DateTimeOffset At, Scorecard Scorecard) : SessionEvent(At);
}
