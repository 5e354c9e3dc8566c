using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;

namespace BotPlatform.Interviewing.Tests.Scoring;

/// <summary>What rules and models said of the criterion "data", put together.</summary>
internal static class Combined
{
    public static readonly Turn[] Transcript = Transcripts.Of(Step.Data, "For hikers.", "We split by site.");

    /// <summary>What the rules say of the criterion, with a value of 3 and no error unless said otherwise.</summary>
    public static Score Rules(int? value = 3, ScoreState state = ScoreState.Scored, params CheckResult[] checks) =>
        new("data", value, state, "The rules' reason.", "", value > 1 ? [new Span(4, 0, 17)] : [], [.. checks]);

    public static CheckResult Error(string id, CheckOutcome outcome = CheckOutcome.Violated, Prompting? prompting = null) =>
        new(id, outcome, $"Because of {id}.", [new Span(2, 0, 11)], prompting);

    /// <summary>One sample for each value; none of 0 holds.</summary>
    public static Score With(Score rules, params int[] values) => Card(rules, Grades.Of(values)).Scores.Single(s => s.Criterion == "data");

    public static Scorecard Card(Score rules, ModelGrade grade, RuleBook? book = null)
    {
        book ??= BirdSongs.Book;
        var card = RuleScoring.Score(book, Level.Mid, Transcript, Circumstances.Unknown);
        card = card with { Scores = [.. card.Scores.Select(s => s.Criterion == rules.Criterion ? rules : s)] };
        var texts = 0;
        return Combining.Combine(book, card, Transcript, grade, words => new TurnText(new Guid(++texts, 0, 0, new byte[8]), words));
    }

    /// <summary>A sample in which every criterion but "data" is at 2.</summary>
    public static GraderSample Sample(int number, GradedCriterion data, string model = "test-model", string language = "en")
    {
        var reply = Grades.Reply(2);
        return new(number, model, [reply with { Language = language, Scores = [.. reply.Scores.Select(s => s.Criterion == "data" ? data : s)] }]);
    }

    public static ModelGrade Grade(params ImmutableArray<GraderSample> samples) => new("hash-of-prompt", samples);
}
