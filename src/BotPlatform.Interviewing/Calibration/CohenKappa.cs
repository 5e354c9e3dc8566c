namespace BotPlatform.Interviewing.Calibration;

/// <summary>
/// Cohen's kappa: how far two raters agree beyond what their own frequencies would bring about by chance; 1 is
/// perfect, 0 is chance, the least is -1. Unweighted: Cohen, "A coefficient of agreement for nominal scales" (1960);
/// weighted: Cohen, "Weighted kappa" (1968).
/// <para>Null, because the data cannot tell agreement from chance: fewer than two pairs (no overlap, a single unit), or
/// both raters gave one and the same value throughout, where kappa is 0/0. Calling that 1 would reward a scorer that
/// always answers the same.</para>
/// </summary>
public static class CohenKappa
{
    /// <returns>-1 to 1, or null by the rule above.</returns>
    public static double? Of(IReadOnlyCollection<ScorePair> pairs, Weighting weighting)
    {
        if (pairs.Count < 2)
            return null;
        // Whole numbers throughout, so that 0 and 1 come out as 0 and 1.
        var (ours, theirs) = (Counts(pairs.Select(p => p.Ours)), Counts(pairs.Select(p => p.Theirs)));
        var observed = pairs.Sum(p => weighting.Disagreement(p.Ours, p.Theirs));
        var expected = ours.Sum(a => theirs.Sum(b => a.Value * b.Value * weighting.Disagreement(a.Key, b.Key)));
        return expected == 0 ? null : 1 - (pairs.Count * observed / expected);
    }

    /// <summary>
    /// The large-sample 95% interval around kappa, with the variance of Fleiss, Cohen and Everitt, "Large sample standard
    /// errors of kappa and weighted kappa" (1969), and Student's t with n - 1 degrees of freedom as in Gwet's irrCAC.
    /// It takes units to be independent: for the cells of sessions use <see cref="SessionBootstrap"/>.
    /// </summary>
    /// <returns>Null where kappa is, and below ten pairs, where the approximation does not hold.</returns>
    public static Interval? LargeSampleInterval(IReadOnlyCollection<ScorePair> pairs, Weighting weighting)
    {
        if (pairs.Count < 10 || Of(pairs, weighting) is not { } kappa)
            return null;
        double n = pairs.Count;
        var (ours, theirs) = (Counts(pairs.Select(p => p.Ours)), Counts(pairs.Select(p => p.Theirs)));
        // The formula is written in agreement weights, 1 for equal and 0 for the widest distance in use.
        var widest = ours.Keys.Max(a => theirs.Keys.Max(b => weighting.Disagreement(a, b)));
        double Weight(int a, int b) => 1 - (weighting.Disagreement(a, b) / widest);

        var agreed = pairs.Average(p => Weight(p.Ours, p.Theirs));
        var byChance = ours.Sum(a => theirs.Sum(b => a.Value * b.Value * Weight(a.Key, b.Key))) / (n * n);
        var ofOurs = ours.Keys.ToDictionary(a => a, a => theirs.Sum(b => b.Value * Weight(a, b.Key)) / n);
        var ofTheirs = theirs.Keys.ToDictionary(b => b, b => ours.Sum(a => a.Value * Weight(a.Key, b)) / n);
        var spread = pairs.Average(p =>
            Math.Pow(Weight(p.Ours, p.Theirs) - ((1 - kappa) * (ofOurs[p.Ours] + ofTheirs[p.Theirs])), 2));
        var variance = (spread - Math.Pow(agreed - (2 * (1 - kappa) * byChance), 2)) / n;
        var error = Math.Sqrt(Math.Max(0, variance)) / (1 - byChance);
        var reach = StudentT975(pairs.Count - 1) * error;
        return new Interval(kappa - reach, Math.Min(1, kappa + reach));
    }

    private static Dictionary<int, double> Counts(IEnumerable<int> values) =>
        values.CountBy(v => v).OrderBy(c => c.Key).ToDictionary(c => c.Key, c => (double)c.Value);

    /// <summary>Abramowitz and Stegun 26.7.5; good to four digits from nine degrees of freedom on.</summary>
    private static double StudentT975(int degrees)
    {
        const double z = 1.959963984540054;
        double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z, f = degrees;
        return z
            + ((z3 + z) / (4 * f))
            + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * f * f))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * f * f * f));
    }
}
