using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Task types, metrics and losses that do not fit the problem: chosen, with nothing beside them that fits.</summary>
internal static class Misfits
{
    private const string Prefix = "unfit.";

    /// <summary>What a problem says does not fit, as wrong turns: charged, probed and lifted like any other.</summary>
    public static IEnumerable<RedFlag> Of(Problem? problem, IReadOnlyDictionary<string, string> labels) =>
        (problem?.Fit.Unfit ?? []).Select(u => new RedFlag(
            Prefix + u.Concept,
            u.Criterion,
            [],
            [],
            u.Why,
            $"You named {labels.GetValueOrDefault(u.Concept, u.Concept)}: what would it tell you about this product?"));

    /// <param name="flagged">Wrong turns made so far, with the turn of the last time; what this turn adds is added to it.</param>
    public static IEnumerable<Finding> In(
        RuleBook book, Reading reading, Dictionary<int, string> worthless, Dictionary<string, int> flagged)
    {
        if (book.Problem is not { } problem)
            yield break;
        var concerned = Concerned(problem.Fit);
        var named = reading.Matches.Where(m => concerned.Contains(m.Owner.Id) && IsChosen(reading, worthless, m)).ToArray();
        var takesBack = new Lazy<bool>(() => RedFlagReading.TakesBack(reading, worthless));
        foreach (var unfit in problem.Fit.Unfit)
        {
            var id = Prefix + unfit.Concept;
            var fits = Fitting(problem.Fit, unfit.Criterion);
            var fitting = named.Where(m => fits.Contains(m.Owner.Id)).ToArray();
            var chosen = named.Where(m => m.Owner.Id == unfit.Concept).ToArray();
            if (fitting.Length > 0 && flagged.ContainsKey(id))
            {
                yield return new Finding(FindingKind.Correction, id, takesBack.Value ? Strength.Reasoned : Strength.Named, reading.Quote(fitting[0].First));
            }
            else if (fitting.Length == 0 && chosen.Length > 0 && Steps.Parse(unfit.Criterion) == reading.Step && !takesBack.Value)
            {
                flagged[id] = reading.TurnOf(chosen[0].First);
                yield return new Finding(FindingKind.RedFlag, id, Strength.Named, reading.Quote(chosen[0].First));
            }
        }
    }

    // A metric that is held against another one is weighed, not chosen.
    private static bool IsChosen(Reading reading, Dictionary<int, string> worthless, TermMatch match)
    {
        if (match.Owner.Use != TermUse.Concept || worthless.ContainsKey(reading.SentenceOf(match.First)))
            return false;
        var sentence = reading.Sentences[reading.SentenceOf(match.First)];
        return !sentence.IsQuestion
            && !sentence.IsHollow
            && !Negation.Covers(reading.Tokens, match.First)
            && !Reasons.Contrast(reading.Tokens, sentence.First, sentence.Last);
    }

    private static HashSet<string> Concerned(Fit fit) =>
        fit.Unfit.Select(u => u.Concept).Concat(fit.Unfit.SelectMany(u => Fitting(fit, u.Criterion))).ToHashSet(StringComparer.Ordinal);

    private static ImmutableArray<string> Fitting(Fit fit, string criterion) => Steps.Parse(criterion) switch
    {
        Step.Framing => fit.TaskTypes,
        Step.Evaluation => [.. fit.OfflineMetrics, .. fit.OnlineMetrics],
        _ => [],
    };
}
