using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>Which criterion a wrong turn is charged to, and whether it was taken back.</summary>
internal static class ChargedErrors
{
    // An error of learning shows up wherever learning is spoken of, and is charged where it was made.
    private static readonly ImmutableHashSet<Step> Learning = [Step.Framing, Step.Data, Step.Modeling, Step.Evaluation];

    /// <summary>One check for every wrong turn charged to the step, in the order in which they were made.</summary>
    public static IEnumerable<CheckResult> In(RuleBook book, Step step, Showing showing)
    {
        var charged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (n, finding) in showing.All.Index())
        {
            if (finding.Kind != FindingKind.RedFlag || book.RedFlag(finding.Id) is not { } flag)
                continue;
            if (!IsCharged(Steps.Parse(flag.Criterion), showing.StepOf(finding), step) || !charged.Add(flag.Id))
                continue;
            var last = showing.All.FindLastIndex(f => f.Kind == FindingKind.RedFlag && f.Id == flag.Id);
            var lifted = showing.All.FindIndex(Math.Max(n, last), f => f.Kind == FindingKind.Correction && f.Id == flag.Id) >= 0;
            yield return new CheckResult(flag.Id, lifted ? CheckOutcome.Lifted : CheckOutcome.Violated, flag.Why, [finding.Span]);
        }
    }

    private static bool IsCharged(Step? own, Step said, Step step) =>
        own is { } home && said == step && (home == said || (Learning.Contains(home) && Learning.Contains(said)));
}
