using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;

namespace BotPlatform.Interviewing.Tests.RuleChecks;

/// <summary>Short answers to a problem that says which metrics fit and which figures are plausible.</summary>
internal static class Answers
{
    private static readonly RuleBook Book = RuleBook.Compile(
        BirdSongs.Rubric,
        BirdSongs.Book.Problem! with
        {
            Concepts = [new Concept("accuracy", "accuracy", ["accuracy"]), new Concept("recall", "recall", ["recall"]), new Concept("regression", "regression", ["regression"])],
            Fit = new Fit(
                TaskTypes: [],
                OfflineMetrics: ["recall"],
                OnlineMetrics: [],
                Unfit: [new Unfit("accuracy", "evaluation", "Most of a recording is silence."), new Unfit("regression", "framing", "A name is no number.")]),
            Quantities =
            [
                new Quantity("recordings", ["recordings (a|per) day"], "items", 1e5, 1e7),
                new Quantity("latency", ["p95", "latency"], "ms", 50, 2000),
            ],
        });

    /// <summary>What the last of several answers in one step shows.</summary>
    public static IReadOnlyList<Finding> Read(Step step, params string[] answers)
    {
        var (turns, known, last) = (new List<Turn>(), new List<Finding>(), ImmutableArray<Finding>.Empty);
        foreach (var text in answers)
        {
            var answer = new Turn((2 * turns.Count) + 2, Speaker.Candidate, step, text);
            last = Book.Examine(turns, [answer], known);
            known.AddRange(last);
            turns.Add(answer);
        }

        return last;
    }

    public static IReadOnlyList<string> Ids(this IReadOnlyList<Finding> findings, FindingKind kind) =>
        [.. findings.Where(f => f.Kind == kind).Select(f => f.Id)];
}
