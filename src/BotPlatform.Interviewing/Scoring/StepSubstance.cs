using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>What a step was answered with, counted. Logarithms let more of the same soon earn nothing.</summary>
/// <param name="Expected">Share of the points up to the level that were shown, 0 to 1; <paramref name="Above"/> of those of the next level.</param>
/// <param name="Least">Substance of the thinnest answer in the step; <paramref name="Average"/> of all.</param>
internal sealed record StepSubstance(
    int Level,
    double Said,
    double Contrasts,
    double Kinds,
    double Figures,
    double Expected,
    double Above,
    double Least,
    double Average,
    double Dismissed,
    double Unanswered,
    double Listed,
    double Errors)
{
    public static StepSubstance Of(RuleBook book, Criterion criterion, Step step, Level level, Showing showing, int errors)
    {
        var said = showing.Reasons(step, ReasonIds.Said).Count();
        var substance = showing.Answers.Where(a => a.Step == step).Select(Substance).DefaultIfEmpty(0).ToArray();
        var next = level == Problems.Level.Staff ? level : level + 1;
        return new StepSubstance(
            (int)level,
            Math.Log(1 + said),
            Math.Log(1 + showing.Reasons(step, ReasonIds.Contrast).Count()),
            showing.Figures(step).Select(f => f.Id).Distinct(StringComparer.Ordinal).Count(),
            Math.Log(1 + showing.Figures(step).Count()),
            Reached(book.Points.Where(p => p.Criterion == criterion.Id && p.Level <= level), step, showing),
            Reached(book.Points.Where(p => p.Criterion == criterion.Id && p.Level == next), step, showing),
            Math.Log(1 + substance.Min()),
            Math.Log(1 + substance.Average()),
            Math.Min(3, showing.Reasons(step, ReasonIds.Dismissed).Count()),
            Math.Min(3, showing.Reasons(step, ReasonIds.Unanswered).Count()),
            Math.Min(1, showing.Reasons(step, ReasonIds.Listed).Count() / (double)Math.Max(1, said)),
            errors);
    }

    /// <summary>How fully a point was shown, 0 to 1.</summary>
    public static double Credit(Point point, Finding? shown) => shown is null ? 0 : shown.Strength >= point.Needs ? 1 : 0.5;

    private static double Reached(IEnumerable<Point> points, Step step, Showing showing) =>
        points.Select(p => Credit(p, showing.Point(p, step))).DefaultIfEmpty(0).Average();

    // Sentences with a figure, and sentences with a reason or a contrast.
    private static double Substance(Answer answer)
    {
        var reasoning = answer.Findings.Where(f => f.Kind == FindingKind.Reasoning).ToArray();
        return reasoning.Count(f => f.Id == ReasonIds.Figured)
            + reasoning.Where(f => f.Id is ReasonIds.Reason or ReasonIds.Contrast).Select(f => f.Span).Distinct().Count();
    }
}
