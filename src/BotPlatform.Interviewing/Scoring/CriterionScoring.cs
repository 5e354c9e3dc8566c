using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>One criterion from what was shown; the roll-up that <c>rubrics/README.md</c> describes.</summary>
internal static class CriterionScoring
{
    private const int MostQuotes = 3;
    private const double EssentialWeight = 2;
    private const double CoverageShare = 0.55;

    public static Score Score(RuleBook book, Criterion criterion, Level level, Showing showing, Circumstances circumstances)
    {
        if (criterion.Step is { } step)
        {
            if (circumstances.Declined.Contains(step))
                return Without(criterion, 1, ScoreState.Declined, "Skipped after its opening question.", "Say what you would do, even roughly.");
            if (circumstances.NotReached.Contains(step) || !showing.WasAnswered(step))
                return Without(criterion, null, ScoreState.NotAsked, "The interview did not get to this step.", "");
        }
        else if (!Steps.All.Any(showing.WasAnswered))
        {
            return Without(criterion, null, ScoreState.NotAsked, "Nothing was answered.", "");
        }

        var checks = Checks(book, criterion, level, showing, circumstances);
        var violations = showing.All.Where(f => f.Kind == FindingKind.RedFlag && book.RedFlag(f.Id)?.Criterion == criterion.Id).DistinctBy(f => f.Id).ToArray();
        var lifted = showing.All.Where(f => f.Kind == FindingKind.Correction).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var strength = Strength(book, criterion, level, showing);
        var value = Value(strength) - (violations.Any(v => !lifted.Contains(v.Id)) ? 1 : 0);
        var evidence = Evidence(book, criterion, showing);
        value = Math.Clamp(evidence.IsEmpty ? 1 : value, 1, 4);
        checks = checks.AddRange(violations.Select(v => new CheckResult(
            v.Id, lifted.Contains(v.Id) ? CheckOutcome.Lifted : CheckOutcome.Violated, book.RedFlag(v.Id)!.Why, [v.Span])));
        return new Score(criterion.Id, value, ScoreState.Scored, Why(checks), value == 4 ? "" : Raise(book, criterion, level, showing), value == 1 ? [] : evidence, checks);
    }

    private static Score Without(Criterion criterion, int? value, ScoreState state, string why, string raise) =>
        new(criterion.Id, value, state, why, raise, [], []);

    private static IEnumerable<Point> Expected(RuleBook book, Criterion criterion, Level level) =>
        book.Points.Where(p => p.Criterion == criterion.Id && p.Level <= level);

    private static double Strength(RuleBook book, Criterion criterion, Level level, Showing showing)
    {
        var essentials = criterion.Cells[level].Essentials;
        var (got, all) = (0.0, 0.0);
        foreach (var point in Expected(book, criterion, level))
        {
            var weight = essentials.Contains(point.Id) ? EssentialWeight : 1;
            all += weight;
            got += weight * Credit(point, showing.Point(point.Id));
        }

        var above = book.Points.Where(p => p.Criterion == criterion.Id && p.Level > level).Sum(p => Credit(p, showing.Point(p.Id)));
        var depth = Depth(criterion.Step, level, showing);
        var coverage = all == 0 ? depth : Math.Min(1, (got + (above / 2)) / all * 1.4);
        return (CoverageShare * coverage) + ((1 - CoverageShare) * depth);
    }

    private static double Credit(Point point, Finding? shown) =>
        shown is null ? 0 : shown.Strength >= point.Needs ? 1 : shown.Strength == Rubrics.Strength.Named ? 0.4 : 0.8;

    private static double Depth(Step? step, Level level, Showing showing)
    {
        var needed = (step is null ? 7 : 1) * (3 + (2 * (int)level));
        return Math.Min(1, (showing.Reasons(step).Count() + (0.5 * showing.Figures(step).Count())) / needed);
    }

    private static int Value(double strength) => strength switch
    {
        < 0.2 => 1,
        < 0.5 => 2,
        < 0.8 => 3,
        _ => 4,
    };

    private static ImmutableArray<Span> Evidence(RuleBook book, Criterion criterion, Showing showing)
    {
        var shown = book.Points.Where(p => p.Criterion == criterion.Id)
            .Select(p => showing.Point(p.Id))
            .OfType<Finding>()
            .OrderByDescending(f => f.Strength)
            .Select(f => f.Span);
        return [.. shown.Concat(showing.Reasons(criterion.Step).Select(f => f.Span)).Distinct().Take(MostQuotes).OrderBy(s => s.Turn).ThenBy(s => s.Start)];
    }

    private static ImmutableArray<CheckResult> Checks(RuleBook book, Criterion criterion, Level level, Showing showing, Circumstances circumstances) =>
    [
        .. Expected(book, criterion, level).Select(p => (Point: p, Shown: showing.Point(p.Id))).Select(x => new CheckResult(
            x.Point.Id,
            x.Shown is null ? CheckOutcome.Missing : CheckOutcome.Met,
            x.Point.Shows,
            x.Shown is null ? [] : [x.Shown.Span],
            circumstances.Prompting.TryGetValue(x.Point.Id, out var prompting) ? prompting : null)),
    ];

    private static string Why(ImmutableArray<CheckResult> checks)
    {
        var parts = new List<string>();
        Part(parts, "Shown", checks, CheckOutcome.Met);
        Part(parts, "Missing", checks, CheckOutcome.Missing);
        Part(parts, "Costs a point", checks, CheckOutcome.Violated);
        return parts.Count == 0 ? "Judged by how choices were reasoned." : string.Join(" ", parts);
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
            .Where(p => Credit(p, showing.Point(p.Id)) < 1)
            .OrderByDescending(p => essentials.Contains(p.Id))
            .ThenByDescending(p => p.Level)
            .FirstOrDefault()?.Raise ?? criterion.Cells[level].Anchors[3];
    }
}
