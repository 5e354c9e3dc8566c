using System.Globalization;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Figures settled with the requirements, by either side, and the later sentences that work with one of them.</summary>
internal static class Traces
{
    private const string Settled = "settled.";

    // Smaller bare numbers are places in lists as often as not.
    private const double SmallestBare = 1000;

    /// <summary>What a message in the requirements settles.</summary>
    public static IEnumerable<Finding> Laid(Reading reading, Dictionary<int, string> worthless) => reading.Step != Step.Requirements
        ? []
        : reading.Figures.Where(f => Counts(f) && !worthless.ContainsKey(reading.SentenceOf(f.First)))
            .Select(f => new Finding(FindingKind.Claim, IdOf(f), Strength.Quantified, reading.SpanOf(f.First, f.Last)))
            .DistinctBy(f => f.Id);

    /// <summary>Sentences of a later step that work with a settled figure.</summary>
    /// <param name="known">Ids of everything claimed before.</param>
    public static IEnumerable<Finding> In(Reading reading, Dictionary<int, string> worthless, HashSet<string> known) => reading.Step == Step.Requirements
        ? []
        : reading.Figures.Where(f => Counts(f) && known.Contains(IdOf(f)))
            .Select(f => reading.SentenceOf(f.First))
            .Where(n => reading.IsOnTopic(n) && !reading.Sentences[n].IsQuestion && !worthless.ContainsKey(n))
            .Distinct()
            .Select(n => new Finding(FindingKind.Reasoning, ReasonIds.Traced, Strength.Quantified, reading.Quote(reading.Sentences[n].First)));

    private static bool Counts(Figure figure) => figure.Kind != QuantityKind.Number || figure.Value >= SmallestBare;

    private static string IdOf(Figure figure) =>
        Settled + figure.Kind.ToString().ToLowerInvariant() + "." + figure.Value.ToString("G6", CultureInfo.InvariantCulture);
}
