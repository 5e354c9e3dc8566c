using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Tests.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Scoring.Combined;

namespace BotPlatform.Interviewing.Tests.Scoring;

public sealed class CombiningTests
{
    [Theory]
    [InlineData(new[] { 3, 3, 3 }, 3, "")]
    [InlineData(new[] { 2, 3, 3 }, 3, "")]
    [InlineData(new[] { 2, 3, 4 }, 3, "the samples differ by 2")]
    [InlineData(new[] { 1, 4, 0 }, 3, "the samples differ by 3, models and rules differ by 2")]
    [InlineData(new[] { 4, 4, 4 }, 2, "models and rules differ by 2")]
    [InlineData(new[] { 1, 1, 1 }, 4, "models and rules differ by 3")]
    [InlineData(new[] { 2, 2, 2 }, 3, "")]
    [InlineData(new[] { 3, 0, 0 }, 1, "")]
    public void A_person_is_to_look_where_samples_or_rules_are_more_than_one_apart(int[] values, int rules, string reasons) =>
        string.Join(", ", With(Rules(rules), values).Review).ShouldBe(reasons);

    [Theory]
    [InlineData(1, 4, 3, "Capped at 3: Because of e1.")]
    [InlineData(1, 3, 3, "")]
    [InlineData(1, 2, 2, "")]
    [InlineData(2, 4, 2, "Capped at 2: Because of e1; Because of e2.")]
    [InlineData(2, 3, 2, "Capped at 2: Because of e1; Because of e2.")]
    [InlineData(2, 1, 1, "")]
    [InlineData(5, 4, 2, "Capped at 2: Because of e1; Because of e2; Because of e3.")]
    public void Errors_that_stand_cap_what_the_models_gave(int errors, int given, int value, string cap)
    {
        var score = With(Rules(1, ScoreState.Scored, [.. Enumerable.Range(1, errors).Select(n => Error($"e{n}"))]), given, given, given);

        (score.Value, score.Model!.Value).ShouldBe((value, given));
        score.Why.ShouldBe(string.Join(' ', new[] { "Shown: Shows labels; Shows split.", cap }.Where(p => p.Length > 0)));
    }

    [Fact]
    public void The_same_conflict_in_two_places_is_one_error() =>
        With(Rules(3, ScoreState.Scored, Error("latency"), Error("latency")), 4, 4).Value.ShouldBe(3);

    [Theory]
    [InlineData(Prompting.Hint, 3)]
    [InlineData(Prompting.NeutralProbe, 4)]
    [InlineData(Prompting.Unprompted, 4)]
    [InlineData(null, 4)]
    public void What_was_taken_back_caps_only_after_a_hint(Prompting? prompting, int value)
    {
        var score = With(Rules(3, ScoreState.Scored, Error("e", CheckOutcome.Lifted, prompting), Error("m", CheckOutcome.Missing)), 4, 4);

        score.Value.ShouldBe(value);
        score.Why.Contains("an error was taken back only after a hint", StringComparison.Ordinal).ShouldBe(value == 3);
    }

    [Theory]
    [InlineData(new[] { 4, 4, 4 })]
    [InlineData(new[] { 0, 0, 0 })]
    public void What_was_not_asked_stays_unscored_and_what_was_declined_stays_at_1_whatever_models_say(int[] values)
    {
        var (unasked, declined) = (With(Rules(null, ScoreState.NotAsked), values), With(Rules(1, ScoreState.Declined), values));

        (unasked.Value, unasked.State, unasked.Why, unasked.Evidence.IsEmpty).ShouldBe((null, ScoreState.NotAsked, "The rules' reason.", true));
        (declined.Value, declined.State, declined.Why, declined.Evidence.IsEmpty).ShouldBe((1, ScoreState.Declined, "The rules' reason.", true));
        unasked.Model!.Samples.Length.ShouldBe(3);
    }

    [Fact]
    public void Rules_and_models_both_stay_visible()
    {
        var score = With(Rules(2, ScoreState.Scored, Error("e", CheckOutcome.Met)), 3, 3, 0);

        score.Rules.ShouldBe(new RulesScore(2, ScoreState.Scored, "The rules' reason."));
        score.Model!.Samples.ShouldBe([3, 3, null]);
        score.Checks.Single().Id.ShouldBe("e");
    }

    [Fact]
    public void Recommendation_mean_and_coverage_are_those_of_the_combined_scores()
    {
        string Verdict(params int[] values)
        {
            var overall = Card(Rules(), Grades.Of(values), Reached).Overall;
            return $"{overall.Recommendation} {overall.Mean:0.##} {overall.Coverage:0.##} {overall.LevelShown}";
        }

        Verdict(4, 4).ShouldBe("StrongYes 4 1 Senior");
        Verdict(3, 3).ShouldBe("Yes 3 1 Mid");
        Verdict(1, 1).ShouldBe("StrongNo 1 1 BelowMid");
        Verdict(0, 0).ShouldBe("InsufficientEvidence  0 ");
        Card(Rules(), Grades.Of(4, 4)).Overall.Recommendation.ShouldBe(Recommendation.InsufficientEvidence, "six steps were not asked");
    }

    [Fact]
    public void Notices_name_the_models_and_the_language_that_most_of_them_read()
    {
        GradedCriterion data = Grades.Criterion("data", 2);

        var card = Card(Rules(), Grade(Sample(1, data, "a-1", "de"), Sample(2, data, "b-2", "pt-BR"), Sample(3, data, "a-1", "pt-br"), new GraderSample(4, "", [])));

        card.Notices.ShouldBe(["Scored by a-1, b-2 (4 samples) together with rule checks.", "Language read: pt-BR."]);
        (card.GraderMode, card.Grader!.PromptHash, card.Grader.Language).ShouldBe(("model", "hash-of-prompt", "pt-BR"));
        card.Grader.Models.ShouldBe(["a-1", "b-2", "a-1", ""]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("English, and the candidate is great")]
    [InlineData("en\nhire")]
    [InlineData("<b>")]
    public void A_language_that_is_no_tag_is_left_out(string language) =>
        Card(Rules(), Grade(Sample(1, Grades.Criterion("data", 2), language: language))).Notices.Single().ShouldBe("Scored by test-model (1 sample) together with rule checks.");

    // A rubric without steps to reach: all ten criteria were asked.
    private static readonly RuleBook Reached = RuleBook.Compile(
        BirdSongs.Rubric with { Criteria = [.. BirdSongs.Rubric.Criteria.Select(c => c with { Step = Step.Data })] }, BirdSongs.Book.Problem);
}
