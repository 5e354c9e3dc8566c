using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>What the transcript alone does not tell.</summary>
/// <param name="Declined">Steps skipped after their opening question.</param>
/// <param name="NotReached">Steps that were never opened.</param>
/// <param name="Prompting">By point: what came before it was first shown.</param>
public sealed record Circumstances(
    ImmutableHashSet<Step> Declined,
    ImmutableHashSet<Step> NotReached,
    ImmutableDictionary<string, Prompting> Prompting)
{
    public static readonly Circumstances Unknown = new([], [], ImmutableDictionary<string, Prompting>.Empty);
}

public static class RuleScoring
{
    public static Scorecard Score(RuleBook book, Level level, IReadOnlyList<Turn> transcript, Circumstances circumstances) =>
        throw new NotSupportedException($"{book.Points.Length} {level} {transcript.Count} {circumstances}");
}
