using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Service.Slack.Views;

/// <summary>How scores went where it can be said.</summary>
public static class Trends
{
    /// <summary>
    /// Nobody knows how hard one problem is beside another, nor one level, one rubric version or one way of scoring: a
    /// rise between two of them may be nothing but an easier problem. So scores are set side by side only within the same
    /// problem, level and basis of scoring, where there are two at least.
    /// </summary>
    /// <param name="past">In any order.</param>
    /// <returns>What was practised last first; empty where nothing can be compared.</returns>
    public static IReadOnlyList<Trend> Of(IEnumerable<PastInterview> past) =>
    [
        .. past
            .Where(p => p.Card is not null)
            .GroupBy(p => (p.Slug, p.Level, p.Card!.Basis))
            .Where(same => same.Count() > 1)
            .OrderByDescending(same => same.Max(p => p.At))
            .Select(same => new Trend(same.First().Title, same.Key.Level, same.Count(), Criteria(same.OrderBy(p => p.At))))
            .Where(trend => trend.Criteria.Count > 0),
    ];

    // In the order of the newest scorecard; a session that left a criterion unscored says nothing on it.
    private static List<CriterionTrend> Criteria(IEnumerable<PastInterview> oldestFirst)
    {
        var cards = oldestFirst.Select(p => p.Card!).ToArray();
        return
        [
            .. cards[^1].Scores
                .Select(s => new CriterionTrend(s.Title, [.. cards.SelectMany(c => c.Scores).Where(o => o.Criterion == s.Criterion).Select(o => o.Value).OfType<int>()]))
                .Where(t => t.Values.Count > 1),
        ];
    }
}

/// <summary>Sessions of one problem at one level, scored in one way.</summary>
public sealed record Trend(string Title, Level Level, int Sessions, IReadOnlyList<CriterionTrend> Criteria);

/// <param name="Values">The oldest first; two at least.</param>
public sealed record CriterionTrend(string Title, IReadOnlyList<int> Values);
