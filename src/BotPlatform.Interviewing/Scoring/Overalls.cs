using System.Collections.Immutable;
using System.Globalization;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>From the scores of the criteria to the recommendation and the level shown.</summary>
public static class Overalls
{
    public static Overall Of(Rubric rubric, Level level, ImmutableArray<Score> scores)
    {
        var weights = rubric.Criteria.ToDictionary(c => c.Id, c => c.Cells[level].Weight, StringComparer.Ordinal);
        var valued = scores.Where(s => s.Value is not null).ToArray();
        var coverage = valued.Sum(s => weights[s.Criterion]);
        double? mean = coverage > 0 ? valued.Sum(s => weights[s.Criterion] * s.Value!.Value) / coverage : null;
        var recommendation = Recommend(rubric, mean, coverage, scores);
        return new Overall(mean, Math.Min(1, coverage), recommendation, Shown(level, recommendation, mean), Rule(rubric.Recommendation));
    }

    private static Recommendation Recommend(Rubric rubric, double? mean, double coverage, ImmutableArray<Score> scores)
    {
        var rule = rubric.Recommendation;
        if (mean is not { } value || coverage < rule.Coverage - 1e-9)
            return Recommendation.InsufficientEvidence;
        var mustHaves = rubric.Criteria.Where(c => c.MustHave).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var must = scores.Where(s => s.Value is not null && mustHaves.Contains(s.Criterion)).Select(s => s.Value!.Value).ToArray();
        var held = must.All(v => v > rule.MustHaveLowest) && must.Count(v => v == 2) <= rule.MustHaveTwos;
        if (value >= rule.YesMean && held)
            return value >= rule.StrongYesMean ? Recommendation.StrongYes : Recommendation.Yes;
        return value < rule.StrongNoMean ? Recommendation.StrongNo : Recommendation.No;
    }

    // What was shown at one level says little about two levels away: one step up or down, and no further.
    private static LevelShown? Shown(Level level, Recommendation recommendation, double? mean)
    {
        if (mean is null || recommendation == Recommendation.InsufficientEvidence)
            return null;
        var own = (LevelShown)((int)level + 1);
        return recommendation switch
        {
            Recommendation.StrongYes => own < LevelShown.Staff ? own + 1 : own,
            Recommendation.Yes => own,
            Recommendation.StrongNo => own - 2 >= LevelShown.BelowMid ? own - 2 : LevelShown.BelowMid,
            _ => own - 1,
        };
    }

    private static string Rule(RecommendationRule rule) => string.Create(
        CultureInfo.InvariantCulture,
        $"yes needs a mean of at least {rule.YesMean}, no must-have at {rule.MustHaveLowest} and at most {rule.MustHaveTwos} at 2; "
        + $"strong yes a mean of at least {rule.StrongYesMean}; a mean below {rule.StrongNoMean} is a strong no; "
        + $"less than {rule.Coverage:P0} of the weight scored is insufficient evidence.");
}
