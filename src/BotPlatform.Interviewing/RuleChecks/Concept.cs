using System.Collections.Immutable;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Something that can be named in an answer, with the term patterns that recognise it.</summary>
/// <param name="Label">How a recap or a scorecard writes it ("a time-based split").</param>
/// <param name="Terms">Patterns in the language described in <c>rubrics/README.md</c>.</param>
public sealed record Concept(string Id, string Label, ImmutableArray<string> Terms);

/// <summary>A wrong turn: a claim or choice that costs a point unless the candidate takes it back.</summary>
/// <param name="Criterion">The one criterion that is charged.</param>
/// <param name="Terms">Patterns that show it.</param>
/// <param name="Unless">Patterns that show the candidate knows better, before or after.</param>
/// <param name="Why">One sentence for the scorecard.</param>
/// <param name="Probe">A neutral question that gives the chance to correct it.</param>
public sealed record RedFlag(
    string Id,
    string Criterion,
    ImmutableArray<string> Terms,
    ImmutableArray<string> Unless,
    string Why,
    string Probe);
