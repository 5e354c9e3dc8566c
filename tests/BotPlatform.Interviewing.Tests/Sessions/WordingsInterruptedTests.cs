using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Wording;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>What happens while a model words the next question.</summary>
public sealed class WordingsInterruptedTests
{
    private const string Question = "What would change if they were at sea?";
    private static readonly SessionSettings ByModel = AtOnce with { Interviewer = InterviewerMode.Model };
    private static readonly SessionSettings Patient = ByModel with { QuietPeriod = TimeSpan.FromSeconds(4) };

    [Fact]
    public void Who_writes_on_has_not_finished_and_the_answer_is_read_as_a_whole()
    {
        var (story, early) = Waiting();

        story.Says("And sailors.", after: 0.01).Then("candidate: And sailors.", "timer Quiet");
        story.When(early).ThenNothing();
        story.FallsDue(TimerKind.Quiet).Then("examined 2-3", "WordingRequested", "timer Wording");
        story.When(early).ThenNothing();
        story.When(Reply(story)).ThenAsks(Question);
    }

    [Fact]
    public void The_timer_of_what_was_asked_for_before_says_nothing()
    {
        var (story, _) = Waiting();
        var first = story.Session.Timers[TimerKind.Wording];

        story.Says("And sailors.").When(new Input.TimerDue(TimerKind.Wording, first), after: 0.05).ThenNothing();
        story.FallsDue(TimerKind.Quiet).When(new Input.TimerDue(TimerKind.Wording, first)).ThenNothing();
        story.FallsDue(TimerKind.Wording).ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
    }

    [Fact]
    public void What_is_shown_while_writing_on_counts_as_an_answer_to_the_question()
    {
        var story = Begun(Level.Senior, settings: ByModel).Says("Hm.").FallsDue(TimerKind.Wording).ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));

        story.Says("Hm.").Says("Hikers.", Shows("requirements.users")).FallsDue(TimerKind.Wording).ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"));
        story.Session.Progress(Step.Requirements).Fruitless.ShouldBe(0);
        story.Says("Hm.").Says("Millions.", Shows("requirements.volume")).FallsDue(TimerKind.Wording).ThenAsks(BirdSongs.Probe(Step.Requirements, "offline"));
    }

    [Fact]
    public void A_step_may_be_skipped_or_looked_back_at_and_the_reply_is_dropped()
    {
        var (story, early) = Waiting();
        story.When(new Input.Skip())
            .Then("examined 2-2", "closed Requirements: Done", "opened Framing", "asked: Moving on from requirements.\n\nOpening question of framing?", "timer Idle");
        story.When(early).ThenNothing();

        story.Says("A list.").FallsDue(TimerKind.Quiet);
        early = Reply(story);
        story.When(new Input.Back()).ThenAsks("Back to requirements. " + Phrases.BackHere);
        story.When(early).ThenNothing();
    }

    [Fact]
    public void A_pause_keeps_what_was_said_and_after_it_a_model_is_asked_again()
    {
        var (story, early) = Waiting();

        story.When(new Input.Pause()).Then("paused", "told: " + Phrases.Paused, "timer Expire").When(early).ThenNothing();
        story.FallsDue(TimerKind.Wording).ThenNothing();
        story.When(new Input.Resume(), after: 60).Then("Resumed", "timer Idle", "timer Quiet").When(early).ThenNothing();
        story.FallsDue(TimerKind.Quiet).Then("examined 2-2", "WordingRequested", "timer Wording");
        story.When(Reply(story)).ThenAsks(Question);
    }

    [Fact]
    public void A_message_in_a_pause_goes_on_with_the_answer()
    {
        var (story, _) = Waiting();

        story.When(new Input.Pause()).Says("And sailors.").FallsDue(TimerKind.Quiet).Then("examined 2-4", "WordingRequested", "timer Wording");
    }

    [Fact]
    public void Stopping_ends_it_with_what_was_said()
    {
        var (story, early) = Waiting();

        story.When(new Input.Stop()).Session.State.ShouldBe(SessionState.Grading);
        SessionScoring.Transcript(story.Session).ShouldContain(t => t.Text == "For walkers.");
        story.When(early).ThenNothing();
        story.FallsDue(TimerKind.Wording).ThenNothing();
    }

    [Fact]
    public void What_is_only_told_meanwhile_keeps_the_reply_welcome()
    {
        var (story, early) = Waiting();

        story.When(new Input.TimeLeft()).When(new Input.Feedback()).When(new Input.Resume()).When(new Input.Swap()).When(early).ThenAsks(Question);
    }

    [Fact]
    public void A_hint_is_given_at_once_and_what_it_was_about_is_not_asked_then()
    {
        var (story, early) = Waiting();

        story.When(new Input.Hint()).Then("hint requirements.users", "told: A hint: Think of users.");
        story.When(early).Then("wording Refused", "probe Essential requirements.volume", "asked: " + BirdSongs.Probe(Step.Requirements, "volume"), "timer Idle");
    }

    [Fact]
    public void An_edit_makes_the_reply_stale_and_the_answer_is_read_as_it_stands_then()
    {
        var (story, early) = Waiting();

        story.When(new Input.MessageEdited("m1", "For hikers.")).Then("edited 2: For hikers.", "examined 2-2", "timer Quiet").When(early).ThenNothing();
        story.FallsDue(TimerKind.Quiet, default, Shows("requirements.users")).Then("examined 2-2", "WordingRequested", "timer Wording");
        Wordings.Awaited(story.Session)!.Gaps.Select(g => g.Id).ShouldBe(["requirements.volume"]);
    }

    [Fact]
    public void Without_a_quiet_period_an_edit_asks_again_at_once()
    {
        var story = Begun(settings: ByModel).Says("For walkers.");
        var early = Reply(story);

        story.When(new Input.MessageEdited("m1", "For sailors.")).Then("edited 2: For sailors.", "examined 2-2", "WordingRequested", "timer Wording");
        story.When(early).ThenNothing().When(Reply(story)).ThenAsks(Question);
    }

    [Fact]
    public void Taking_back_one_of_several_messages_leaves_the_others_to_be_read()
    {
        var story = Begun(settings: Patient).Says("For walkers.").Says("And sailors.").FallsDue(TimerKind.Quiet);

        story.When(new Input.MessageDeleted("m2")).FallsDue(TimerKind.Quiet).Then("examined 2-2", "WordingRequested", "timer Wording");
    }

    [Fact]
    public void Taking_everything_back_leaves_the_question_as_it_was_and_silence_stops_the_clock()
    {
        var (story, early) = Waiting();

        story.When(new Input.MessageDeleted("m1")).Then("deleted 2", "timer Idle").When(early).ThenNothing();
        story.FallsDue(TimerKind.Wording).ThenNothing();
        story.FallsDue(TimerKind.Idle).Session.State.ShouldBe(SessionState.Paused);
        story.Says("For hikers.").FallsDue(TimerKind.Quiet).Then("examined 4-4", "WordingRequested", "timer Wording");
    }

    [Fact]
    public void Silence_is_ours_while_a_model_is_awaited()
    {
        var story = Begun(settings: Patient with { IdleAfter = TimeSpan.FromSeconds(6) }).Says("For walkers.").FallsDue(TimerKind.Quiet);

        story.FallsDue(TimerKind.Idle).ThenNothing();
        story.FallsDue(TimerKind.Wording).ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
    }

    private static (Story Story, Input.WordingReceived Reply) Waiting()
    {
        var story = Begun(settings: Patient).Says("For walkers.").FallsDue(TimerKind.Quiet);
        return (story, Reply(story));
    }

    private static Input.WordingReceived Reply(Story story) => new(story.Session.WordingAskedAt, new Worded("requirements.users", [], "", Question));
}
