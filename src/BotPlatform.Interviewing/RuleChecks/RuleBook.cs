using System.Collections.Frozen;
using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>A rubric and a problem compiled for reading answers; immutable and shared by many sessions.</summary>
public sealed class RuleBook
{
    private readonly Dictionary<string, Point> _points;
    private readonly Dictionary<string, Step?> _steps;
    private readonly Dictionary<string, RedFlag> _redFlags;

    private RuleBook(Rubric rubric, Problem? problem)
    {
        Rubric = rubric;
        Problem = problem;
        Points = FittedPoints.Of(rubric, problem);
        _steps = rubric.Criteria.ToDictionary(c => c.Id, c => c.Step, StringComparer.Ordinal);
        _points = Points.ToDictionary(p => p.Id, StringComparer.Ordinal);
        Concepts = rubric.Concepts.Concat(problem?.Concepts ?? []).GroupBy(c => c.Id, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(c => c.Label).FirstOrDefault(l => l.Length > 0) ?? g.Key, StringComparer.Ordinal);
        _redFlags = rubric.RedFlags.Concat(problem?.WrongTurns ?? []).Concat(Misfits.Of(problem, Concepts))
            .DistinctBy(f => f.Id).ToDictionary(f => f.Id, StringComparer.Ordinal);
        PointsOf = Points.SelectMany(p => p.Concepts.Select(c => (Concept: c, Point: p)))
            .ToLookup(x => x.Concept, x => x.Point, StringComparer.Ordinal);
        CallForAWord = PointsOf.Where(c => c.Any(p => p.Needs > Strength.Named || p.Criterion is not ("requirements" or "framing" or "data")))
            .Select(c => c.Key).ToFrozenSet(StringComparer.Ordinal);
        Matcher = MatcherOf(rubric, problem);
    }

    public Rubric Rubric { get; }

    /// <summary>Null for a problem that is not in the bank: the rubric's general knowledge alone is used.</summary>
    public Problem? Problem { get; }

    /// <summary>The rubric's points as this problem fits them, and the problem's own.</summary>
    public ImmutableArray<Point> Points { get; }

    /// <summary>Labels by concept.</summary>
    internal Dictionary<string, string> Concepts { get; }

    /// <summary>The points that a concept names.</summary>
    internal ILookup<string, Point> PointsOf { get; }

    /// <summary>Concepts that show something only with a word on each: methods, metrics, tools and concerns.</summary>
    internal FrozenSet<string> CallForAWord { get; }

    internal TermMatcher Matcher { get; }

    internal IEnumerable<RedFlag> RedFlags => _redFlags.Values;

    /// <summary>The points that a term shows.</summary>
    internal IEnumerable<Point> PointsNamedBy(TermOwner owner) => owner.Use switch
    {
        TermUse.Concept => PointsOf[owner.Id],
        TermUse.Point when _points.TryGetValue(owner.Id, out var point) => [point],
        _ => [],
    };

    public static RuleBook Compile(Rubric rubric, Problem? problem) => new(rubric, problem);

    /// <summary>The red flag or wrong turn with this id, or null.</summary>
    public RedFlag? RedFlag(string id) => _redFlags.GetValueOrDefault(id);

    public Point? Point(string id) => _points.GetValueOrDefault(id);

    /// <summary>The step that a point belongs to; null for one of trade-offs, consistency or communication, or an unknown one.</summary>
    public Step? StepOf(string point) =>
        Point(point) is { } known ? StepOf(known) : null;

    internal Step? StepOf(Point point) => _steps[point.Criterion];

    /// <summary>What can be demanded in a step at a level, in the rubric's order.</summary>
    public ImmutableArray<Point> Essentials(Step step, Level level) =>
        [.. Rubric.Criteria.First(c => c.Step == step).Cells[level].Essentials.Select(id => _points[id])];

    /// <summary>
    /// What one answer shows. <paramref name="earlier"/> holds every turn before it (interviewer's too) and
    /// <paramref name="known"/> what the earlier answers showed, for contradictions and corrections.
    /// </summary>
    public ImmutableArray<Finding> Examine(
        IReadOnlyList<Turn> earlier, IReadOnlyList<Turn> answer, IReadOnlyList<Finding> known) =>
        Examination.Of(this, earlier, answer, known);

    /// <summary>Ids of the points that a text names in any way, even to rule them out.</summary>
    internal IEnumerable<string> Named(string text) =>
        new Reading([new Turn(1, Speaker.Interviewer, Step.Requirements, text)], Matcher).Matches.SelectMany(m => m.Owner.Use switch
        {
            TermUse.Concept => PointsOf[m.Owner.Id].Select(p => p.Id),
            TermUse.Point => [m.Owner.Id],
            _ => [],
        });

    private static TermMatcher MatcherOf(Rubric rubric, Problem? problem)
    {
        var matcher = new TermMatcher();
        foreach (var concept in rubric.Concepts.Concat(problem?.Concepts ?? []))
            matcher.Add(new TermOwner(TermUse.Concept, concept.Id), concept.Terms);
        foreach (var fit in problem?.Points ?? [])
            matcher.Add(new TermOwner(TermUse.Point, fit.Id), fit.Terms);
        foreach (var fact in problem?.Facts ?? [])
            matcher.Add(new TermOwner(TermUse.Fact, fact.Id), fact.AskedBy);
        foreach (var quantity in problem?.Quantities ?? [])
            matcher.Add(new TermOwner(TermUse.Quantity, quantity.Id), quantity.Terms);
        foreach (var flag in rubric.RedFlags.Concat(problem?.WrongTurns ?? []))
        {
            matcher.Add(new TermOwner(TermUse.RedFlag, flag.Id), flag.Terms);
            matcher.Add(new TermOwner(TermUse.Excuse, flag.Id), flag.Unless);
        }

        return matcher;
    }
}
