using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// The three criteria that run across all steps: trade-offs, consistency, communication. All three read the same
/// two figures, how strongly the steps were answered and how much was held against something else, each with bounds
/// of its own; open conflicts between steps are charged to consistency alone.
/// </summary>
internal static class CrossScoring
{
    private const int MostQuotes = 5;
    private const double PerStrength = 0.5;
    private const double PerContrast = 0.8;

    /// <param name="steps">What each answered step was answered with.</param>
    public static Score Score(Criterion criterion, Level level, Showing showing, IReadOnlyCollection<StepSubstance> steps)
    {
        if (steps.Count == 0)
            return CriterionScoring.Without(criterion, null, ScoreState.NotAsked, "Nothing was answered.", "");
        var strength = (PerStrength * steps.Average(Strengths.Of)) + (PerContrast * steps.Average(s => s.Contrasts));
        return criterion.Id switch
        {
            "trade-offs" => TradeOffs(criterion, level, showing, strength),
            "consistency" => Consistency(criterion, level, showing, strength),
            _ => Communication(criterion, level, showing, strength),
        };
    }

    private static Score TradeOffs(Criterion criterion, Level level, Showing showing, double strength)
    {
        var weighed = showing.Reasons(step: null, ReasonIds.Contrast).ToArray();
        var value = Strengths.Value(strength, two: 1.65, three: 2.15, four: 2.85);
        return Made(criterion, level, value, Evidence(weighed), $"Holds one thing against another in {Places(weighed.Length)}.", []);
    }

    private static Score Consistency(Criterion criterion, Level level, Showing showing, double strength)
    {
        var conflicts = Conflicting(showing).ToImmutableArray();
        var open = conflicts.Count(c => c.Outcome == CheckOutcome.Violated);
        var value = Math.Max(1, Strengths.Value(strength, two: 1.55, three: 2.65, four: 2.85) - Math.Min(1, open));
        var evidence = Evidence(showing.Figures(step: null).Concat(showing.Reasons(step: null, ReasonIds.Reason)));
        var why = open == 0 ? "No open conflict between steps was found." : $"Left open: {open} of {Places(conflicts.Length)} where figures or statements disagree.";
        return Made(criterion, level, value, evidence, why + Odd(showing), conflicts);
    }

    private static Score Communication(Criterion criterion, Level level, Showing showing, double strength)
    {
        var unanswered = showing.Reasons(step: null, ReasonIds.Unanswered).Count();
        var value = Strengths.Value(strength, two: 1.65, three: 2.2, four: 3.3);
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

    private static string Places(int count) => count == 1 ? "one place" : $"{count} places";

    private static ImmutableArray<Span> Evidence(IEnumerable<Finding> findings) =>
        [.. findings.Select(f => f.Span).DistinctBy(s => s.Turn).Take(MostQuotes).OrderBy(s => s.Turn).ThenBy(s => s.Start)];
}
