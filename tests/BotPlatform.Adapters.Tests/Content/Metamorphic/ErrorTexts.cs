using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>Wrong turns, and how someone takes them back.</summary>
internal static class ErrorTexts
{
    public static readonly ImmutableArray<(Step Step, string Error, string Correction)> All =
    [
        (Step.Requirements, "The exact numbers do not matter at this point.", "I take that back, the numbers do matter: without figures for the load we cannot guess the capacity."),
        (Step.Data, "I would split the data randomly into train and test.", "Scratch that, I was wrong about the random split: it has to be a split by time, because otherwise the future leaks into training."),
        (Step.Evaluation, "Accuracy is the metric I would use.", "I take accuracy back: positives are rare, so precision and recall, or PR-AUC, tell us more."),
        (Step.Modeling, "I would go straight to a large transformer, no baseline needed.", "On second thought I was wrong to skip the baseline: we start with logistic regression and only then see whether a transformer beats it."),
    ];
}
