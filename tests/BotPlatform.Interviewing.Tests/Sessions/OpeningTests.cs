using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class OpeningTests
{
    [Fact]
    public void Practice_begins_with_the_problem_and_its_first_question() => Story.Begun()
        .Then(
            "Started",
            "opened Requirements",
            "asked: Design bird-songs: name the bird from a recording.\n\nOpening question of requirements?",
            "timer Idle")
        .ThenEffects("post 1", "timer Idle");

    [Fact]
    public void A_start_pins_problem_rubric_settings_and_engine()
    {
        var started = Story.Begun(Level.Senior).Log[0].ShouldBeOfType<SessionEvent.Started>();

        started.ProblemHash.ShouldBe(BirdSongs.Hash);
        started.RubricHash.ShouldBe("hash-of-rubric");
        started.Level.ShouldBe(Level.Senior);
        started.Settings.ShouldBe(Story.AtOnce);
        started.Engine.ShouldBe(Interview.Engine);
    }

    [Fact]
    public void A_second_start_changes_nothing() => Story.Begun()
        .When(new Input.Started(BirdSongs.DistressCallsHash, Level.Staff, SessionMode.Assessed, Story.AtOnce))
        .ThenNothing();

    [Fact]
    public void Nothing_but_a_start_begins_a_session() => Story.Given().Says("Hello?").ThenNothing().When(new Input.Consented()).ThenNothing();

    [Fact]
    public void A_start_with_a_problem_that_is_not_pinned_changes_nothing() => Story.Begun(problem: "unknown").ThenNothing();

    [Fact]
    public void An_assessed_session_says_so_before_the_first_question()
    {
        var story = Story.Begun(mode: SessionMode.Assessed);

        story.Session.State.ShouldBe(SessionState.AwaitingConsent);
        story.Session.Progress(Step.Requirements).Opened.ShouldBeFalse();
        var notice = story.LastSaid().Turn.Text;
        notice.ShouldContain("assessed");
        notice.ShouldContain("language model");
        notice.ShouldContain("confidential");
        notice.ShouldEndWith("Say \"I agree\" to begin, or \"stop\".");
        story.Last.Effects.Select(Printed.Short).ShouldBe(["post 1", "timer Expire"]);
    }

    [Fact]
    public void An_assessed_session_by_rules_does_not_speak_of_a_language_model() =>
        Story.Begun(mode: SessionMode.Assessed, settings: Story.AtOnce with { Grader = GraderMode.Rules })
            .LastSaid().Turn.Text.ShouldNotContain("language model");

    [Theory]
    [InlineData("We would use a spectrogram.")]
    [InlineData("hint")]
    [InlineData("time left")]
    public void Before_consent_nothing_is_taken_down(string text)
    {
        var story = Story.Begun(mode: SessionMode.Assessed).Says(text);

        story.ThenOnlyTells("Nothing is taken down yet. Say \"I agree\" to begin, or \"stop\".");
        story.Session.Turns.ShouldNotContain(t => t.Turn.Speaker == Speaker.Candidate);
    }

    [Theory]
    [InlineData("I agree")]
    [InlineData(" ok. ")]
    [InlineData("YES!")]
    public void Consent_may_be_typed(string text) => Story.Begun(mode: SessionMode.Assessed)
        .Says(text)
        .Then(
            "ConsentGiven",
            "opened Requirements",
            "asked: Design bird-songs: name the bird from a recording.\n\nOpening question of requirements?",
            "timer Idle",
            "Heard");

    [Fact]
    public void Consent_counts_once()
    {
        var story = Story.Begun(mode: SessionMode.Assessed).When(new Input.Consented());

        story.When(new Input.Consented()).ThenNothing();
    }

    [Fact]
    public void Whoever_does_not_agree_can_stop_and_nothing_is_scored() => Story.Begun(mode: SessionMode.Assessed)
        .When(new Input.Stop())
        .Then("ended: Stopped", "told: This interview is over.")
        .ThenEffects("post 2");

    [Fact]
    public void A_session_that_nobody_consents_to_expires() => Story.Begun(mode: SessionMode.Assessed)
        .FallsDue(TimerKind.Expire)
        .Then("ended: Expired", "told: This interview is over.");

    [Fact]
    public void A_content_notice_comes_before_its_problem_even_in_practice() => Story.Begun(problem: BirdSongs.DistressCallsHash)
        .Then(
            "Started",
            "ConsentAsked",
            "told: The recordings are of injured animals.\n\nSay \"go on\" to begin, \"swap\" for another problem, or \"stop\".",
            "timer Expire");

    [Fact]
    public void A_problem_with_a_content_notice_can_be_swapped()
    {
        var story = Story.Begun(problem: BirdSongs.DistressCallsHash).Says("swap").Then(
            "ProblemSwapped",
            "told: Of course, let's take another problem.",
            "ConsentGiven",
            "opened Requirements",
            "asked: Design bird-songs: name the bird from a recording.\n\nOpening question of requirements?",
            "timer Idle",
            "Heard");

        story.Session.Book.ShouldBe(BirdSongs.Book);
        story.When(new Input.Swap()).ThenOnlyTells(Phrases.NoSwap);
    }

    [Fact]
    public void Swapping_in_an_assessed_session_still_asks_for_consent()
    {
        var story = Story.Begun(mode: SessionMode.Assessed, problem: BirdSongs.DistressCallsHash).When(new Input.Swap());

        story.Session.State.ShouldBe(SessionState.AwaitingConsent);
        story.LastSaid().Turn.Text.ShouldEndWith("Say \"I agree\" to begin, or \"stop\".");
        story.When(new Input.Swap()).ThenOnlyTells(Phrases.NoSwap);
    }

    [Fact]
    public void Without_another_problem_at_hand_none_is_offered()
    {
        var alone = Session.Empty(Guid.Empty, [BirdSongs.DistressCalls]);
        var start = new Input.Started(BirdSongs.DistressCallsHash, Level.Mid, SessionMode.Practice, Story.AtOnce);

        var notice = Interview.Decide(alone, start, Story.Start).Events.OfType<SessionEvent.Said>().Single();

        notice.Text.Value.ShouldEndWith("Say \"go on\" to begin, or \"stop\".");
    }
}
