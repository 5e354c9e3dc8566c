using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>Sentences that any candidate could add to a step: one point each, with its reason.</summary>
internal static class ReasonedPointTexts
{
    public static readonly ImmutableArray<(Step Step, string Text)> All =
    [
        (Step.Requirements, "A slow answer loses people, so latency at p99 should stay under 300 ms."),
        (Step.Requirements, "I would leave notifications by mail out of scope, because they need their own capacity planning."),
        (Step.Requirements, "Success should be one measurable target, say 2% more retention after a month, because otherwise every team optimises something else."),
        (Step.Framing, "The label is a proxy for satisfaction: it can go up while people regret what they chose, so I would guard it with a survey metric."),
        (Step.Data, "Split by time instead of at random, since a random split lets the future leak into training."),
        (Step.Data, "Negatives come from what was shown and ignored, because what nobody saw is not really a negative."),
        (Step.Data, "Features have to be computed by the same code offline and online, otherwise training and serving drift apart."),
        (Step.Modeling, "Logistic regression comes first as the baseline, because anything heavier has to beat it to be worth its cost."),
        (Step.Modeling, "Gradient boosted trees rather than a deep network at first, since tabular features suit them and they train in minutes."),
        (Step.Modeling, "Distillation into a smaller network is worth it because inference on the large one is too expensive."),
        (Step.Evaluation, "PR-AUC rather than accuracy, because positives are rare and accuracy looks high for a model that finds none of them."),
        (Step.Evaluation, "Then an A/B test with a guardrail metric, because offline gains often do not carry over to real traffic."),
        (Step.Evaluation, "I would look at slices such as new users, since an average hides that one group gets worse."),
        (Step.Serving, "If the ranker times out we fall back to a precomputed popular list, so that the page never stays empty."),
        (Step.Serving, "Roll out with a canary on a small share of traffic first, because a bad release then hurts few people."),
        (Step.Serving, "Precompute embeddings in a nightly batch rather than per request, because they change slowly and lookup is cheaper."),
        (Step.Monitoring, "Alert when the distribution of an input drifts, since that shows days before delayed labels arrive."),
        (Step.Monitoring, "Keep the previous version for a rollback, because finding the cause takes longer than switching back."),
        (Step.Monitoring, "Retrain when calibration on fresh labels degrades rather than by the calendar, since a fixed schedule misses sudden shifts."),
    ];
}
