using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class LookingBackTests
{
    [Fact]
    public void Back_opens_the_step_before() => At(Step.Data).When(new Input.Back())
        .Then("opened Framing", "asked: Back to framing. What would you add or change?", "timer Idle");

    [Fact]
    public void After_a_look_back_the_unanswered_question_is_asked_again_and_no_other()
    {
        var story = At(Step.Data, settings: AtOnce with { ProbePool = 0 }).When(new Input.Back());

        story.Says("A species list.").ThenAsks("Back to data. Opening question of data?");
        story.Session.Step.ShouldBe(Step.Data);
        story.Session.Progress(Step.Framing).Closing.ShouldBe(StepClosing.Done);
    }

    [Fact]
    public void After_a_look_back_an_answered_question_is_not_asked_again()
    {
        var story = At(Step.Data, settings: AtOnce with { QuietPeriod = TimeSpan.FromSeconds(4) })
            .Says("Expert labels.").When(new Input.Back() { Findings = [Shows("data.labels")] });

        story.Says("Nothing, after all.").FallsDue(TimerKind.Quiet);
        while (story.Session.Step == Step.Framing)
            story.Says("Nothing.").FallsDue(TimerKind.Quiet);

        story.ThenAsks("Back to data.\n\n" + BirdSongs.Probe(Step.Data, "split"));
    }

    [Fact]
    public void A_contradiction_that_a_look_back_brings_up_is_asked_about() => At(Step.Serving).When(new Input.Back(Step.Requirements))
        .Says("It may take a minute.", after: 7, Found(FindingKind.Contradiction, "latency", "the latency"))
        .ThenAsks("Help me square two things you said about the latency, earlier and now: which one holds, and why?");

    [Fact]
    public void From_a_look_back_one_can_return_by_name()
    {
        var story = At(Step.Serving).When(new Input.Back(Step.Framing)).When(new Input.Back(Step.Serving));

        story.Then("closed Framing: Declined", "opened Serving", "asked: Back to serving. Opening question of serving?", "timer Idle");
    }

    [Fact]
    public void A_skipped_step_that_is_looked_at_again_without_a_word_stays_declined()
    {
        At(Step.Data).When(new Input.Back()).When(new Input.Stop()).Session.Progress(Step.Framing).Closing.ShouldBe(StepClosing.Declined);
        At(Step.Data).When(new Input.Back()).When(new Input.Skip()).Session.Progress(Step.Framing).Closing.ShouldBe(StepClosing.Declined);
    }

    [Fact]
    public void Stopping_during_a_look_back_cuts_the_step_that_was_left_open() =>
        At(Step.Data).When(new Input.Back()).When(new Input.Stop()).Session.Progress(Step.Data).Closing.ShouldBe(StepClosing.Cut);

    [Fact]
    public void What_was_read_out_already_is_not_read_out_again()
    {
        var story = Begun(settings: AtOnce with { ProbePool = 0 }).Says("For hikers.", Shows("requirements.users", label: "hikers"));
        story.ThenAsks("I have down: hikers. Say so if something is off.\n\n" + BirdSongs.OpeningQuestion(Step.Framing));

        story.When(new Input.Back()).Says("Millions.", Shows("requirements.volume", label: "the daily volume"))
            .ThenAsks("I have down: the daily volume. Say so if something is off.\n\nBack to framing. Opening question of framing?");
    }

    [Fact]
    public void There_is_nothing_before_the_first_step() => Begun().When(new Input.Back()).ThenOnlyTells(Phrases.NoStepBefore);

    [Fact]
    public void What_was_not_reached_cannot_be_gone_back_to() =>
        At(Step.Data).When(new Input.Back(Step.Serving)).ThenOnlyTells(Phrases.NotReached);

    [Fact]
    public void The_step_one_is_in_is_not_behind() =>
        At(Step.Data).When(new Input.Back(Step.Data)).ThenOnlyTells("We are in data already; carry on.");

    [Fact]
    public void From_the_last_question_one_can_go_back_even_to_the_last_step()
    {
        var story = At(Step.Monitoring).When(new Input.Skip()).When(new Input.Back());

        story.ThenAsks("Back to monitoring. What would you add or change?");
        story.When(new Input.Skip()).ThenAsks("Is there anything else you would change?");
    }
}
