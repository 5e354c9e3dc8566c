namespace BotPlatform.Interviewing.Calibration;

/// <summary>Several raters, two at a time.</summary>
public static class PairwiseKappa
{
    /// <summary>
    /// The mean of quadratic kappa over all pairs of raters, each on the units that both scored (Light, "Measures of
    /// response agreement for qualitative data", 1971).
    /// </summary>
    /// <param name="units">Rows are units, columns raters; null is missing. Every row has the same length.</param>
    /// <returns>-1 to 1. A pair of raters whose kappa is undefined is left out; null when none is left (one rater only, no
    /// overlap, everybody gave one value).</returns>
    public static double? MeanQuadratic(IReadOnlyCollection<IReadOnlyList<int?>> units)
    {
        var raters = units.Count == 0 ? 0 : units.Max(u => u.Count);
        var kappas =
            from first in Enumerable.Range(0, raters)
            from second in Enumerable.Range(first + 1, raters - first - 1)
            let kappa = CohenKappa.Of([.. Shared(units, first, second)], Weighting.Quadratic)
            where kappa is not null
            select kappa;
        return kappas.Average();
    }

    private static IEnumerable<ScorePair> Shared(IEnumerable<IReadOnlyList<int?>> units, int first, int second) =>
        from unit in units
        where unit[first] is not null && unit[second] is not null
        select new ScorePair(unit[first]!.Value, unit[second]!.Value);
}
