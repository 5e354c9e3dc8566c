using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Rubrics;

/// <summary>What a session is scored against; immutable once released.</summary>
/// <param name="Hash">SHA-256 of the file's text, lower-case hexadecimal; every score names it.</param>
/// <param name="Criteria">The ten, in the order in which scorecards list them.</param>
/// <param name="Points">What an answer can show; cells mark some of them as essential.</param>
public sealed record Rubric(
    string Id,
    string Version,
    string Hash,
    ImmutableArray<Criterion> Criteria,
    ImmutableArray<Point> Points,
    ImmutableArray<Concept> Concepts,
    ImmutableArray<RedFlag> RedFlags,
    RecommendationRule Recommendation)
{
    public Criterion Criterion(string id) => Criteria.First(c => c.Id == id);
}

/// <summary>One scored dimension.</summary>
/// <param name="Step">The step it belongs to; null for trade-offs, consistency and communication.</param>
/// <param name="MustHave">Weighs on the recommendation beyond its share of the mean.</param>
/// <param name="Cells">One for each level.</param>
public sealed record Criterion(
    string Id,
    string Title,
    string About,
    Step? Step,
    bool MustHave,
    ImmutableDictionary<Level, Cell> Cells);

/// <summary>A criterion at a level.</summary>
/// <param name="Weight">Share of the mean, 0 to 1; the weights of a level sum to 1.</param>
/// <param name="Anchors">What the values 1, 2, 3 and 4 look like, in this order.</param>
/// <param name="Essentials">Ids of the two or three points that can be demanded here; may be empty for the three criteria without a step.</param>
public sealed record Cell(double Weight, ImmutableArray<string> Anchors, ImmutableArray<string> Essentials);

/// <summary>Something an answer can show for one criterion.</summary>
/// <param name="Id">As in <c>data.time-split</c>.</param>
/// <param name="Level">The level from which on it is expected.</param>
/// <param name="Shows">What it means to show it, for the scorecard ("splits by time").</param>
/// <param name="Concepts">Any one of these concepts names it.</param>
/// <param name="Needs">What meeting it takes.</param>
/// <param name="Probe">A neutral question that gives a chance without giving the answer.</param>
/// <param name="Hint">Help on request; says more than the probe.</param>
/// <param name="Raise">The one sentence that would have shown it.</param>
/// <param name="Also">Steps beside its own in which saying it counts alike: how data is split is often told with the data.</param>
public sealed record Point(
    string Id,
    string Criterion,
    Level Level,
    string Shows,
    ImmutableArray<string> Concepts,
    Strength Needs,
    string Probe,
    string Hint,
    string Raise,
    ImmutableArray<Step> Also);

/// <summary>How firmly something was shown.</summary>
public enum Strength
{
    /// <summary>The words are there.</summary>
    Named,

    /// <summary>Tied to this problem by a cause, a contrast, a quantity or a consequence.</summary>
    Reasoned,

    /// <summary>With a number and its unit.</summary>
    Quantified,
}

/// <summary>How scores become a recommendation; printed with every one.</summary>
/// <param name="YesMean">Lowest weighted mean for <c>yes</c>.</param>
/// <param name="StrongYesMean">Lowest weighted mean for <c>strong_yes</c>.</param>
/// <param name="StrongNoMean">Below this mean it is <c>strong_no</c>.</param>
/// <param name="MustHaveLowest">A must-have at or below this value rules out <c>yes</c>.</param>
/// <param name="MustHaveTwos">How many must-haves may stand at 2 for <c>yes</c>.</param>
/// <param name="Coverage">Share of the weight that must be scored; below it the evidence is insufficient.</param>
public sealed record RecommendationRule(
    double YesMean,
    double StrongYesMean,
    double StrongNoMean,
    int MustHaveLowest,
    int MustHaveTwos,
    double Coverage);
