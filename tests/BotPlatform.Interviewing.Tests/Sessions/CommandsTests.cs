using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class CommandsTests
{
    [Fact]
    public void Practice_gives_a_hint_on_what_was_asked_about_last()
    {
        var story = Begun().Says("Hm.").Says("Hm.").ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"));

        story.When(new Input.Hint()).Then("hint requirements.volume", "told: A hint: Think of volume.");
        story.When(new Input.Hint()).Then("hint requirements.users", "told: A hint: Think of users.");
        story.When(new Input.Hint()).ThenOnlyTells(Phrases.NoMoreHints);
    }

    [Fact]
    public void What_is_shown_after_a_hint_is_recorded_as_such()
    {
        var story = Begun().Says("Hm.").When(new Input.Hint()).Says("Hikers!", Shows("requirements.users"));

        story.Session.Progress("requirements.users").Prompting.ShouldBe(Prompting.Hint);
    }

    [Fact]
    public void What_comes_unprompted_or_after_a_probe_is_recorded_as_such()
    {
        var story = Begun().Says("For hikers.", Shows("requirements.users")).Says("Millions.", Shows("requirements.volume"));

        story.Session.Progress("requirements.users").Prompting.ShouldBe(Prompting.Unprompted);
        story.Session.Progress("requirements.volume").Prompting.ShouldBe(Prompting.NeutralProbe);
    }

    [Fact]
    public void A_hint_does_not_end_an_answer()
    {
        var story = Begun(settings: AtOnce with { QuietPeriod = TimeSpan.FromSeconds(4) }).Says("Well,").When(new Input.Hint()).Says("hikers.");

        story.Session.OpenAnswer().Select(t => t.Text).ShouldBe(["Well,", "hikers."]);
    }

    [Fact]
    public void An_assessed_session_refuses_hints_and_feedback_kindly()
    {
        var story = Begun(mode: SessionMode.Assessed).When(new Input.Consented());

        story.When(new Input.Hint()).ThenOnlyTells(Phrases.NoHintsHere);
        story.When(new Input.Feedback()).ThenOnlyTells(Phrases.NoFeedbackHere);
    }

    [Fact]
    public void There_is_no_feedback_before_a_step_is_done() => Begun().When(new Input.Feedback()).ThenOnlyTells(Phrases.NoStepDone);

    [Fact]
    public void A_step_skipped_after_its_opening_question_is_declined() => Begun()
        .When(new Input.Skip())
        .Then("closed Requirements: Declined", "opened Framing", "asked: Leaving requirements out.\n\nOpening question of framing?", "timer Idle");

    [Fact]
    public void A_step_skipped_after_an_answer_is_done() => Begun().Says("For hikers.")
        .When(new Input.Skip())
        .Then("closed Requirements: Done", "opened Framing", "asked: Moving on from requirements.\n\nOpening question of framing?", "timer Idle");

    [Fact]
    public void Whoever_only_asked_and_then_skips_has_declined() => Begun()
        .Says("How fast?", Found(FindingKind.FactAsked, "latency", length: 9))
        .When(new Input.Skip())
        .Session.Progress(Step.Requirements).Closing.ShouldBe(StepClosing.Declined);

    [Fact]
    public void Skipping_takes_what_was_said_before_it() => Begun(settings: AtOnce with { QuietPeriod = TimeSpan.FromSeconds(4) })
        .Says("For hikers.")
        .When(new Input.Skip() { Findings = [Shows("requirements.users")] })
        .Then("examined 2-2", "closed Requirements: Done", "opened Framing", "asked: Moving on from requirements.\n\nOpening question of framing?", "timer Idle");

    [Fact]
    public void Skipping_the_last_question_ends_the_interview() =>
        At(Step.Monitoring).When(new Input.Skip()).When(new Input.Skip()).Session.Ending.ShouldBe(SessionEnding.Finished);

    [Fact]
    public void Skipping_the_choice_of_depth_goes_no_deeper() =>
        At(Step.Monitoring, Level.Staff).When(new Input.Skip()).When(new Input.Skip())
            .ThenAsks("Looking back over the whole design, is there anything you would change?");

    [Fact]
    public void Stopping_early_scores_what_was_reached()
    {
        var story = At(Step.Data).Says("Expert labels.").When(new Input.Stop());

        story.Then(
            "closed Data: Cut", "ended: Stopped", "GradeRequested", "timer Grade", "told: Thank you. Your scorecard is being prepared and will appear here.");
        story.ThenEffects("RequestGrade", "timer Grade", $"post {story.Session.Turns.Count}");
    }

    [Theory]
    [InlineData("hint")]
    [InlineData("stop")]
    [InlineData("One more thing: I would split by site.")]
    public void After_the_end_everything_is_answered_kindly_and_nothing_is_taken(string text)
    {
        var story = Begun().When(new Input.Stop()).Says(text);

        story.ThenOnlyTells("This interview is over. You can start another one at any time.");
        story.Session.Turns.ShouldNotContain(t => t.Turn.Speaker == Speaker.Candidate);
    }

    [Fact]
    public void Commands_may_be_typed_as_bare_words_but_only_as_the_whole_message()
    {
        Begun().Says(" Skip. ").Session.Step.ShouldBe(Step.Framing);
        Begun().Says("We skip it").Session.Step.ShouldBe(Step.Requirements);
        At(Step.Serving).Says("back to data").Session.Step.ShouldBe(Step.Data);
    }
}
