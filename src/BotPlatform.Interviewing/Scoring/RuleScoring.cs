using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>The deterministic rater: the same transcript gives the same scorecard, to the last letter.</summary>
public static class RuleScoring
{
    public const string Mode = "rules";
    private const string RulesOnly = "Rules only: no language model took part in these scores.";
    internal const string General = "This problem is not in the bank; the rubric's general knowledge was used.";

    public static Scorecard Score(RuleBook book, Level level, IReadOnlyList<Turn> transcript, Circumstances circumstances)
    {
        var showing = Showing.Of(book, transcript);
        var steps = book.Rubric.Criteria
            .Where(c => c.Step is not null)
            .ToDictionary(c => c.Id, c => CriterionScoring.Score(book, c, c.Step!.Value, level, showing, circumstances), StringComparer.Ordinal);
        var conflicts = StepConflicts.Of(book, showing, book.Rubric.Criteria.Where(c => c.Step is not null).Select(c => (c.Step!.Value, steps[c.Id].Score))).ToArray();
        var answered = steps.Values.Select(s => s.Substance).OfType<StepSubstance>().ToArray();
        var scores = book.Rubric.Criteria
            .Select(c => steps.TryGetValue(c.Id, out var step) ? step.Score : CrossScoring.Score(c, level, showing, answered, conflicts))
            .ToImmutableArray();
        return new Scorecard(
            book.Problem?.Slug ?? "",
            level,
            book.Rubric.Id,
            book.Rubric.Version,
            book.Rubric.Hash,
            Mode,
            scores,
            [.. showing.All.Where(f => f.Kind == FindingKind.Junk).Select(f => new TurnFlag(f.Id, f.Span.Turn)).Distinct().OrderBy(f => f.Turn).ThenBy(f => f.Kind, StringComparer.Ordinal)],
            Overalls.Of(book.Rubric, level, scores),
            book.Problem is null ? [RulesOnly, General] : [RulesOnly]);
    }
}
