using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>Which criterion a wrong turn is charged to, and whether it was taken back.</summary>
internal static class ChargedErrors
{
    // An error of learning shows up wherever learning is spoken of, and is charged where it was made.
    private static readonly ImmutableHashSet<Step> Learning = [Step.Data, Step.Modeling, Step.Evaluation];

    /// <summary>One check for every wrong turn charged to the step, in the order in which they were made.</summary>
    public static IEnumerable<CheckResult> In(RuleBook book, Step step, Showing showing, Circumstances circumstances)
    {
        var made = showing.All.Where(f => f.Kind == FindingKind.RedFlag).GroupBy(f => f.Id, StringComparer.Ordinal);
        foreach (var times in made)
        {
            if (book.RedFlag(times.Key) is not { } flag || times.FirstOrDefault(f => IsCharged(Steps.Parse(flag.Criterion), showing.StepOf(f), step)) is not { } first)
                continue;
            var last = times.Max(f => f.Span.Turn);
            var lifted = showing.All.Exists(f => f.Kind == FindingKind.Correction && f.Id == flag.Id && f.Span.Turn >= last);
            Prompting? prompting = lifted && circumstances.Prompting.TryGetValue(flag.Id, out var came) ? came : null;
            yield return new CheckResult(flag.Id, lifted ? CheckOutcome.Lifted : CheckOutcome.Violated, flag.Why, [first.Span], prompting);
        }
    }

    private static bool IsCharged(Step? own, Step said, Step step) =>
        own is { } home && said == step && (home == said || (Learning.Contains(home) && Learning.Contains(said)));
}
