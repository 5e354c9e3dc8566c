using System.Collections.Immutable;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>The models' part of a score: the median of what survived verification.</summary>
/// <param name="Value">1 to 4; null when fewer than two samples survived.</param>
/// <param name="Samples">One for each sample, in order; null where it did not survive.</param>
/// <param name="Why">Why there is no value; empty otherwise.</param>
/// <param name="Missing">What the models missed, in their words; null when they said nothing.</param>
/// <param name="Raise">What would raise it, in their words.</param>
public sealed record ModelScore(
    int? Value,
    ImmutableArray<int?> Samples,
    string Why,
    TurnText? Missing = null,
    TurnText? Raise = null);

/// <summary>The rules' part of a score, as they would give it alone.</summary>
public sealed record RulesScore(int? Value, ScoreState State, string Why);

/// <summary>Who graded, and how alike.</summary>
/// <param name="Models">As the providers reported them, one for each sample.</param>
/// <param name="Language">The language that most of them read, as a BCP 47 tag; null when they did not say.</param>
public sealed record GraderPart(ImmutableArray<string> Models, string PromptHash, string? Language);

/// <summary>The median of several samples of one criterion.</summary>
internal sealed record Ensemble(ImmutableArray<VerifiedScore> Samples)
{
    /// <summary>One surviving sample is an opinion; two can disagree.</summary>
    public const int FewestSamples = 2;

    public ImmutableArray<int> Values { get; } = [.. Samples.Select(s => s.Value).OfType<int>().Order()];

    /// <summary>The median, the lower of two; null below two samples.</summary>
    public int? Value => Values.Length >= FewestSamples ? Values[(Values.Length - 1) / 2] : null;

    public int Spread => Values.IsEmpty ? 0 : Values[^1] - Values[0];

    /// <summary>The samples that gave the median.</summary>
    public IEnumerable<VerifiedScore> Medians => Samples.Where(s => s.Value == Value && Value is not null);

    /// <summary>Met in most of the surviving samples.</summary>
    public bool Met(string essential) => Samples.Count(s => s.Value is not null && s.Met.Contains(essential)) * 2 > Values.Length;

    public string Why => Value is not null ? ""
        : $"{(Values.Length == 0 ? "No sample" : "Only one sample")} of {Samples.Length} held{Failures}.";

    private string Failures => string.Concat(Samples.Select(s => s.Failure).OfType<string>().Distinct().Select((f, i) => (i == 0 ? ": " : "; ") + f));
}
