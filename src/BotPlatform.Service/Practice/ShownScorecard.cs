using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Service.Practice;

/// <summary>A scorecard on a page.</summary>
/// <param name="Transcript">The address of the page that holds the transcript; empty for this one.</param>
public sealed record ShownScorecard(CandidateScorecard Card, Level Level, string Transcript)
{
    /// <summary>Where a turn stands in the transcript.</summary>
    public string TurnLink(int turn) => $"{Transcript}#turn-{turn}";
}
