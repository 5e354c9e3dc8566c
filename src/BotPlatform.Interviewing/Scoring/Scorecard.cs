using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>Whether there is a score, and if not, why not. Anything but scored and declined has no value.</summary>
public enum ScoreState
{
    Scored,

    /// <summary>Skipped by the candidate after its opening question: value 1, without a quote.</summary>
    Declined,

    /// <summary>The candidate had no chance to show it.</summary>
    NotAsked,

    /// <summary>A language model has yet to answer.</summary>
    Waiting,

    /// <summary>Grading failed; the reason stands in <see cref="Score.Why"/>.</summary>
    Failed,
}

public enum CheckOutcome
{
    Met,
    Missing,
    Violated,

    /// <summary>Violated first and taken back by the candidate.</summary>
    Lifted,
}

public enum Recommendation
{
    StrongNo,
    No,
    Yes,
    StrongYes,
    InsufficientEvidence,
}

public enum LevelShown
{
    BelowMid,
    Mid,
    Senior,
    Staff,
}

/// <summary>How a point came to be shown.</summary>
public enum Prompting
{
    Unprompted,
    NeutralProbe,

    /// <summary>A leading probe or a hint.</summary>
    Hint,
}

/// <summary>One rule check as the scorecard lists it.</summary>
public sealed record CheckResult(
    string Id,
    CheckOutcome Outcome,
    string Text,
    ImmutableArray<Span> Spans,
    Prompting? Prompting = null);

/// <summary>One criterion's value or the reason why there is none.</summary>
/// <param name="Value">1 to 4; null unless scored or declined.</param>
/// <param name="Why">Our own words, never candidate text.</param>
/// <param name="Raise">The one sentence that would have raised it; empty at 4.</param>
/// <param name="Evidence">Verbatim spans of candidate turns; never empty for a value of 2 or more.</param>
public sealed record Score(
    string Criterion,
    int? Value,
    ScoreState State,
    string Why,
    string Raise,
    ImmutableArray<Span> Evidence,
    ImmutableArray<CheckResult> Checks)
{
    /// <summary>The models' part; null where rules scored alone.</summary>
    public ModelScore? Model { get; init; }

    /// <summary>The rules' part beside a model's; null where rules scored alone, and the score is theirs.</summary>
    public RulesScore? Rules { get; init; }

    /// <summary>Why a person should look at it; empty where samples and rules agree.</summary>
    public ImmutableArray<string> Review { get; init; } = [];
}

/// <summary>A turn that earned nothing, and why.</summary>
public sealed record TurnFlag(string Kind, int Turn);

/// <param name="Mean">Weighted mean of what is scored, 1 to 4; null when nothing is.</param>
/// <param name="Coverage">Share of the level's weight that is scored, 0 to 1.</param>
/// <param name="Rule">The recommendation rule in words.</param>
public sealed record Overall(
    double? Mean,
    double Coverage,
    Recommendation Recommendation,
    LevelShown? LevelShown,
    string Rule);

/// <summary>One rater's scores of one session. A model or rule score advises; a person decides.</summary>
/// <param name="GraderMode">"rules" or "model"; the two are never compared with each other.</param>
/// <param name="Notices">What a reader must know first ("rules only: no language model was configured").</param>
public sealed record Scorecard(
    string Problem,
    Level Level,
    string RubricId,
    string RubricVersion,
    string RubricHash,
    string GraderMode,
    ImmutableArray<Score> Scores,
    ImmutableArray<TurnFlag> Flags,
    Overall Overall,
    ImmutableArray<string> Notices)
{
    /// <summary>Who graded; null where rules scored alone.</summary>
    public GraderPart? Grader { get; init; }

    /// <summary>The models' own words, which are stored apart: they may repeat what a candidate wrote.</summary>
    public IEnumerable<TurnText> ModelTexts() => Scores.SelectMany(s => new[] { s.Model?.Missing, s.Model?.Raise }).OfType<TurnText>();

    /// <summary>The same with every text of a model changed.</summary>
    public Scorecard WithTexts(Func<TurnText, TurnText> change) => this with
    {
        Scores =
        [
            .. Scores.Select(s => s.Model is not { } model ? s : s with
            {
                Model = model with { Missing = model.Missing is { } missing ? change(missing) : null, Raise = model.Raise is { } raise ? change(raise) : null },
            }),
        ],
    };
}
