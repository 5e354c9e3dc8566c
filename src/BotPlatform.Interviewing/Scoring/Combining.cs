using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// Models and rules together, as <c>rubrics/README.md</c> describes: the models' median decides; rules say what was
/// not asked or declined, and cap where an error stands. Neither raises the other, and without a median there is no value.
/// </summary>
public static class Combining
{
    public const string Mode = "model";
    private const int CapForOneError = 3;
    private const int CapForMore = 2;
    private const int MostQuotes = 8;
    private const int MostListed = 3;

    /// <param name="rules">The rules' scorecard of the same session.</param>
    /// <param name="text">Makes a text of a model's words, with the id it is stored under.</param>
    public static Scorecard Combine(
        RuleBook book, Scorecard rules, IReadOnlyList<Turn> transcript, ModelGrade grade, Func<string, TurnText> text)
    {
        var verification = new Verification(book, rules.Level, transcript);
        var samples = grade.Samples.Select(verification.Verify).ToArray();
        var scores = rules.Scores
            .Select((score, i) => Score(book, rules.Level, score, new Ensemble([.. samples.Select(s => s[i])]), text))
            .ToImmutableArray();
        var language = Language(grade);
        return rules with
        {
            GraderMode = Mode,
            Scores = scores,
            Overall = Overalls.Of(book.Rubric, rules.Level, scores),
            Notices = [.. Notices(book, grade, language)],
            Grader = new GraderPart([.. grade.Samples.Select(s => s.Model)], grade.PromptHash, language),
        };
    }

    private static Score Score(RuleBook book, Level level, Score rules, Ensemble ensemble, Func<string, TurnText> text)
    {
        var own = new RulesScore(rules.Value, rules.State, rules.Why);
        var model = new ModelScore(ensemble.Value, [.. ensemble.Samples.Select(s => s.Value)], ensemble.Why);
        // What was not asked or was declined needs no judgement, and so no words and no review.
        if (rules.State is ScoreState.NotAsked or ScoreState.Declined)
            return rules with { Model = model, Rules = own };
        var missing = ensemble.Medians.Select(s => s.Missing).FirstOrDefault(w => w.Length > 0);
        var raise = ensemble.Medians.Select(s => s.Raise).FirstOrDefault(w => w.Length > 0);
        model = model with { Missing = missing is null ? null : text(missing), Raise = raise is null ? null : text(raise) };
        var score = rules with { Model = model, Rules = own, Review = Review(ensemble, rules) };
        if (ensemble.Value is not { } given)
            return score with { Value = null, State = ScoreState.Failed, Why = ensemble.Why, Raise = "", Evidence = [] };
        var (value, cap) = Capped(given, rules);
        return score with
        {
            Value = value,
            State = ScoreState.Scored,
            Why = Why(book, level, rules.Criterion, ensemble, cap),
            Raise = value == 4 ? "" : RaiseOf(book, level, rules.Criterion, ensemble),
            Evidence = value == 1 ? [] : [.. ensemble.Medians.SelectMany(s => s.Evidence).Distinct().OrderBy(s => s.Turn).ThenBy(s => s.Start).ThenBy(s => s.Length).Take(MostQuotes)],
        };
    }

    private static (int Value, string? Cap) Capped(int given, Score rules)
    {
        // The same conflict in two places is one error.
        // What steps make of each other is a judgement, and models read it for themselves.
        var errors = rules.Checks.Where(c => c.Outcome == CheckOutcome.Violated && !c.Id.StartsWith(StepConflicts.Prefix, StringComparison.Ordinal)).DistinctBy(c => c.Id).ToArray();
        var helped = rules.Checks.Any(c => c is { Outcome: CheckOutcome.Lifted, Prompting: Prompting.Hint });
        var most = errors.Length > 1 ? CapForMore : errors.Length == 1 || helped ? CapForOneError : 4;
        if (given <= most)
            return (given, null);
        return (most, errors.Length > 0
            ? $"Capped at {most}: {string.Join("; ", errors.Select(e => e.Text.TrimEnd('.')).Distinct(StringComparer.Ordinal).Take(MostListed))}."
            : $"Capped at {most}: an error was taken back only after a hint.");
    }

    private static ImmutableArray<string> Review(Ensemble ensemble, Score rules)
    {
        var reasons = new List<string>();
        if (ensemble.Spread > 1)
            reasons.Add($"the samples differ by {ensemble.Spread}");
        if (ensemble.Value is { } value && rules.Value is { } own && Math.Abs(value - own) > 1)
            reasons.Add($"models and rules differ by {Math.Abs(value - own)}");
        return [.. reasons];
    }

    private static string Why(RuleBook book, Level level, string criterion, Ensemble ensemble, string? cap)
    {
        var essentials = Essentials(book, level, criterion).ToLookup(p => ensemble.Met(p.Id));
        var parts = new List<string>();
        Part(parts, "Shown", essentials[true]);
        Part(parts, "Missing", essentials[false]);
        if (cap is not null)
            parts.Add(cap);
        return string.Join(' ', parts);
    }

    private static void Part(List<string> parts, string heading, IEnumerable<Point> points)
    {
        var texts = points.Select(p => p.Shows).Take(MostListed).ToArray();
        if (texts.Length > 0)
            parts.Add($"{heading}: {string.Join("; ", texts)}.");
    }

    private static string RaiseOf(RuleBook book, Level level, string criterion, Ensemble ensemble) =>
        Essentials(book, level, criterion).FirstOrDefault(p => !ensemble.Met(p.Id))?.Raise
        ?? book.Rubric.Criterion(criterion).Cells[level].Anchors[3];

    private static IEnumerable<Point> Essentials(RuleBook book, Level level, string criterion) =>
        book.Rubric.Criterion(criterion).Cells[level].Essentials.Select(book.Point).OfType<Point>();

    private static string? Language(ModelGrade grade) => grade.Samples
        .SelectMany(s => s.Replies.Take(1))
        .Select(r => r.Language)
        .Where(IsTag)
        .GroupBy(l => l, StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(g => g.Count())
        .FirstOrDefault()?.Key;

    private static bool IsTag(string language) =>
        language.Length is >= 2 and <= 16 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(language[0]);

    private static IEnumerable<string> Notices(RuleBook book, ModelGrade grade, string? language)
    {
        var models = grade.Samples.Select(s => s.Model).Where(m => m.Length > 0).Distinct(StringComparer.Ordinal);
        yield return $"Scored by {string.Join(", ", models)} ({Words.Counted(grade.Samples.Length, "sample")}) together with rule checks.";
        if (language is not null)
            yield return $"Language read: {language}.";
        if (book.Problem is null)
            yield return RuleScoring.General;
    }
}
