using BotPlatform.Interviewing.Calibration;
using BotPlatform.Service.LanguageModels;

namespace BotPlatform.Service.Calibration;

/// <summary>What grading with models took, and how repeatable it was.</summary>
/// <param name="Models">As the providers reported them.</param>
/// <param name="InputTokens">For one session on average, all samples together.</param>
/// <param name="Cost">US dollars for one session on average; null unless every model has a price.</param>
/// <param name="ForReview">Scores on which samples or rules differ by more than a point.</param>
public sealed record GraderReport(
    IReadOnlyList<string> Models, Repeatability Repeatability, double InputTokens, double OutputTokens, double? Cost, int ForReview)
{
    /// <summary>Null where rules scored alone.</summary>
    public static GraderReport? Of(IReadOnlyCollection<ScoredFile> scored)
    {
        var calls = scored.SelectMany(s => s.Calls).ToArray();
        if (calls.Length == 0)
            return null;
        return new GraderReport(
            [.. scored.SelectMany(s => s.Card.Grader?.Models ?? []).Distinct().Order(StringComparer.Ordinal)],
            Repeatability.Of(scored.Select(s => s.Card)),
            calls.Sum(c => (double)c.InputTokens) / scored.Count,
            calls.Sum(c => (double)c.OutputTokens) / scored.Count,
            // The cost of some of the models would look like that of all.
            Array.Exists(calls, c => c.Cost is null && c.InputTokens + c.OutputTokens > 0) ? null : calls.Sum(c => c.Cost ?? 0) / scored.Count,
            scored.Sum(s => s.Card.Scores.Count(x => !x.Review.IsEmpty)));
    }
}
