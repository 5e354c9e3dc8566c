namespace BotPlatform.Interviewing.Calibration;

/// <summary>
/// The six intraclass correlations of Shrout and Fleiss, "Intraclass correlations: uses in assessing rater
/// reliability" (1979): how much of the variance of scores lies between targets. The first number is the model (1: each
/// target has raters of its own; 2: the raters are a sample of many; 3: these raters are all there are), the second
/// whether one rater's score is used or the mean of k.
/// </summary>
/// <remarks>
/// A coefficient is null where its denominator is not above 0 (targets that do not differ at all, for the means): it
/// would be infinite or, of pure noise, above 1. Otherwise at most 1; negative when raters disagree more than targets differ.
/// </remarks>
/// <param name="Single1">ICC(1,1)</param>
/// <param name="Single2">ICC(2,1)</param>
/// <param name="Single3">ICC(3,1)</param>
/// <param name="Mean1">ICC(1,k)</param>
/// <param name="Mean2">ICC(2,k)</param>
/// <param name="Mean3">ICC(3,k)</param>
public sealed record IntraclassCorrelation(
    double? Single1, double? Single2, double? Single3, double? Mean1, double? Mean2, double? Mean3)
{
    // Sums of squares carry rounding: below this share of the total they are nothing.
    private const double Nothing = 1e-12;

    /// <param name="targets">Rows are targets, columns raters, complete: the mean squares need every cell.</param>
    /// <returns>Null below two targets or two raters, and when all scores are equal: there is no variance to apportion.</returns>
    /// <exception cref="ArgumentException">A row has another length than the first.</exception>
    public static IntraclassCorrelation? Of(IReadOnlyList<IReadOnlyList<double>> targets)
    {
        var (n, k) = (targets.Count, targets.Count == 0 ? 0 : targets[0].Count);
        if (targets.Any(t => t.Count != k))
            throw new ArgumentException("every target needs a score of every rater", nameof(targets));
        if (n < 2 || k < 2)
            return null;

        var mean = targets.Average(t => t.Average());
        var total = targets.Sum(t => t.Sum(x => Square(x - mean)));
        if (total <= Nothing * targets.Sum(t => t.Sum(Square)))
            return null;
        var between = k * targets.Sum(t => Square(t.Average() - mean));
        var raters = n * Enumerable.Range(0, k).Sum(r => Square(targets.Average(t => t[r]) - mean));
        var within = Math.Max(0, total - between);
        var residual = Math.Max(0, within - raters);

        var bms = between / (n - 1);
        var wms = within / (n * (k - 1));
        var jms = raters / (k - 1);
        var ems = residual / ((n - 1) * (k - 1));
        return new IntraclassCorrelation(
            Ratio(bms - wms, bms + ((k - 1) * wms)),
            Ratio(bms - ems, bms + ((k - 1) * ems) + (k * (jms - ems) / n)),
            Ratio(bms - ems, bms + ((k - 1) * ems)),
            Ratio(bms - wms, bms),
            Ratio(bms - ems, bms + ((jms - ems) / n)),
            Ratio(bms - ems, bms));

        double? Ratio(double part, double whole) => whole <= Nothing * total ? null : part / whole;
    }

    private static double Square(double x) => x * x;
}
