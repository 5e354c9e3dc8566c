using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Wording;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Wording.Waiting;

namespace BotPlatform.Interviewing.Tests.Wording;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("1,000 of them", "1000")]
    [InlineData("1.000 davon", "1,000")]
    [InlineData("2,5 Sekunden", "2.5 seconds")]
    [InlineData("0.125", "0,125")]
    [InlineData("60M users", "60 million users")]
    [InlineData("60,000,000 users", "60M users")]
    [InlineData("60 M", "60 million")]
    [InlineData("2.3 million", "2,300,000")]
    [InlineData("two million", "2M")]
    [InlineData("2M", "two million")]
    [InlineData("three hundred thousand", "300k")]
    [InlineData("a thousand", "1,000")]
    [InlineData("sixty of them", "60")]
    [InlineData("60 Millionen", "60M")]
    [InlineData("٣٠٠", "300")]
    [InlineData("３００", "300")]
    [InlineData("p99", "p99 and p50")]
    [InlineData("two things, one or ten of them, a few, millions and hundreds", "")]
    [InlineData("no number", "7")]
    public void A_number_is_known_however_it_is_written(string said, string known) => Figures.AreKnown(said, [known]).ShouldBeTrue();

    [Theory]
    [InlineData("60K users", "60M users")]
    [InlineData("60 billion", "60M, 60, 60K")]
    [InlineData("5 million", "two million")]
    [InlineData("five million", "two million")]
    [InlineData("a million", "two million")]
    [InlineData("ninety percent", "9, 19, 900")]
    [InlineData("2,5 Sekunden", "25 seconds")]
    [InlineData("300", "30, 3000, 3.00")]
    [InlineData("300", "")]
    [InlineData("p95", "p99")]
    [InlineData("٣٠٠", "200")]
    [InlineData("300 and 301", "300")]
    [InlineData("99999999999999999999999999999999999999999999", "1")]
    public void Another_number_is_not(string said, string known) => Figures.AreKnown(said, [known]).ShouldBeFalse();

    [Fact]
    public void A_digit_without_end_is_read_all_the_same() =>
        Figures.AreKnown(new string('9', 1000) + " trillion trillion", [new string('9', 1000)]).ShouldBeFalse();

    [Theory]
    [InlineData("Why 40 ms?", null)]
    [InlineData("What if it were 41 ms?", HasNumber)]
    [InlineData("What if it were 4 or 0 ms?", HasNumber)]
    [InlineData("What about 300 ms?", HasNumber)]
    [InlineData("What about two million a day?", HasNumber)]
    public void A_number_is_the_candidates_or_none(string question, string? refusal) =>
        After("It takes 40 ms.", "Or so.", "For everybody.").Refusal(question).ShouldBe(refusal);

    [Theory]
    [InlineData("volume", "Two million each day.", null)]
    [InlineData("volume", "2,000,000 each day.", null)]
    [InlineData("volume", "Three million each day.", HasNumber)]
    [InlineData("latency", "Within 300 ms.", null)]
    [InlineData("volume", "Within 300 ms.", HasNumber)]
    [InlineData("not-fixed", "Say two million each day.", HasNumber)]
    public void A_number_of_a_fact_is_told_with_that_fact_alone(string fact, string answer, string? refusal) =>
        Asked().Refusal("Who are they?", answer, Gap, fact).ShouldBe(refusal);

    [Fact]
    public void A_number_that_was_taken_back_is_no_longer_known()
    {
        var session = After("It takes 40 ms.", "For everybody.");
        session.Refusal("Why 40 ms?").ShouldBeNull();

        session = Interview.Apply(session, new SessionEvent.TurnDeleted(session.LastAt, 2));
        WordingChecks.Refusal(session, Wordings.Awaited(session with { WordingAskedAt = 1 })!, new Worded(Gap, [], "", "Why 40 ms?")).ShouldBe(HasNumber);
    }
}
