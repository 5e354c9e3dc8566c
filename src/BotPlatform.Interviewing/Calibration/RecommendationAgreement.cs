using System.Collections.Immutable;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Calibration;

/// <summary>Our recommendations beside the raters' median, on strong_no, no, yes, strong_yes.</summary>
/// <param name="Count">Sessions where both sides gave one.</param>
/// <param name="Sensitivity">Of their yes and strong_yes, the share that is ours too.</param>
/// <param name="Specificity">Of their no and strong_no, the share that is ours too.</param>
/// <param name="WrongSide">Sessions that the two sides place on different sides of no|yes.</param>
/// <param name="OursNull">Sessions where they recommend and our evidence was insufficient.</param>
/// <param name="TheirsNull">Sessions where we recommend and they do not.</param>
public sealed record RecommendationAgreement(
    int Count,
    double? Qwk,
    double? Sensitivity,
    double? Specificity,
    ImmutableArray<WrongSide> WrongSide,
    int OursNull,
    int TheirsNull)
{
    internal static RecommendationAgreement Of(IReadOnlyCollection<RatedSession> sessions)
    {
        var both = sessions.Where(s => s is { OurRecommendation: not null, RatersRecommendation: not null }).ToArray();
        ScorePair[] pairs = [.. both.Select(s => new ScorePair((int)s.OurRecommendation!, (int)s.RatersRecommendation!))];
        const int cut = (int)Recommendation.Yes;
        return new RecommendationAgreement(
            pairs.Length,
            CohenKappa.Of(pairs, Weighting.Quadratic),
            Agreement.Sensitivity(pairs, cut),
            Agreement.Specificity(pairs, cut),
            [
                .. both.Select(s => new WrongSide(s.Name, s.OurRecommendation!.Value, s.RatersRecommendation!.Value))
                    .Where(w => w.Ours >= Recommendation.Yes != w.Theirs >= Recommendation.Yes),
            ],
            sessions.Count(s => s is { OurRecommendation: null, RatersRecommendation: not null }),
            sessions.Count(s => s is { OurRecommendation: not null, RatersRecommendation: null }));
    }
}

public sealed record WrongSide(string Session, Recommendation Ours, Recommendation Theirs);
