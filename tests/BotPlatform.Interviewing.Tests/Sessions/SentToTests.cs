using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class SentToTests
{
    private const string Both = "For your information: what you write here is sent to a language model of Acme Models, which words my questions and helps to score. Please leave out what must not go there.";

    private static readonly SessionSettings Acme =
        Story.AtOnce with { Interviewer = InterviewerMode.Model, Grader = GraderMode.Model, SentTo = "Acme Models" };

    [Fact]
    public void Practice_says_where_text_goes_before_the_first_question() => Story.Begun(settings: Acme)
        .Then("Started", "told: " + Both, "opened Requirements", "asked: Design bird-songs: name the bird from a recording.\n\nOpening question of requirements?", "timer Idle")
        .ThenEffects("post 1", "post 2", "timer Idle");

    [Theory]
    [InlineData(InterviewerMode.Model, GraderMode.Rules, "of Acme Models, which words my questions. ")]
    [InlineData(InterviewerMode.Engine, GraderMode.Model, "of Acme Models, which helps to score. ")]
    public void It_says_what_for(InterviewerMode interviewer, GraderMode grader, string part) =>
        Story.Begun(settings: Acme with { Interviewer = interviewer, Grader = grader }).Interviewer.First().Turn.Text.ShouldContain(part);

    [Fact]
    public void A_content_notice_says_it_too_and_once() => Once(Story.Begun(settings: Acme, problem: BirdSongs.DistressCallsHash)
        .Then(
            "Started",
            "ConsentAsked",
            "told: " + Both + "\n\nThe recordings are of injured animals.\n\nSay \"go on\" to begin, \"swap\" for another problem, or \"stop\".",
            "timer Expire")
        .Says("go on"));

    [Fact]
    public void An_assessed_session_says_it_within_its_notice_and_once()
    {
        var story = Story.Begun(settings: Acme, mode: SessionMode.Assessed);
        story.Session.Progress(Step.Requirements).Opened.ShouldBeFalse();
        story.Interviewer.Single().Turn.Text.Split("\n\n")[1].ShouldBe(Both);

        Once(story.Says("hint").Says("I agree"));
    }

    [Fact]
    public void Swapping_the_problem_in_practice_does_not_repeat_it() =>
        Once(Story.Begun(settings: Acme, problem: BirdSongs.DistressCallsHash).Says("swap"));

    [Fact]
    public void It_is_part_of_no_answer()
    {
        var story = Story.Begun(settings: Acme with { Interviewer = InterviewerMode.Engine }).Says("For walkers.");

        story.ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
        story.When(new Input.Pause()).When(new Input.Resume()).ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
    }

    [Theory]
    [InlineData(SessionMode.Practice)]
    [InlineData(SessionMode.Assessed)]
    public void Where_text_goes_nowhere_nothing_is_said(SessionMode mode) =>
        Story.Begun(settings: Acme with { SentTo = null }, mode: mode).Says("I agree").Interviewer.ShouldNotContain(t => t.Turn.Text.Contains("is sent to"));

    private static void Once(Story story)
    {
        story.Session.State.ShouldBe(SessionState.Interviewing);
        story.Interviewer.Count(t => t.Turn.Text.Contains(Both)).ShouldBe(1);
    }
}
