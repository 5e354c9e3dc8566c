using System.Collections.Immutable;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Tests.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Wording.Waiting;

namespace BotPlatform.Interviewing.Tests.Wording;

public sealed class GiveawayTests
{
    private const string Rubrics = "it uses the rubric's words";
    private const string Anchor = "States what goes in and what comes out, and for whom it isn't built.";

    private static readonly RuleBook Worded = RuleBook.Compile(
        BirdSongs.Rubric with
        {
            Criteria = [.. BirdSongs.Rubric.Criteria.Select(c => c with { Cells = c.Cells.ToImmutableDictionary(x => x.Key, x => x.Value with { Anchors = ["one", "two", Anchor, "four"] }) })],
        },
        BirdSongs.Book.Problem);

    [Theory]
    [InlineData("Could you state what goes in and where?", null)]
    [InlineData("States what goes in, who?", null)]
    [InlineData("So what goes in and what follows?", Rubrics)]
    [InlineData("So WHAT GOES IN – and what follows?", Rubrics)]
    [InlineData("So \"what goes in\" and what follows?", Rubrics)]
    [InlineData("And for whom it isn’t built, they say?", Rubrics)]
    [InlineData("Would saying everybody would have shown it?", null)]
    public void Five_words_in_a_row_are_the_rubrics(string question, string? refusal) =>
        For(Worded, [], "For everybody.").Refusal(question).ShouldBe(refusal);

    [Fact]
    public void What_the_candidate_has_just_said_is_not_the_rubrics_even_in_an_earlier_message()
    {
        const string question = "You said what goes in and what comes out: for whom?";

        For(Worded, [], "First, what goes in and what comes out.", "Then the rest.", "For everybody.").Refusal(question).ShouldBeNull();
        For(Worded, [], "For everybody.").Refusal(question).ShouldBe(Rubrics);
    }

    [Theory]
    [InlineData("Is it for hikers?", GivesAway)]
    [InlineData("What about recordings per day?", GivesAway)]
    [InlineData("Would a spectrogram help there?", GivesAway)]
    [InlineData("Would you do without a spectrogram?", GivesAway)]
    [InlineData("Why not have a baseline?", GivesAway)]
    [InlineData("Do you need no baseline there?", GivesAway)]
    [InlineData("Is it for walkers?", null)]
    [InlineData("What about pretrained ones?", null)]
    public void What_is_still_to_be_shown_is_for_the_candidate_to_name(string question, string? refusal) =>
        After("For everybody.").Refusal(question).ShouldBe(refusal);

    [Fact]
    public void What_was_shown_may_be_named()
    {
        var session = For(BirdSongs.Book, [Story.Shows("modeling.network")], "We will want a picture of the sound.");

        session.Refusal("Would a spectrogram help there?").ShouldBeNull();
        session.Refusal("Would a spectrogram or a baseline help there?").ShouldBe(GivesAway);
    }

    [Fact]
    public void What_the_candidate_ruled_out_in_the_open_answer_may_be_named() =>
        For(BirdSongs.Book, [], "We need no spectrogram.", "It is for everybody.", "That is all.").Refusal("Why no spectrogram?").ShouldBeNull();

    [Fact]
    public void A_fact_that_is_told_may_name_it()
    {
        var book = RuleBook.Compile(BirdSongs.Rubric, BirdSongs.Book.Problem! with { Facts = [new("volume", ["how many"], "Mostly hikers use it."), new("latency", ["how fast"], "It is on the phone.")] });
        var session = For(book, [Story.Found(FindingKind.FactAsked, "volume")], "I would like to know a thing or two about it before. How many?");

        session.Refusal("What else matters?", "It is mostly hikers.", Gap, "volume").ShouldBeNull();
        session.Refusal("What else matters?", "It is mostly hikers.", Gap, "latency").ShouldBe(GivesAway);
    }
}
