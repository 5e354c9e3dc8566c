using System.Collections.Immutable;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Calibration;

/// <summary>How far the samples of one grader agree with each other: a score that changes when asked again is worth little.</summary>
/// <param name="KrippendorffOrdinal">Over all criteria of all sessions, samples as raters; null where undefined.</param>
/// <param name="Exact">Share of criteria on which all samples agree, 0 to 1.</param>
/// <param name="MeanSpread">Highest less lowest sample, in points, on average.</param>
/// <param name="Lost">Samples that did not hold, of all, 0 to 1.</param>
public sealed record Repeatability(double? KrippendorffOrdinal, double? Exact, double? MeanSpread, double? Lost)
{
    public static Repeatability Of(IEnumerable<Scorecard> cards)
    {
        var units = cards.SelectMany(c => c.Scores).Select(s => s.Model?.Samples).OfType<ImmutableArray<int?>>().ToArray();
        var shared = units.Select(u => u.OfType<int>().ToArray()).Where(u => u.Length > 1).ToArray();
        var all = units.Sum(u => u.Length);
        return new Repeatability(
            KrippendorffAlpha.Of(units.Select(u => (IReadOnlyList<int?>)u), Measurement.Ordinal),
            shared.Length == 0 ? null : shared.Count(u => u.Distinct().Count() == 1) / (double)shared.Length,
            shared.Length == 0 ? null : shared.Average(u => u.Max() - u.Min()),
            all == 0 ? null : units.Sum(u => u.Count(v => v is null)) / (double)all);
    }
}
