using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Calibration;

/// <summary>
/// The scorer that has one impression of a session and gives it to every criterion: the raters' median recommendation
/// as 1 to 4, repeated. The ten scores of a session go together, so it reaches a high kappa without looking at a single
/// criterion; figures that do not beat it show no more than that. Its session-centred agreement is 0 by construction.
/// </summary>
public static class HaloBaseline
{
    /// <summary>1 for strong_no to 4 for strong_yes; null without a recommendation.</summary>
    public static int? Value(Recommendation? recommendation) =>
        recommendation is null or Recommendation.InsufficientEvidence ? null : (int)recommendation + 1;

    internal static CalibrationCell Of(CalibrationCell cell) =>
        cell with { Ours = Value(cell.Session.RatersRecommendation), OurWhy = "" };
}
