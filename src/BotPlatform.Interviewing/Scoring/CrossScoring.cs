using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// The three criteria that run across all steps. Trade-offs and communication read the same two figures, how strongly the
/// steps were answered and how much was held against something else, each with bounds of its own; consistency reads
/// conflicts, and what later steps take from the requirements.
/// </summary>
internal static class CrossScoring
{
    private const int HighestWithSeveral = 2;
    private const int FewestSteps = 3;
    private const double PerStrength = 0.5;
    private const double PerContrast = 0.8;
    private const double LowestForTwo = 1.65;
    private const double PartWay = 0.25;

    /// <param name="steps">What each answered step was answered with.</param>
    /// <param name="between">Conflicts between steps, beside those of figures.</param>
    public static Score Score(Criterion criterion, Level level, Showing showing, IReadOnlyCollection<StepSubstance> steps, IReadOnlyCollection<CheckResult> between)
    {
        if (steps.Count == 0)
            return CriterionScoring.Without(criterion, null, ScoreState.NotAsked, "Nothing was answered.", "");
        var strength = (PerStrength * steps.Average(Strengths.Of)) + (PerContrast * steps.Average(s => s.Contrasts));
        return criterion.Id switch
        {
            "trade-offs" => TradeOffs(criterion, level, showing, Floored(strength, steps)),
            "consistency" => Consistency(criterion, level, showing, between),
            _ => Communication(criterion, level, showing, Floored(strength, steps)),
        };
    }

    // Whoever answers the steps well in few words has weighed something and has answered what was asked.
    private static double Floored(double strength, IReadOnlyCollection<StepSubstance> steps) =>
        steps.Average(Strengths.Of) >= Strengths.PartlyShown + PartWay ? Math.Max(strength, LowestForTwo) : strength;

    private static Score TradeOffs(Criterion criterion, Level level, Showing showing, double strength)
    {
        var weighed = showing.Reasons(step: null, ReasonIds.Contrast).ToArray();
        var value = Strengths.Value(strength, two: LowestForTwo, three: 2.15, four: 2.85);
        return Made(criterion, level, value, Evidence(weighed), $"Holds one thing against another in {Places(weighed.Length)}.", []);
    }

    // What is missing elsewhere is charged elsewhere: only what does not fit together lowers consistency, and only what
    // refers back to the requirements raises it.
    private static Score Consistency(Criterion criterion, Level level, Showing showing, IReadOnlyCollection<CheckResult> between)
    {
        var figures = Conflicting(showing).ToImmutableArray();
        var open = figures.Count(c => c.Outcome == CheckOutcome.Violated);
        var traced = showing.StepsWith(ReasonIds.Traced);
        var value = Traced(level, traced);
        if (between.Count > 0)
            value = Math.Min(value - 1, between.Count > 1 ? HighestWithSeveral : value);
        if (showing.StepsWith(ReasonIds.Said) < FewestSteps)
            value = 1;
        value = Math.Max(1, value - Math.Min(1, open));
        var evidence = Evidence(showing.Figures(step: null).Concat(showing.Reasons(step: null, ReasonIds.Reason)));
        var left = open + between.Count;
        var why = left == 0 ? "No open conflict between steps was found." : $"Left open: {Places(left)} where figures or steps disagree.";
        why += traced == 0 ? " No later step works with a figure from the requirements." : $" Figures from the requirements are worked with in {Words(traced)}.";
        return Made(criterion, level, value, evidence, why + Odd(showing), [.. figures, .. between]);
    }

    // A mid-level design has to be free of conflicts; a staff one has to follow from its requirements.
    private static int Traced(Level level, int steps) => level switch
    {
        Level.Mid => steps >= 2 ? 4 : 3,
        Level.Senior => steps >= 3 ? 4 : 3,
        _ => steps >= 4 ? 4 : steps >= 1 ? 3 : 2,
    };

    private static Score Communication(Criterion criterion, Level level, Showing showing, double strength)
    {
        var unanswered = showing.Reasons(step: null, ReasonIds.Unanswered).Count();
        var value = Strengths.Value(strength, two: LowestForTwo, three: 2.2, four: 3.3);
        var why = unanswered == 0 ? "Answers what was asked." : $"Leaves a question without an answer in {Places(unanswered)}.";
        return Made(criterion, level, value, Evidence(showing.Reasons(step: null, ReasonIds.Reason)), why, []);
    }

    private static string Odd(Showing showing)
    {
        var odd = showing.All.Where(f => f.Kind == FindingKind.OddFigure).Select(f => f.Id.Replace('-', ' ')).Distinct(StringComparer.Ordinal).ToArray();
        return odd.Length == 0 ? "" : $" Far outside of what this problem suggests, at no cost: {string.Join(", ", odd)}.";
    }

    private static IEnumerable<CheckResult> Conflicting(Showing showing)
    {
        var corrected = showing.All.Where(f => f.Kind == FindingKind.Correction).GroupBy(f => f.Id, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(f => f.Span.Turn), StringComparer.Ordinal);
        foreach (var finding in showing.All)
        {
            if (finding.Kind is not (FindingKind.Contradiction or FindingKind.WrongArithmetic))
                continue;
            var lifted = corrected.TryGetValue(finding.Id, out var turn) && turn >= finding.Span.Turn;
            var text = finding.Kind == FindingKind.WrongArithmetic ? "a figure does not come out" : "two statements do not agree";
            yield return new CheckResult(finding.Id, lifted ? CheckOutcome.Lifted : CheckOutcome.Violated, text, [finding.Span]);
        }
    }

    private static Score Made(
        Criterion criterion, Level level, int value, ImmutableArray<Span> evidence, string why, ImmutableArray<CheckResult> checks)
    {
        value = evidence.IsEmpty ? 1 : value;
        var raise = value == 4 ? "" : criterion.Cells[level].Anchors[Math.Max(value, 2)];
        return new Score(criterion.Id, value, ScoreState.Scored, why, raise, value == 1 ? [] : evidence, checks);
    }

    private static string Words(int steps) => steps == 1 ? "one step" : $"{steps} steps";

    private static string Places(int count) => count == 1 ? "one place" : $"{count} places";

    private static ImmutableArray<Span> Evidence(IEnumerable<Finding> findings) =>
        [.. findings.Select(f => f.Span).DistinctBy(s => s.Turn).OrderBy(s => s.Turn).ThenBy(s => s.Start)];
}
