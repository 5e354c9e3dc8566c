using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// Wrong turns of one step that stand beside what was settled, with a reason, in a step that has to agree with it: a
/// random split beside drift in monitoring, a metric beside the label it should follow. The error itself is charged where
/// it was made; what is counted here is that the two were never brought together.
/// </summary>
internal static class StepConflicts
{
    public const string Prefix = "conflict.";

    private static readonly ImmutableDictionary<Step, ImmutableArray<Step>> Agreeing = new Dictionary<Step, ImmutableArray<Step>>
    {
        [Step.Requirements] = [Step.Serving, Step.Evaluation],
        [Step.Framing] = [Step.Requirements, Step.Data, Step.Evaluation],
        [Step.Data] = [Step.Framing, Step.Evaluation, Step.Monitoring],
        [Step.Modeling] = [Step.Requirements, Step.Framing, Step.Serving],
        [Step.Evaluation] = [Step.Requirements, Step.Framing, Step.Data],
        [Step.Serving] = [Step.Requirements, Step.Modeling],
        [Step.Monitoring] = [Step.Requirements, Step.Data, Step.Evaluation],
    }.ToImmutableDictionary();

    /// <param name="steps">The scores of the seven steps.</param>
    public static IEnumerable<CheckResult> Of(RuleBook book, Showing showing, IEnumerable<(Step Step, Score Score)> steps)
    {
        foreach (var (step, score) in steps)
        {
            foreach (var error in score.Checks.Where(c => StandsStill(c, showing)))
            {
                if (Settled(book, showing, step) is { } settled)
                {
                    yield return new CheckResult(
                        Prefix + error.Id,
                        CheckOutcome.Violated,
                        $"{step.Name()} stands against what {showing.StepOf(settled).Name()} says: {error.Text.TrimEnd('.')}",
                        [error.Spans[0], settled.Span]);
                }
            }
        }
    }

    // Dropped without a word is not taken back: the two steps still say different things.
    private static bool StandsStill(CheckResult check, Showing showing) =>
        check.Outcome == CheckOutcome.Violated || (check.Outcome == CheckOutcome.Lifted && !showing.SaidToBeWrong(check.Id));

    private static Finding? Settled(RuleBook book, Showing showing, Step step) => Agreeing[step]
        .Select(other => showing.All.Find(f =>
            f.Kind == FindingKind.Point && f.Strength > Strength.Named && showing.StepOf(f) == other && book.StepOf(f.Id) == other))
        .FirstOrDefault(f => f is not null);
}
