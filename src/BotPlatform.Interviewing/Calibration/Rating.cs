using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Calibration;

/// <summary>One rater's scores of one session.</summary>
/// <param name="Level">The level it was rated against, where the rating says so.</param>
/// <param name="Scores">By criterion; a criterion that the rater left out is absent.</param>
/// <param name="Recommendation">Null when not given; never insufficient evidence.</param>
public sealed record Rating(
    string Rater,
    Level? Level,
    ImmutableDictionary<string, RatedScore> Scores,
    Recommendation? Recommendation);

/// <param name="Value">1 to 4; null where the rater saw no chance to show it.</param>
public sealed record RatedScore(int? Value, string Why);
