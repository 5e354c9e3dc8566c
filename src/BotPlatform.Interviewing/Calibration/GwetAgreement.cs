namespace BotPlatform.Interviewing.Calibration;

/// <summary>
/// Gwet's AC1 (unweighted) and AC2 (weighted): agreement among any number of raters, missing ratings allowed, that
/// stays high when nearly everybody gives the same value, where kappa collapses. Gwet, "Computing inter-rater
/// reliability and its variance in the presence of high agreement" (2008) and "Handbook of Inter-Rater Reliability"
/// (4th edition, 2014). Units with one rating count for how often values occur, not for agreement.
/// <para>All values equal is 1 and not undefined: chance agreement is 0 there, which is what the coefficient is made
/// for. Null: fewer than two units that two raters share (one rater only, no overlap, a single unit), or a scale of
/// one value.</para>
/// </summary>
public static class GwetAgreement
{
    /// <param name="units">Rows are units, columns raters; null is missing.</param>
    /// <param name="scale">All values that could be given: unused ones count too, or a rater's restraint would change chance.</param>
    /// <returns>At most 1, or null by the rule above.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rating lies off the scale.</exception>
    public static double? Of(IEnumerable<IReadOnlyList<int?>> units, Scale scale, Weighting weighting)
    {
        var rated = units.Select(u => u.OfType<int>().ToArray()).Where(u => u.Length > 0).ToArray();
        if (rated.Any(u => u.Any(v => v < scale.Lowest || v > scale.Highest)))
            throw new ArgumentOutOfRangeException(nameof(units), $"a rating lies outside {scale.Lowest} to {scale.Highest}");
        var shared = rated.Where(u => u.Length > 1).ToArray();
        if (shared.Length < 2 || scale.Categories < 2)
            return null;

        var widest = weighting.Disagreement(scale.Lowest, scale.Highest);
        double Disagreement(int a, int b) => weighting.Disagreement(a, b) / widest;

        var observed = shared.Average(u => u.Sum(a => u.Sum(b => Disagreement(a, b))) / (u.Length * (u.Length - 1)));
        var values = Enumerable.Range(scale.Lowest, scale.Categories).ToArray();
        var spread = values.Sum(v => Spread(rated.Average(u => u.Count(x => x == v) / (double)u.Length)));
        var weights = values.Sum(a => values.Sum(b => 1 - Disagreement(a, b)));
        var byChance = weights * spread / (scale.Categories * (scale.Categories - 1));
        return 1 - (observed / (1 - byChance));
    }

    private static double Spread(double share) => share * (1 - share);
}
