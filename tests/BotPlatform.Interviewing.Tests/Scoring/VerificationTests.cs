using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Scoring;

public sealed class VerificationTests
{
    private const string OtherEssentials = "its essentials are not those asked for";
    private const string OtherAnchors = "its anchors are not the four";
    private static readonly Turn[] Answer = Transcripts.Of("For hikers.");
    private static readonly Verification Verification = new(BirdSongs.Book, Level.Mid, Answer);

    [Fact]
    public void What_holds_keeps_its_value_its_evidence_and_the_essentials_that_are_met()
    {
        var data = Grades.Criterion("data", 3) with { Essentials = [new("data.labels", Met: true), new("data.split", Met: false)], Missing = "A split.", Raise = "Say how." };

        var score = Transcripts.Verified(Answer, data);

        (score.Value, score.Failure, score.Missing, score.Raise).ShouldBe((3, null, "A split.", "Say how."));
        score.Evidence.ShouldBe([new Span(2, 0, 11)]);
        score.Met.ShouldBe(["data.labels"]);
    }

    [Fact]
    public void Every_criterion_comes_once_in_the_order_of_the_rubric()
    {
        var reply = Grades.Reply(2);

        Verification.Verify(reply with { Scores = [.. reply.Scores.Reverse()] }).Select(s => s.Criterion).ShouldBe(BirdSongs.Rubric.Criteria.Select(c => c.Id));
    }

    [Fact]
    public void A_criterion_that_was_left_out_fails_alone()
    {
        var reply = Grades.Reply(2);

        var scores = Verification.Verify(reply with { Scores = reply.Scores.RemoveAt(0) });

        scores[0].Failure.ShouldBe("it was left out");
        scores.Skip(1).ShouldAllBe(s => s.Value == 2);
    }

    [Fact]
    public void A_criterion_that_was_scored_twice_fails_alone_even_when_both_agree()
    {
        var reply = Grades.Reply(2);

        var scores = Verification.Verify(reply with { Scores = reply.Scores.Add(reply.Scores[0]) });

        scores[0].Failure.ShouldBe("it was scored more than once");
        scores.Skip(1).ShouldAllBe(s => s.Value == 2);
    }

    [Theory]
    [InlineData("charisma")]
    [InlineData("Data")]
    [InlineData("data ")]
    [InlineData("")]
    public void A_criterion_that_the_rubric_does_not_have_fails_the_whole_reply(string stranger)
    {
        var reply = Grades.Reply(2);
        var scores = Verification.Verify(reply with { Scores = reply.Scores.Add(reply.Scores[0] with { Criterion = stranger }) });

        scores.Length.ShouldBe(10);
        scores.ShouldAllBe(s => s.Value == null && s.Failure == "the reply names a criterion that the rubric does not have");
    }

    [Fact]
    public void A_reply_without_any_score_fails_everywhere() =>
        Verification.Verify(new GraderReply("en", [])).ShouldAllBe(s => s.Failure == "it was left out");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_value_off_the_scale_fails(int value)
    {
        var score = Transcripts.Verified(Answer, Grades.Criterion("data", 3) with { Value = value });

        (score.Value, score.Failure).ShouldBe((null, "its value is off the scale"));
        score.Evidence.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, OtherAnchors)]
    [InlineData(3, OtherAnchors)]
    [InlineData(5, OtherAnchors)]
    [InlineData(4, null)]
    public void Anchors_are_answered_all_four(int count, string? failure) =>
        Transcripts.Verified(Answer, Grades.Criterion("data", 3) with { Anchors = [.. Enumerable.Repeat(true, count)] }).Failure.ShouldBe(failure);

    [Fact]
    public void A_value_whose_own_anchor_is_not_met_fails() =>
        Transcripts.Verified(Answer, Grades.Criterion("data", 3) with { Anchors = [true, true, false, true] })
            .Failure.ShouldBe("its value is not one of the anchors that it says are met");

    [Theory]
    [InlineData("data.labels", OtherEssentials)]
    [InlineData("data.labels,data.split,data.split", OtherEssentials)]
    [InlineData("data.labels,data.labels", OtherEssentials)]
    [InlineData("data.labels,data.split,data.noise", OtherEssentials)]
    [InlineData("data.labels,serving.device", OtherEssentials)]
    [InlineData("data.labels,Data.split", OtherEssentials)]
    [InlineData("", OtherEssentials)]
    [InlineData("data.split,data.labels", null)]
    public void Essentials_are_exactly_those_of_the_level(string ids, string? failure) =>
        Transcripts.Verified(Answer, Grades.Criterion("data", 3) with
        {
            Essentials = [.. ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => new GradedEssential(id, Met: true))],
        }).Failure.ShouldBe(failure);

    [Fact]
    public void Another_level_has_other_essentials()
    {
        var senior = new Verification(BirdSongs.Book, Level.Senior, Answer);

        senior.Verify(Grades.Reply(2)).Where(s => s.Value is not null).Select(s => s.Criterion).ShouldBe(["trade-offs", "consistency", "communication"]);
        senior.Verify(Grades.Reply(2, level: Level.Senior)).ShouldAllBe(s => s.Value == 2);
    }

    [Fact]
    public void The_lowest_value_needs_no_quote_and_shows_none()
    {
        Transcripts.Verified(Answer, Grades.Criterion("data", 1) with { Quotes = [] }).Value.ShouldBe(1);
        Transcripts.Verified(Answer, Grades.Criterion("data", 1)).Evidence.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_higher_value_needs_one(int value) =>
        Transcripts.Verified(Answer, Grades.Criterion("data", value) with { Quotes = [] }).Failure.ShouldBe("none of its quotes stands in the turn it names");
}
