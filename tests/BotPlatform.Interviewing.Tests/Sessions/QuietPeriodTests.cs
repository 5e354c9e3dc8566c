using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class QuietPeriodTests
{
    private static readonly SessionSettings Patient = AtOnce with { QuietPeriod = TimeSpan.FromSeconds(4) };

    [Fact]
    public void A_message_is_taken_down_and_not_answered_at_once() => Begun(settings: Patient)
        .Says("For hikers.")
        .Then("candidate: For hikers.", "timer Quiet")
        .ThenEffects("timer Quiet");

    [Fact]
    public void The_period_is_the_configured_one()
    {
        var story = Begun(settings: Patient).Says("For hikers.");

        story.Last.Effects.ShouldBe([new Effect.SetTimer(TimerKind.Quiet, Start + TimeSpan.FromSeconds(4), story.Session.Version)]);
    }

    [Fact]
    public void Several_messages_in_a_row_are_one_answer() => Begun(settings: Patient)
        .Says("For hikers,").Says("with recordings per day", after: 0.02).Says("in the millions.", after: 0.02)
        .FallsDue(TimerKind.Quiet)
        .Then("examined 2-4", "probe Essential requirements.users", "asked: " + BirdSongs.Probe(Interviewing.Problems.Step.Requirements, "users"), "timer Idle");

    [Fact]
    public void Silence_that_was_broken_is_stale()
    {
        var story = Begun(settings: Patient).Says("For hikers,");
        var first = story.Session.Timers[TimerKind.Quiet];

        story.Says("and others.").When(new Input.TimerDue(TimerKind.Quiet, first)).ThenNothing();
    }

    [Fact]
    public void A_timer_that_falls_due_twice_counts_once()
    {
        var story = Begun(settings: Patient).Says("For hikers.");
        var number = story.Session.Timers[TimerKind.Quiet];

        story.FallsDue(TimerKind.Quiet).When(new Input.TimerDue(TimerKind.Quiet, number)).ThenNothing();
    }

    [Fact]
    public void A_message_that_comes_twice_counts_once()
    {
        var story = Begun(settings: Patient).When(new Input.MessageReceived("k", "For hikers."));

        story.When(new Input.MessageReceived("k", "For hikers.")).ThenNothing();
        story.When(new Input.MessageReceived("k", "Something else.")).ThenNothing();
    }

    [Fact]
    public void A_typed_command_that_comes_twice_counts_once()
    {
        var story = Begun(settings: Patient).When(new Input.MessageReceived("k", "hint"));

        story.Log.OfType<SessionEvent.HintGiven>().Count().ShouldBe(1);
        story.When(new Input.MessageReceived("k", "hint")).ThenNothing();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void An_empty_message_is_no_answer(string text)
    {
        Begun(settings: Patient).Says(text).ThenNothing();
        Begun(settings: Patient).When(new Input.Pause()).Says(text).ThenNothing();
    }

    [Fact]
    public void A_flood_of_messages_is_answered_without_waiting_for_silence()
    {
        var story = Begun(settings: Patient);
        for (var i = 1; i < Interview.MessagesPerAnswer; i++)
            story.Says("and");
        story.Interviewer.Count().ShouldBe(1);

        story.Says("and").ThenAsks(BirdSongs.Probe(Interviewing.Problems.Step.Requirements, "users"));
    }

    [Fact]
    public void Nothing_is_asked_when_every_message_was_taken_back()
    {
        var story = Begun(settings: Patient).When(new Input.MessageReceived("k", "For hikers.")).When(new Input.MessageDeleted("k"));

        story.FallsDue(TimerKind.Quiet).ThenNothing();
    }

    [Fact]
    public void A_notice_in_between_does_not_divide_an_answer() => Begun(settings: Patient)
        .Says("For hikers,").When(new Input.TimeLeft()).Says("with a phone.")
        .FallsDue(TimerKind.Quiet)
        .Last.Events.OfType<SessionEvent.AnswerExamined>().Single().ShouldSatisfyAllConditions(e => e.FirstTurn.ShouldBe(2), e => e.LastTurn.ShouldBe(4));

    [Fact]
    public void Only_an_open_answer_can_be_closed()
    {
        var story = Begun(settings: Patient);
        Interview.ClosesAnswer(story.Session, new Input.Skip()).ShouldBeFalse();

        story.Says("For hikers.");
        var due = new Input.TimerDue(TimerKind.Quiet, story.Session.Timers[TimerKind.Quiet]);
        Interview.ClosesAnswer(story.Session, due).ShouldBeTrue();
        Interview.ClosesAnswer(story.Session, due with { EventNumber = 1 }).ShouldBeFalse();
        Interview.ClosesAnswer(story.Session, new Input.Skip()).ShouldBeTrue();
        Interview.ClosesAnswer(story.Session, new Input.MessageReceived("k", "skip")).ShouldBeTrue();
        Interview.ClosesAnswer(story.Session, new Input.TimeLeft()).ShouldBeFalse();

        story.When(new Input.Pause());
        Interview.ClosesAnswer(story.Session, due).ShouldBeFalse();
        Interview.ClosesAnswer(story.Session, new Input.Stop()).ShouldBeTrue();
    }
}
