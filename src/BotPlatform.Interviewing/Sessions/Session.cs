using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Sessions;

public enum SessionState
{
    /// <summary>Not a single event yet.</summary>
    New,
    AwaitingConsent,
    Interviewing,
    Paused,

    /// <summary>Over for the candidate; a language model has yet to score it.</summary>
    Grading,
    Ended,
}

/// <summary>What the interviewer's last question waits for.</summary>
public enum Awaiting
{
    Answer,
    DepthChoice,
    ClosingRemarks,
}

/// <summary>How far a step has come.</summary>
/// <param name="Active">The candidate's active time in it.</param>
/// <param name="Probes">Probes spent in it.</param>
/// <param name="FromTurn">The first turn since it was opened, or opened again after it had been closed.</param>
/// <param name="Fruitless">Probes in a row that brought nothing new.</param>
public sealed record StepProgress(
    bool Opened = false,
    StepClosing? Closing = null,
    int FromTurn = 0,
    TimeSpan Active = default,
    int Probes = 0,
    int Fruitless = 0,
    int Clarifications = 0,
    bool Frozen = false);

/// <summary>What is known of a rubric point in this session.</summary>
/// <param name="Probed">It was asked about, in one way or another.</param>
/// <param name="Hinted">Help was given on it.</param>
/// <param name="Shown">The firmest showing so far; null if none.</param>
/// <param name="Prompting">What came before the first showing.</param>
public sealed record PointProgress(
    bool Probed = false,
    bool Hinted = false,
    Rubrics.Strength? Shown = null,
    Prompting? Prompting = null);

/// <summary>A turn as the session keeps it.</summary>
/// <param name="EventNumber">The event that it came with, or that changed it last.</param>
public sealed record SessionTurn(
    Turn Turn, TurnKind Kind, string? Key, int EventNumber, DateTimeOffset At, bool Deleted = false);

/// <summary>One run of one problem at one level with one candidate: the fold of its events.</summary>
/// <param name="Books">The pinned rubric with the pinned problem (and the one it may be swapped for), by problem hash.</param>
/// <param name="Version">Number of the last event.</param>
/// <param name="Findings">By the first turn of the answer they were found in.</param>
/// <param name="ClockFrom">Since when the candidate's time runs; null while it stands.</param>
public sealed record Session(
    Guid Id,
    ImmutableDictionary<string, RuleBook> Books,
    int Version = 0,
    SessionState State = SessionState.New,
    string ProblemHash = "",
    Level Level = Level.Mid,
    SessionMode Mode = SessionMode.Practice,
    Awaiting Awaiting = Awaiting.Answer,
    Step Step = Step.Requirements,
    Step Furthest = Step.Requirements,
    TimeSpan Active = default,
    DateTimeOffset? ClockFrom = null,
    DateTimeOffset LastAt = default,
    bool PausedByItself = false,
    bool DepthOffered = false,
    bool ClosingAsked = false,
    int ProbesSpent = 0,
    SessionEnding? Ending = null,
    Scorecard? Scorecard = null)
{
    public SessionSettings Settings { get; init; } = SessionSettings.Default;

    public ImmutableList<SessionTurn> Turns { get; init; } = [];

    public ImmutableDictionary<Step, StepProgress> Steps { get; init; } = ImmutableDictionary<Step, StepProgress>.Empty;

    public ImmutableDictionary<string, PointProgress> Points { get; init; } =
        ImmutableDictionary.Create<string, PointProgress>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<int, ImmutableArray<Finding>> Findings { get; init; } =
        ImmutableSortedDictionary<int, ImmutableArray<Finding>>.Empty;

    /// <summary>What has been asked, as kind and id, so that nothing is asked twice.</summary>
    public ImmutableHashSet<string> Asked { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public ImmutableHashSet<string> FactsTold { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Keys of the messages that have come in, whether they became turns or not.</summary>
    public ImmutableHashSet<string> Heard { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The event that set the latest timer of each kind.</summary>
    public ImmutableDictionary<TimerKind, int> Timers { get; init; } = ImmutableDictionary<TimerKind, int>.Empty;

    /// <summary>Id of the point that the last question was about; null after an opening question.</summary>
    public string? LastProbed { get; init; }

    /// <summary>The step that a staff candidate chose to go deeper on.</summary>
    public Step? Depth { get; init; }

    /// <summary>The event that asked a language model for the grade; 0 when none did.</summary>
    public int GradeAskedAt { get; init; }

    /// <summary>The event that asked a language model to word the next question; 0 when none is awaited.</summary>
    public int WordingAskedAt { get; init; }

    public RuleBook Book => Books[ProblemHash];

    public bool IsOpen => State is SessionState.AwaitingConsent or SessionState.Interviewing or SessionState.Paused;

    public StepProgress Progress(Step step) => Steps.GetValueOrDefault(step) ?? new StepProgress();

    public PointProgress Progress(string point) => Points.GetValueOrDefault(point) ?? new PointProgress();

    /// <summary>The candidate's turns since the interviewer last asked; empty when nothing is open.</summary>
    public IReadOnlyList<Turn> OpenAnswer() => AnswerFrom(Turns.FindLastIndex(t => t.Kind == TurnKind.Question) + 2);

    public bool HasOpenAnswer() => OpenAnswer().Count > 0;

    /// <summary>The candidate's turns that still stand, from this one to the interviewer's next question.</summary>
    public IReadOnlyList<Turn> AnswerFrom(int first)
    {
        var answer = new List<Turn>();
        for (var i = first - 1; i < Turns.Count && Turns[i] is { Kind: not TurnKind.Question } told; i++)
        {
            if (told is { Kind: TurnKind.Answer, Deleted: false })
                answer.Add(told.Turn);
        }

        return answer;
    }

    /// <summary>Whether the candidate said something in a step, beyond asking the interviewer.</summary>
    public bool Answered(Step step) => Findings.Any(f =>
        Turns[f.Key - 1].Turn.Step == step && !Questions.MakeUp(AnswerFrom(f.Key), f.Value));

    /// <summary>Active time left, never below zero.</summary>
    public TimeSpan TimeLeft(DateTimeOffset now)
    {
        var left = Settings.TimeAllowed - Active - RunningSince(now);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Active time since the clock last started, at most as long as it takes to count as idle.</summary>
    public TimeSpan RunningSince(DateTimeOffset now)
    {
        if (ClockFrom is not { } from || now <= from)
            return TimeSpan.Zero;
        return now - from < Settings.IdleAfter ? now - from : Settings.IdleAfter;
    }

    public static Session Empty(Guid id, IEnumerable<RuleBook> books) =>
        new(id, books.ToImmutableDictionary(b => b.Problem!.Hash, StringComparer.Ordinal));
}
