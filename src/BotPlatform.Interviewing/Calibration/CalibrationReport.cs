using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Calibration;

/// <summary>
/// Our scores beside the raters' median on rated sessions. The same sessions and seed give the same report.
/// </summary>
/// <param name="Sessions">How many sessions there are.</param>
/// <param name="Raters">How many raters rated at least one of them.</param>
/// <param name="QwkInterval">95% interval of <see cref="Pooled"/>'s quadratic kappa.</param>
/// <param name="CentredInterval">95% interval of its session-centred agreement.</param>
/// <param name="Halo">The same figures for <see cref="HaloBaseline"/>.</param>
/// <param name="Criteria">In the order of the rubric.</param>
/// <param name="Levels">In rising order, those that occur.</param>
/// <param name="Problems">By name, those that occur.</param>
/// <param name="Confusion">How often each pair of values occurs among the cells that both scored.</param>
/// <param name="Largest">The ten largest disagreements, widest first.</param>
public sealed record CalibrationReport(
    int Sessions,
    int Raters,
    RatersAgreement RatersAgreement,
    Comparison Pooled,
    Interval? QwkInterval,
    Interval? CentredInterval,
    Comparison Halo,
    ImmutableArray<Slice> Criteria,
    ImmutableArray<Slice> Levels,
    ImmutableArray<Slice> Problems,
    RecommendationAgreement Recommendation,
    ImmutableDictionary<ScorePair, int> Confusion,
    ImmutableArray<Disagreement> Largest)
{
    private const int MostDisagreements = 10;

    /// <param name="criteria">Ids, in the order in which to list them.</param>
    public static CalibrationReport Of(IReadOnlyList<RatedSession> sessions, IReadOnlyList<string> criteria, ulong seed)
    {
        string[] raters = [.. sessions.SelectMany(s => s.Ratings).Select(r => r.Rater).Distinct().Order(StringComparer.Ordinal)];
        ImmutableArray<CalibrationCell>[] bySession =
            [.. sessions.Select(s => criteria.Select(c => CalibrationCell.Of(s, c, raters)).ToImmutableArray())];
        CalibrationCell[] cells = [.. bySession.SelectMany(s => s)];
        ScorePair[][] pairs = [.. bySession.Select(s => Comparison.Pairs(s))];
        return new CalibrationReport(
            sessions.Count,
            raters.Length,
            RatersAgreement.Of(bySession, seed),
            Comparison.Of(cells),
            SessionBootstrap.Of(pairs.Length, draw => CohenKappa.Of([.. draw.SelectMany(i => pairs[i])], Weighting.Quadratic), seed),
            SessionBootstrap.Of(pairs.Length, draw => Agreement.Centred(draw.Select(i => pairs[i])), seed),
            Comparison.Of([.. cells.Select(HaloBaseline.Of)]),
            [.. criteria.Select(id => new Slice(id, Comparison.Of([.. cells.Where(c => c.Criterion == id)])))],
            Slices(cells, c => c.Session.Level, level => Words.Name(level)),
            Slices(cells, c => c.Session.Problem, problem => problem),
            RecommendationAgreement.Of(sessions),
            pairs.SelectMany(p => p).CountBy(p => p).ToImmutableDictionary(),
            Widest(cells));
    }

    private static ImmutableArray<Slice> Slices<T>(IEnumerable<CalibrationCell> cells, Func<CalibrationCell, T> by, Func<T, string> name) =>
        [.. cells.GroupBy(by).OrderBy(g => g.Key).Select(g => new Slice(name(g.Key), Comparison.Of([.. g])))];

    private static ImmutableArray<Disagreement> Widest(IEnumerable<CalibrationCell> cells) =>
    [
        .. (from cell in cells
            where cell.Pair is not null && cell.Ours != cell.Theirs
            let pair = cell.Pair!.Value
            orderby Math.Abs(pair.Ours - pair.Theirs) descending
            select new Disagreement(
                cell.Session.Name, cell.Criterion, pair.Ours, pair.Theirs, cell.Raters, cell.OurWhy, cell.TheirWhy)).Take(MostDisagreements),
    ];
}

/// <summary>A part of the cells: one criterion, level or problem.</summary>
public sealed record Slice(string Name, Comparison Comparison);

/// <param name="Theirs">The raters' median.</param>
/// <param name="Raters">What each rater gave.</param>
/// <param name="TheirWhy">The reason of the first rater who gave the median.</param>
public sealed record Disagreement(
    string Session, string Criterion, int Ours, int Theirs, ImmutableArray<int?> Raters, string OurWhy, string TheirWhy);
