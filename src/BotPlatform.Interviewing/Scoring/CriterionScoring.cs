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

    // Who needed a hint to take an error back has met the bar, and no more.
    private const int LiftedAfterHint = 3;

    /// <summary>The score, and what it was made of where there was an answer.</summary>
    public static (Score Score, StepSubstance? Substance) Score(
        RuleBook book, Criterion criterion, Step step, Level level, Showing showing, Circumstances circumstances)
    {
        if (circumstances.Declined.Contains(step))
            return (Without(criterion, 1, ScoreState.Declined, "Skipped after its opening question.", "Say what you would do, even roughly."), null);
        if (circumstances.NotReached.Contains(step) || !showing.WasAnswered(step))
            return (Without(criterion, null, ScoreState.NotAsked, "The interview did not get to this step.", ""), null);

        var checks = Checks(book, criterion, step, level, showing, circumstances);
        var substance = StepSubstance.Of(book, criterion, step, level, showing, checks.Count(c => c.Outcome == CheckOutcome.Violated));
        var evidence = Evidence(book, criterion, step, showing);
        var value = evidence.IsEmpty ? 1 : Strengths.Value(Strengths.Of(substance));
        if (checks.Any(c => c is { Outcome: CheckOutcome.Lifted, Prompting: Prompting.Hint }))
            value = Math.Min(value, LiftedAfterHint);
        var score = new Score(
            criterion.Id,
            value,
            ScoreState.Scored,
            Why(checks),
            value == 4 ? "" : Raise(book, criterion, step, level, showing),
            value == 1 ? [] : evidence,
            checks);
        return (score, substance);
    }

    public static Score Without(Criterion criterion, int? value, ScoreState state, string why, string raise) =>
        new(criterion.Id, value, state, why, raise, [], []);

    private static IEnumerable<Point> Expected(RuleBook book, Criterion criterion, Level level) =>
        book.Points.Where(p => p.Criterion == criterion.Id && p.Level <= level);

    // Every turn that carried something is quoted once, so that nothing counts unseen.
    private static ImmutableArray<Span> Evidence(RuleBook book, Criterion criterion, Step step, Showing showing)
    {
        var points = book.Points.Where(p => p.Criterion == criterion.Id).ToArray();
        var firmest = points.Select(p => showing.Point(p, step)).OfType<Finding>().OrderByDescending(f => f.Strength).Select(f => f.Span);
        var said = showing.Reasons(step, ReasonIds.Reason).Concat(showing.Reasons(step, ReasonIds.Said)).Select(f => f.Span);
        return
        [
            .. firmest.Concat(said)
                .DistinctBy(s => s.Turn)
                .Concat(firmest.Take(MostQuotes))
                .Distinct()
                .OrderBy(s => s.Turn)
                .ThenBy(s => s.Start),
        ];
    }

    private static ImmutableArray<CheckResult> Checks(
        RuleBook book, Criterion criterion, Step step, Level level, Showing showing, Circumstances circumstances)
    {
        var points = Expected(book, criterion, level).Select(p => (Point: p, Shown: showing.Point(p, step))).Select(x => new CheckResult(
            x.Point.Id,
            x.Shown is null ? CheckOutcome.Missing : CheckOutcome.Met,
            x.Point.Shows,
            x.Shown is null ? [] : [x.Shown.Span],
            x.Shown is not null && circumstances.Prompting.TryGetValue(x.Point.Id, out var prompting) ? prompting : null));
        return [.. points, .. ChargedErrors.In(book, step, showing, circumstances)];
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

    private static string Raise(RuleBook book, Criterion criterion, Step step, Level level, Showing showing)
    {
        var essentials = criterion.Cells[level].Essentials;
        return Expected(book, criterion, level)
            .Where(p => StepSubstance.Credit(p, showing.Point(p, step)) < 1)
            .OrderByDescending(p => essentials.Contains(p.Id))
            .ThenByDescending(p => p.Level)
            .FirstOrDefault()?.Raise ?? criterion.Cells[level].Anchors[3];
    }
}
