namespace BotPlatform.Interviewing.Calibration;

/// <summary>
/// What two raters' pairs show without a correction for chance. Every figure is null where there is nothing to divide
/// by, and never NaN.
/// </summary>
public static class Agreement
{
    /// <summary>Share of equal pairs, 0 to 1; null without pairs.</summary>
    public static double? Exact(IReadOnlyCollection<ScorePair> pairs) => Share(pairs, p => p.Ours == p.Theirs);

    /// <summary>Share of pairs at most 1 apart, 0 to 1; null without pairs.</summary>
    public static double? Adjacent(IReadOnlyCollection<ScorePair> pairs) =>
        Share(pairs, p => Math.Abs((long)p.Ours - p.Theirs) <= 1);

    /// <summary>Mean of ours - theirs in points of the scale: above 0 we are the milder; null without pairs.</summary>
    public static double? Bias(IReadOnlyCollection<ScorePair> pairs) =>
        pairs.Count == 0 ? null : pairs.Average(p => (double)p.Ours - p.Theirs);

    /// <summary>Of what they place at the cut or above, the share that we do too; null when they place nothing there.</summary>
    /// <param name="cut">The lowest value above the cut: 3 for 2|3.</param>
    public static double? Sensitivity(IReadOnlyCollection<ScorePair> pairs, int cut) =>
        Share([.. pairs.Where(p => p.Theirs >= cut)], p => p.Ours >= cut);

    /// <summary>Of what they place below the cut, the share that we do too; null when they place nothing there.</summary>
    /// <param name="cut">The lowest value above the cut: 3 for 2|3.</param>
    public static double? Specificity(IReadOnlyCollection<ScorePair> pairs, int cut) =>
        Share([.. pairs.Where(p => p.Theirs < cut)], p => p.Ours < cut);

    /// <summary>
    /// Session-centred agreement: Pearson's correlation of ours and theirs after subtracting from each side the session's
    /// own mean (over the pairs of that session). The level of the whole session is gone, and what stays is whether we
    /// find the same strengths and weaknesses inside it.
    /// </summary>
    /// <returns>-1 to 1. 0 when ours is flat inside every session: a scorer that orders nothing explains nothing. Null
    /// when theirs is flat too or there is nothing: then there is nothing to find.</returns>
    public static double? Centred(IEnumerable<IReadOnlyCollection<ScorePair>> sessions)
    {
        double together = 0, ours = 0, theirs = 0;
        foreach (var pairs in sessions.Where(s => s.Count > 1))
        {
            var (ourMean, theirMean) = (pairs.Average(p => (double)p.Ours), pairs.Average(p => (double)p.Theirs));
            foreach (var pair in pairs)
            {
                together += (pair.Ours - ourMean) * (pair.Theirs - theirMean);
                ours += Square(pair.Ours - ourMean);
                theirs += Square(pair.Theirs - theirMean);
            }
        }

        // Whole numbers that differ at all spread by far more than rounding does.
        const double flat = 1e-9;
        if (theirs < flat)
            return null;
        return ours < flat ? 0 : Math.Clamp(together / Math.Sqrt(ours * theirs), -1, 1);
    }

    /// <summary>The middle value; of an even count the lower of the two in the middle; null of nothing.</summary>
    public static int? LowerMedian(IEnumerable<int> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[(sorted.Length - 1) / 2];
    }

    private static double? Share(IReadOnlyCollection<ScorePair> pairs, Func<ScorePair, bool> counts) =>
        pairs.Count == 0 ? null : pairs.Count(counts) / (double)pairs.Count;

    private static double Square(double x) => x * x;
}
