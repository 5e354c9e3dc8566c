using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Calibration;

/// <summary>How far the raters agree with each other over all cells; each figure is null where it is undefined.</summary>
public sealed record RatersAgreement(
    double? KrippendorffOrdinal,
    Interval? KrippendorffOrdinalInterval,
    double? KrippendorffNominal,
    double? GwetAc1,
    double? GwetAc2Quadratic,
    double? MeanPairwiseQwk)
{
    internal static RatersAgreement Of(IReadOnlyList<ImmutableArray<CalibrationCell>> sessions, ulong seed)
    {
        ImmutableArray<IReadOnlyList<int?>>[] bySession = [.. sessions.Select(s => s.Select(Row).ToImmutableArray())];
        IReadOnlyList<int?>[] units = [.. bySession.SelectMany(s => s)];
        return new RatersAgreement(
            KrippendorffAlpha.Of(units, Measurement.Ordinal),
            SessionBootstrap.Of(
                bySession.Length, draw => KrippendorffAlpha.Of(draw.SelectMany(i => bySession[i]), Measurement.Ordinal), seed),
            KrippendorffAlpha.Of(units, Measurement.Nominal),
            GwetAgreement.Of(units, Scale.Scores, Weighting.Unweighted),
            GwetAgreement.Of(units, Scale.Scores, Weighting.Quadratic),
            PairwiseKappa.MeanQuadratic(units));
    }

    private static IReadOnlyList<int?> Row(CalibrationCell cell) => cell.Raters;
}
