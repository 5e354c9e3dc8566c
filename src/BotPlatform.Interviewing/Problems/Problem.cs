using System.Collections.Immutable;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Problems;

/// <summary>The design question posed, with all that an interviewer needs to lead and to check it.</summary>
/// <param name="Hash">SHA-256 of the file's text, lower-case hexadecimal; sessions pin it.</param>
/// <param name="Summary">One line for lists.</param>
/// <param name="Opening">What the interviewer says first, without a question.</param>
/// <param name="Steps">All seven steps.</param>
/// <param name="Points">What this problem adds to, or makes concrete in, the rubric's points.</param>
/// <param name="Concepts">Terms of this problem; one with the id of a rubric concept adds terms to it.</param>
public sealed record Problem(
    string Slug,
    string Hash,
    string Title,
    string Summary,
    string Opening,
    ContentNotice? Notice,
    ImmutableArray<Fact> Facts,
    ImmutableDictionary<Step, ProblemStep> Steps,
    ImmutableArray<PointFit> Points,
    ImmutableArray<Concept> Concepts,
    Fit Fit,
    ImmutableArray<Quantity> Quantities,
    ImmutableArray<RedFlag> WrongTurns,
    ImmutableArray<Curveball> Curveballs);

/// <summary>A warning shown before a problem about distressing matters, and the problem offered instead.</summary>
public sealed record ContentNotice(string Text, string SwapFor);

/// <summary>Something the interviewer knows and tells when asked.</summary>
/// <param name="AskedBy">Term patterns that recognise a question for it.</param>
/// <param name="Answer">A full sentence, with numbers where there are any.</param>
public sealed record Fact(string Id, ImmutableArray<string> AskedBy, string Answer);

/// <param name="Question">The opening question of the step, fitted to the problem.</param>
/// <param name="Stretch">Questions for who has met the bar; one is asked.</param>
public sealed record ProblemStep(string Question, ImmutableArray<string> Stretch);

/// <summary>
/// A rubric point as it looks in this problem, or (with <see cref="Level"/> set) a further point that only
/// this problem has. Null leaves what the rubric says.
/// </summary>
public sealed record PointFit(
    string Id,
    Level? Level,
    string? Shows,
    ImmutableArray<string> Terms,
    string? Probe,
    string? Hint,
    string? Raise);

/// <summary>Task types, metrics and losses that fit this problem, and those that do not, with the reason.</summary>
public sealed record Fit(
    ImmutableArray<string> TaskTypes,
    ImmutableArray<string> OfflineMetrics,
    ImmutableArray<string> OnlineMetrics,
    ImmutableArray<Unfit> Unfit);

/// <param name="Concept">Id of the concept that does not fit.</param>
/// <param name="Criterion">The one criterion that is charged for it.</param>
public sealed record Unfit(string Concept, string Criterion, string Why);

/// <summary>A figure of the problem with the range in which a candidate's own figure is reasonable.</summary>
/// <param name="Terms">Term patterns that name it.</param>
/// <param name="Unit">As in <c>users</c>, <c>qps</c>, <c>ms</c>, <c>bytes</c>, <c>percent</c>.</param>
public sealed record Quantity(string Id, ImmutableArray<string> Terms, string Unit, double Low, double High);

/// <summary>A change of circumstances that the interviewer can bring up late in a session.</summary>
public sealed record Curveball(string Id, Step Step, string Text);
