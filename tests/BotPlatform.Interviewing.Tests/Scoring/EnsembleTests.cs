using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Tests.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Scoring.Combined;

namespace BotPlatform.Interviewing.Tests.Scoring;

public sealed class EnsembleTests
{
    private static readonly GradedCriterion Invented = Grades.Criterion("data", 3, "We split by day.");

    [Theory]
    [InlineData(new[] { 1, 4, 3 }, 3)]
    [InlineData(new[] { 2, 2, 4 }, 2)]
    [InlineData(new[] { 4, 2 }, 2)]
    [InlineData(new[] { 3, 3 }, 3)]
    [InlineData(new[] { 4, 0, 3 }, 3)]
    [InlineData(new[] { 1, 2, 3, 4 }, 2)]
    [InlineData(new[] { 4, 4, 1, 3, 1 }, 3)]
    public void The_median_stands_and_of_two_the_lower(int[] values, int median)
    {
        var score = With(Rules(), values);

        (score.Value, score.Model!.Value, score.Model.Why).ShouldBe((median, median, ""));
        score.Model.Samples.ShouldBe(values.Select(v => v == 0 ? (int?)null : v));
    }

    [Theory]
    [InlineData(new[] { 3 }, "Only one sample of 1 held.")]
    [InlineData(new[] { 3, 0, 7 }, "Only one sample of 3 held: its value is off the scale.")]
    [InlineData(new[] { 0, -1, 5 }, "No sample of 3 held: its value is off the scale.")]
    public void Fewer_than_two_that_hold_leave_it_unscored_with_the_reason(int[] values, string why)
    {
        var score = With(Rules(), values);

        (score.Value, score.State, score.Why).ShouldBe((null, ScoreState.Failed, why));
        (score.Raise, score.Evidence.IsEmpty, score.Model!.Value, score.Rules!.Value).ShouldBe(("", true, null, 3));
    }

    [Fact]
    public void Each_reason_is_told_once()
    {
        var grade = Grade(Sample(1, Invented), Sample(2, Invented), Sample(3, Grades.Criterion("data", 9)), new GraderSample(4, "m", []));

        Card(Rules(), grade).Scores.Single(s => s.Criterion == "data").Why
            .ShouldBe("No sample of 4 held: none of its quotes stands in the turn it names; its value is off the scale; no reply could be read.");
    }

    [Fact]
    public void A_second_reply_mends_only_what_failed_in_the_first()
    {
        var first = Sample(1, Invented).Replies[0];
        var second = Grades.Reply(4);

        var scores = new Verification(BirdSongs.Book, Problems.Level.Mid, Transcript).Verify(Grades.Sample(1, first, second));

        scores.ShouldAllBe(s => s.Value == (s.Criterion == "data" ? 4 : 2));
    }

    [Fact]
    public void A_second_reply_may_hold_only_what_was_asked_for_again()
    {
        var first = Sample(1, Invented).Replies[0];
        var second = new GraderReply("en", [Grades.Criterion("data", 4)]);

        new Verification(BirdSongs.Book, Problems.Level.Mid, Transcript).Verify(Grades.Sample(1, first, second)).ShouldAllBe(s => s.Value != null);
    }

    [Fact]
    public void Where_no_reply_holds_the_last_failure_stands()
    {
        var first = Sample(1, Invented).Replies[0];
        var second = Sample(1, Grades.Criterion("data", 0)).Replies[0];

        new Verification(BirdSongs.Book, Problems.Level.Mid, Transcript).Verify(Grades.Sample(1, first, second))
            .Single(s => s.Criterion == "data").Failure.ShouldBe("its value is off the scale");
    }

    [Fact]
    public void An_essential_is_shown_when_most_of_the_samples_that_hold_say_so()
    {
        GradedCriterion Met(bool labels, bool split) =>
            Grades.Criterion("data", 3) with { Essentials = [new("data.labels", labels), new("data.split", split)] };

        var score = Card(Rules(), Grade(Sample(1, Met(true, true)), Sample(2, Met(true, false)), Sample(3, Met(false, false)))).Scores.Single(s => s.Criterion == "data");
        (score.Why, score.Raise).ShouldBe(("Shown: Shows labels. Missing: Shows split.", "Saying split by site would have shown it."));

        // Of two, both must.
        score = Card(Rules(), Grade(Sample(1, Met(true, true)), Sample(2, Met(true, false)), Sample(3, Invented))).Scores.Single(s => s.Criterion == "data");
        score.Why.ShouldBe("Shown: Shows labels. Missing: Shows split.");
    }

    [Fact]
    public void Quotes_and_words_come_from_the_samples_that_gave_the_median()
    {
        var score = Card(Rules(), Grade(
            Sample(1, Grades.Criterion("data", 4, "For hikers.") with { Missing = "Nothing." }),
            Sample(2, Grades.Criterion("data", 3, "split by site", turn: 4) with { Missing = "Would not hire." }),
            Sample(3, Grades.Criterion("data", 3, "We split by", turn: 4) with { Missing = "Wind noise.", Raise = "Name it." }))).Scores.Single(s => s.Criterion == "data");

        score.Evidence.Select(Transcript.Text).ShouldBe(["We split by", "split by site"]);
        (score.Model!.Missing!.Value, score.Model.Raise!.Value).ShouldBe(("Wind noise.", "Name it."));
        score.Model.Missing.Id.ShouldNotBe(score.Model.Raise.Id);
    }
}
