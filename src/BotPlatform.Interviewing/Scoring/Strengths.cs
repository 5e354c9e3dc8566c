using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// How strongly a step was answered, as one number on the scale of the values. What counts is how much was reasoned,
/// weighed and put into figures, and which points of the level were reached; each saturates, so that more of the
/// same soon earns nothing. Weights were fitted once on the gold sessions, for all criteria alike.
/// </summary>
internal static class Strengths
{
    private const double ReasonsToSaturate = 3;
    private const double ContrastsToSaturate = 4;
    private const double KindsOfFigures = 4;
    private const double MostVagueness = 6;

    public static double Of(RuleBook book, Criterion criterion, Step step, Level level, Showing showing)
    {
        // A higher level is expected to say more in the same step.
        var need = 1 + (0.6 * (int)level);
        var reasons = showing.Reasons(step, ReasonIds.Reason).Count();
        var contrasts = showing.Reasons(step, ReasonIds.Contrast).Count();
        var vague = showing.Reasons(step, ReasonIds.Vague).Count();
        var kinds = showing.Figures(step).Select(f => f.Id).Distinct(StringComparer.Ordinal).Count();
        var above = level == Level.Staff ? Level.Staff : level + 1;
        return 0.8
            + (0.1 * (int)level)
            + (1.0 * Saturated(reasons / need, ReasonsToSaturate))
            + (1.2 * Saturated(contrasts / need, ContrastsToSaturate))
            + (0.9 * kinds / KindsOfFigures / need)
            + (0.1 * Reached(book, criterion.Cells[level].Essentials, step, showing))
            + (0.2 * Reached(book, PointsAt(book, criterion, level), step, showing))
            + (0.9 * Reached(book, PointsAt(book, criterion, above), step, showing))
            - (0.3 * Math.Min(MostVagueness, vague) / MostVagueness);
    }

    /// <summary>How fully a point was shown, 0 to 1.</summary>
    public static double Credit(Point point, Finding? shown) => shown switch
    {
        null => 0,
        _ when shown.Strength >= point.Needs => 1,
        { Strength: Strength.Named } => 0.4,
        _ => 0.8,
    };

    private static IEnumerable<string> PointsAt(RuleBook book, Criterion criterion, Level level) =>
        book.Points.Where(p => p.Criterion == criterion.Id && p.Level == level).Select(p => p.Id);

    private static double Reached(RuleBook book, IEnumerable<string> points, Step step, Showing showing) => points
        .Select(id => book.Point(id)!)
        .Select(p => Credit(p, showing.PointIn(step, p.Id)))
        .DefaultIfEmpty(0)
        .Average();

    private static double Saturated(double amount, double scale) => 1 - Math.Exp(-amount / scale);
}
