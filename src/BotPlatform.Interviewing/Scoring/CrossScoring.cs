using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>The three criteria that run across all steps: trade-offs, consistency, communication.</summary>
internal static class CrossScoring
{
    private const int MostQuotes = 3;
    private const double ContrastsPerStep = 4;

    public static Score Score(RuleBook book, Criterion criterion, Level level, Showing showing, IReadOnlyList<Score> steps)
    {
        var values = steps.Where(s => s.State == ScoreState.Scored).Select(s => s.Value!.Value).ToArray();
        if (values.Length == 0)
            return CriterionScoring.Without(criterion, null, ScoreState.NotAsked, "Nothing was answered.", "");
        return criterion.Id switch
        {
            "trade-offs" => TradeOffs(criterion, level, showing, values),
            "consistency" => Consistency(book, criterion, level, showing, values),
            _ => Communication(criterion, level, showing, values),
        };
    }

    private static Score TradeOffs(Criterion criterion, Level level, Showing showing, int[] values)
    {
        var weighed = showing.Reasons(step: null, ReasonIds.Contrast).ToArray();
        var perStep = weighed.Length / (double)values.Length / (1 + (0.3 * (int)level));
        var strength = 1.2 + (2.0 * (1 - Math.Exp(-perStep / ContrastsPerStep))) + (0.4 * (values.Average() - 1));
        return Made(criterion, level, Strengths.Value(strength), Evidence(weighed), "Weighs one choice against another in " + Times(weighed.Length) + ".", []);
    }

    private static Score Consistency(RuleBook book, Criterion criterion, Level level, Showing showing, int[] values)
    {
        var corrected = showing.All.Where(f => f.Kind == FindingKind.Correction).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var conflicts = showing.All
            .Where(f => f.Kind is FindingKind.Contradiction or FindingKind.WrongArithmetic && !corrected.Contains(f.Id))
            .ToArray();
        var checks = conflicts.Select(f => new CheckResult(
            f.Id,
            CheckOutcome.Violated,
            f.Kind == FindingKind.WrongArithmetic ? "a figure does not come out" : "two statements do not agree",
            [f.Span])).ToImmutableArray();
        var value = Math.Clamp(Strengths.Value(0.9 + (0.7 * values.Average())) - Math.Min(1, conflicts.Length), 1, 4);
        var evidence = Evidence(showing.Figures(step: null).Concat(showing.Reasons(step: null, ReasonIds.Reason)));
        return Made(criterion, level, value, evidence, conflicts.Length == 0 ? "No open conflict between steps was found." : $"{conflicts.Length} open conflicts.", checks);
    }

    private static Score Communication(Criterion criterion, Level level, Showing showing, int[] values)
    {
        var value = values.Average() switch
        {
            < 1.5 => 1,
            < 2.3 => 2,
            _ => 3,
        };
        return Made(criterion, level, value, Evidence(showing.Reasons(step: null, ReasonIds.Reason)), "Answers what was asked, in order.", []);
    }

    private static Score Made(
        Criterion criterion, Level level, int value, ImmutableArray<Span> evidence, string why, ImmutableArray<CheckResult> checks)
    {
        value = evidence.IsEmpty ? 1 : value;
        var raise = value == 4 ? "" : criterion.Cells[level].Anchors[value];
        return new Score(criterion.Id, value, ScoreState.Scored, why, raise, value == 1 ? [] : evidence, checks);
    }

    private static string Times(int count) => count == 1 ? "one place" : $"{count} places";

    private static ImmutableArray<Span> Evidence(IEnumerable<Finding> findings) =>
        [.. findings.Select(f => f.Span).Distinct().Take(MostQuotes).OrderBy(s => s.Turn).ThenBy(s => s.Start)];
}
