using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>One criterion of a step, from what was shown; the roll-up that <c>rubrics/README.md</c> describes.</summary>
internal static class CriterionScoring
{
    private const int MostQuotes = 3;

    public static Score Score(RuleBook book, Criterion criterion, Step step, Level level, Showing showing, Circumstances circumstances)
    {
        if (circumstances.Declined.Contains(step))
            return Without(criterion, 1, ScoreState.Declined, "Skipped after its opening question.", "Say what you would do, even roughly.");
        if (circumstances.NotReached.Contains(step) || !showing.WasAnswered(step))
            return Without(criterion, null, ScoreState.NotAsked, "The interview did not get to this step.", "");

        var checks = Checks(book, criterion, level, showing, circumstances);
        var charged = checks.Count(c => c.Outcome == CheckOutcome.Violated);
        var evidence = Evidence(book, criterion, step, showing);
        var value = evidence.IsEmpty ? 1 : Math.Clamp(Value(Strengths.Of(book, criterion, step, level, showing)) - Math.Min(1, charged), 1, 4);
        return new Score(
            criterion.Id,
            value,
            ScoreState.Scored,
            Why(checks),
            value == 4 ? "" : Raise(book, criterion, level, showing),
            value == 1 ? [] : evidence,
            checks);
    }

    public static Score Without(Criterion criterion, int? value, ScoreState state, string why, string raise) =>
        new(criterion.Id, value, state, why, raise, [], []);

    /// <summary>The scale point of a strength.</summary>
    public static int Value(double strength) => strength switch
    {
        < 1.6 => 1,
        < 2.5 => 2,
        < 3.35 => 3,
        _ => 4,
    };

    private static IEnumerable<Point> Expected(RuleBook book, Criterion criterion, Level level) =>
        book.Points.Where(p => p.Criterion == criterion.Id && p.Level <= level);

    private static ImmutableArray<Span> Evidence(RuleBook book, Criterion criterion, Step step, Showing showing)
    {
        var points = book.Points.Where(p => p.Criterion == criterion.Id).ToArray();
        var here = points.Select(p => showing.PointIn(step, p.Id)).OfType<Finding>().OrderByDescending(f => f.Strength);
        var elsewhere = points.Select(p => showing.Point(p.Id)).OfType<Finding>();
        return
        [
            .. here.Select(f => f.Span)
                .Concat(showing.Reasons(step, ReasonIds.Reason).Select(f => f.Span))
                .Concat(elsewhere.Select(f => f.Span))
                .Distinct()
                .Take(MostQuotes)
                .OrderBy(s => s.Turn)
                .ThenBy(s => s.Start),
        ];
    }

    private static ImmutableArray<CheckResult> Checks(
        RuleBook book, Criterion criterion, Level level, Showing showing, Circumstances circumstances)
    {
        var points = Expected(book, criterion, level).Select(p => (Point: p, Shown: showing.Point(p.Id))).Select(x => new CheckResult(
            x.Point.Id,
            x.Shown is null ? CheckOutcome.Missing : CheckOutcome.Met,
            x.Point.Shows,
            x.Shown is null ? [] : [x.Shown.Span],
            x.Shown is not null && circumstances.Prompting.TryGetValue(x.Point.Id, out var prompting) ? prompting : null));
        var corrected = showing.All.Where(f => f.Kind == FindingKind.Correction).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var flags = showing.All
            .Where(f => f.Kind == FindingKind.RedFlag && book.RedFlag(f.Id)?.Criterion == criterion.Id)
            .DistinctBy(f => f.Id)
            .Select(f => new CheckResult(
                f.Id, corrected.Contains(f.Id) ? CheckOutcome.Lifted : CheckOutcome.Violated, book.RedFlag(f.Id)!.Why, [f.Span]));
        return [.. points, .. flags];
    }

    private static string Why(ImmutableArray<CheckResult> checks)
    {
        var parts = new List<string>();
        Part(parts, "Shown", checks, CheckOutcome.Met);
        Part(parts, "Missing", checks, CheckOutcome.Missing);
        foreach (var check in checks.Where(c => c.Outcome == CheckOutcome.Violated))
            parts.Add("Cost a point: " + check.Text);
        return string.Join(" ", parts);
    }

    private static void Part(List<string> parts, string heading, ImmutableArray<CheckResult> checks, CheckOutcome outcome)
    {
        var texts = checks.Where(c => c.Outcome == outcome).Select(c => c.Text).Take(MostQuotes).ToArray();
        if (texts.Length > 0)
            parts.Add($"{heading}: {string.Join("; ", texts)}.");
    }

    private static string Raise(RuleBook book, Criterion criterion, Level level, Showing showing)
    {
        var essentials = criterion.Cells[level].Essentials;
        return Expected(book, criterion, level)
            .Where(p => Strengths.Credit(p, showing.Point(p.Id)) < 1)
            .OrderByDescending(p => essentials.Contains(p.Id))
            .ThenByDescending(p => p.Level)
            .FirstOrDefault()?.Raise ?? criterion.Cells[level].Anchors[3];
    }
}
