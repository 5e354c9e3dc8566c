namespace BotPlatform.Interviewing.Calibration;

/// <summary>A scorer beside the raters' median, over the cells that both scored.</summary>
/// <param name="Count">How many cells both scored.</param>
/// <param name="Qwk">Quadratic kappa, -1 to 1.</param>
/// <param name="Centred">Session-centred agreement, -1 to 1.</param>
/// <param name="Bias">Ours - theirs in points.</param>
/// <param name="Sensitivity">At 2|3.</param>
/// <param name="Specificity">At 2|3.</param>
/// <param name="OursNull">Cells that they scored and we did not.</param>
/// <param name="TheirsNull">Cells that we scored and they did not.</param>
public sealed record Comparison(
    int Count,
    double? Qwk,
    double? Centred,
    double? Exact,
    double? Adjacent,
    double? Bias,
    double? Sensitivity,
    double? Specificity,
    int OursNull,
    int TheirsNull)
{
    /// <summary>The lowest value that meets the bar.</summary>
    public const int MeetsTheBar = 3;

    /// <summary>Below this many cells a figure is noise.</summary>
    public const int Few = 10;

    public bool IsTooFew => Count < Few;

    /// <summary>Share of the cells that they scored that we scored too, 0 to 1; null when they scored none.</summary>
    public double? Coverage => Count + OursNull == 0 ? null : Count / (double)(Count + OursNull);

    internal static Comparison Of(IReadOnlyCollection<CalibrationCell> cells)
    {
        var pairs = Pairs(cells);
        return new Comparison(
            pairs.Length,
            CohenKappa.Of(pairs, Weighting.Quadratic),
            Agreement.Centred(cells.GroupBy(c => c.Session.Name).Select(Pairs)),
            Agreement.Exact(pairs),
            Agreement.Adjacent(pairs),
            Agreement.Bias(pairs),
            Agreement.Sensitivity(pairs, MeetsTheBar),
            Agreement.Specificity(pairs, MeetsTheBar),
            cells.Count(c => c is { Ours: null, Theirs: not null }),
            cells.Count(c => c is { Ours: not null, Theirs: null }));
    }

    internal static ScorePair[] Pairs(IEnumerable<CalibrationCell> cells) =>
        [.. cells.Select(c => c.Pair).OfType<ScorePair>()];
}
