using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>What the transcript alone does not tell.</summary>
/// <param name="Declined">Steps skipped after their opening question.</param>
/// <param name="NotReached">Steps that were never opened.</param>
/// <param name="Prompting">By point: what came before it was first shown. By wrong turn: what came before it was taken back.</param>
public sealed record Circumstances(
    ImmutableHashSet<Step> Declined,
    ImmutableHashSet<Step> NotReached,
    ImmutableDictionary<string, Prompting> Prompting)
{
    /// <summary>For a transcript from a file.</summary>
    public static readonly Circumstances Unknown = new([], [], ImmutableDictionary<string, Prompting>.Empty);
}
