using System.Text.Json.Serialization;
using BotPlatform.Interviewing.Calibration;

namespace BotPlatform.Service.Calibration;

/// <summary>A calibration report as <c>--format json</c> writes it. A figure is null where it is undefined, never NaN.</summary>
public sealed record CalibrationView(
    int Sessions,
    int Raters,
    RatersAgreementView RatersAgreement,
    PooledView Pooled,
    HaloView Halo,
    IReadOnlyDictionary<string, CriterionView> Criteria,
    RecommendationView Recommendation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GraderReportView? Grader = null)
{
    /// <param name="grader">Null where rules scored alone.</param>
    public static CalibrationView Of(CalibrationReport report, GraderReport? grader)
    {
        var (raters, pooled) = (report.RatersAgreement, report.Pooled);
        return new CalibrationView(
            report.Sessions,
            report.Raters,
            new RatersAgreementView(
                Round(raters.KrippendorffOrdinal),
                Round(raters.KrippendorffNominal),
                Round(raters.GwetAc1),
                Round(raters.GwetAc2Quadratic),
                Round(raters.MeanPairwiseQwk)),
            new PooledView(
                Round(pooled.Qwk),
                Round(report.QwkInterval?.Low),
                Round(report.QwkInterval?.High),
                Round(pooled.Centred),
                Round(pooled.Exact),
                Round(pooled.Adjacent),
                Round(pooled.Bias),
                pooled.Count,
                pooled.OursNull,
                pooled.TheirsNull),
            new HaloView(Round(report.Halo.Qwk), Round(report.Halo.Centred)),
            report.Criteria.ToDictionary(
                c => c.Name, c => new CriterionView(Round(c.Comparison.Qwk), Round(c.Comparison.Bias), c.Comparison.Count)),
            new RecommendationView(
                Round(report.Recommendation.Qwk), Round(report.Recommendation.Sensitivity), Round(report.Recommendation.Specificity)),
            grader is null ? null : new GraderReportView(
                grader.Models,
                new RepeatabilityView(Round(grader.Repeatability.KrippendorffOrdinal), Round(grader.Repeatability.Exact), Round(grader.Repeatability.MeanSpread), Round(grader.Repeatability.Lost)),
                Math.Round(grader.InputTokens, 1),
                Math.Round(grader.OutputTokens, 1),
                Round(grader.Cost),
                grader.ForReview));
    }

    // Finer digits are rounding noise; adding 0 turns -0 into 0.
    private static double? Round(double? figure) => figure is { } value ? Math.Round(value, 6) + 0.0 : null;
}

/// <param name="InputTokensPerSession">All samples together.</param>
/// <param name="CostPerSession">US dollars; null unless every model has a price.</param>
/// <param name="ForReview">Scores on which samples or rules differ by more than a point.</param>
public sealed record GraderReportView(
    IReadOnlyList<string> Models,
    RepeatabilityView Repeatability,
    double InputTokensPerSession,
    double OutputTokensPerSession,
    double? CostPerSession,
    int ForReview);

public sealed record RepeatabilityView(double? KrippendorffOrdinal, double? Exact, double? MeanSpread, double? Lost);

public sealed record RatersAgreementView(
    double? KrippendorffOrdinal, double? KrippendorffNominal, double? GwetAc1, double? GwetAc2Quadratic, double? MeanPairwiseQwk);

public sealed record PooledView(
    double? Qwk,
    double? QwkLow,
    double? QwkHigh,
    double? Centred,
    double? Exact,
    double? Adjacent,
    double? Bias,
    int N,
    int OursNull,
    int TheirsNull);

public sealed record HaloView(double? Qwk, double? Centred);

public sealed record CriterionView(double? Qwk, double? Bias, int N);

public sealed record RecommendationView(double? Qwk, double? Sensitivity, double? Specificity);
