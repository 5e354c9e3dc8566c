using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>The rubric's points as a problem fits them, followed by the problem's own.</summary>
internal static class FittedPoints
{
    public static ImmutableArray<Point> Of(Rubric rubric, Problem? problem)
    {
        var fits = (problem?.Points ?? []).GroupBy(f => f.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var known = rubric.Points.Select(p => fits.TryGetValue(p.Id, out var fit) ? Fitted(p, fit) : p);
        var own = fits.Values.Where(f => f.Level is not null && rubric.Points.All(p => p.Id != f.Id)).Select(Own);
        return [.. known, .. own];
    }

    private static Point Fitted(Point point, PointFit fit) => point with
    {
        Shows = fit.Shows ?? point.Shows,
        Probe = fit.Probe ?? point.Probe,
        Hint = fit.Hint ?? point.Hint,
        Raise = fit.Raise ?? point.Raise,
    };

    private static Point Own(PointFit fit) => new(
        fit.Id,
        fit.Id[..fit.Id.IndexOf('.', StringComparison.Ordinal)],
        fit.Level!.Value,
        fit.Shows ?? "",
        [],
        Strength.Reasoned,
        fit.Probe ?? "",
        fit.Hint ?? "",
        fit.Raise ?? "",
        []);
}
