using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;
using BotPlatform.Interviewing.Wording;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Wording;

/// <summary>The rules read English; where a model takes part, nobody is worse off for writing something else.</summary>
public sealed class OtherLanguagesTests
{
    private static readonly SessionSettings WithModel = Story.AtOnce with { Interviewer = InterviewerMode.Model };

    [Fact]
    public void A_question_that_the_rules_cannot_read_may_still_be_answered_from_the_facts()
    {
        var story = Story.Begun(settings: WithModel).When(new Input.MessageReceived("m1", "Wie viele Aufnahmen kommen am Tag?"));

        Wordings.Awaited(story.Session)!.Facts.Select(f => f.Id).ShouldBe(["volume", "latency", "not-fixed"]);
        var gap = Wordings.Awaited(story.Session)!.Gaps[0].Id;
        story.When(new Input.WordingReceived(story.Session.WordingAskedAt, new Worded(gap, ["volume"], "Zwei Millionen Aufnahmen am Tag.", "Was folgt daraus?")));
        story.Session.FactsTold.ShouldBe(["volume"]);
    }

    [Fact]
    public void An_answer_without_a_question_is_told_no_facts() =>
        Wordings.Awaited(Story.Begun(settings: WithModel).When(new Input.MessageReceived("m1", "Es ist für Wanderer.")).Session)!.Facts.ShouldBeEmpty();

    [Fact]
    public void A_long_answer_of_which_the_rules_know_no_word_can_be_quoted()
    {
        const string Text = "Wir teilen die Aufnahmen nach dem Ort und nach der Zeit auf, weil sonst derselbe Vogel in beiden Teilen vorkommt und wir uns etwas vormachen, was später im Feld niemand wiederfindet.";
        var turn = new Turn(2, Speaker.Candidate, Interviewing.Problems.Step.Data, Text);

        BirdSongs.Book.Examine([], [turn], []).ShouldContain(f => f.Kind == FindingKind.Junk && f.Id == "off_topic");
        Worthless.In(BirdSongs.Book, turn).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_question_is_not_asked_twice()
    {
        var story = Story.Begun(settings: WithModel).When(new Input.MessageReceived("m1", "For hikers."));
        var offer = Wordings.Awaited(story.Session)!;
        var worded = new Worded(offer.Gaps[0].Id, [], "", "Where would you begin?");
        WordingChecks.Refusal(story.Session, offer, worded).ShouldBeNull();

        story.When(new Input.WordingReceived(story.Session.WordingAskedAt, worded));

        WordingChecks.Refusal(story.Session, offer, worded).ShouldBe("it was asked before in the same words");
    }
}
