using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Calibration;

/// <summary>A session that was scored by us and by raters.</summary>
/// <param name="Name">What the reader knows it by.</param>
public sealed record RatedSession(string Name, string Problem, Level Level, Scorecard Ours, ImmutableArray<Rating> Ratings)
{
    /// <summary>The raters' median recommendation, of an even count the lower; null when nobody gave one.</summary>
    public Recommendation? RatersRecommendation =>
        (Recommendation?)Agreement.LowerMedian(Ratings.Select(r => r.Recommendation).OfType<Recommendation>().Select(r => (int)r));

    /// <summary>Ours; null when the evidence was insufficient for one.</summary>
    public Recommendation? OurRecommendation =>
        Ours.Overall.Recommendation is var ours and not Recommendation.InsufficientEvidence ? ours : null;
}

/// <summary>One criterion of one session, ours beside the raters' median.</summary>
/// <param name="Ours">1 to 4, or null.</param>
/// <param name="Theirs">The median of the raters who scored it, of an even count the lower; null when none did.</param>
/// <param name="TheirWhy">The reason of the first rater who gave the median.</param>
/// <param name="Raters">One value for each rater of the folder, in their order; null is missing.</param>
internal sealed record CalibrationCell(
    RatedSession Session, string Criterion, int? Ours, string OurWhy, int? Theirs, string TheirWhy, ImmutableArray<int?> Raters)
{
    public static CalibrationCell Of(RatedSession session, string criterion, IReadOnlyList<string> raters)
    {
        var ours = session.Ours.Scores.FirstOrDefault(s => s.Criterion == criterion);
        var byRater = session.Ratings.ToDictionary(r => r.Rater, r => r.Scores.GetValueOrDefault(criterion));
        var scores = raters.Select(r => byRater.GetValueOrDefault(r)).ToArray();
        var median = Agreement.LowerMedian(scores.Select(s => s?.Value).OfType<int>());
        var why = scores.FirstOrDefault(s => s?.Value == median && median is not null)?.Why;
        return new CalibrationCell(
            session, criterion, ours?.Value, ours is null ? "not on our scorecard" : Why(ours), median, why ?? "", [.. scores.Select(s => s?.Value)]);
    }

    // Criteria without essentials have no sentence of ours where a model decides; then its own words are the reason.
    private static string Why(Score score) =>
        string.Join(' ', new[] { score.Why, score.Model?.Missing?.Value ?? "" }.Where(w => w.Length > 0));

    public ScorePair? Pair => Ours is { } ours && Theirs is { } theirs ? new ScorePair(ours, theirs) : null;
}
