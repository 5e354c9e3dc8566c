using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class PausingTests
{
    private static readonly SessionSettings Patient = AtOnce with { QuietPeriod = TimeSpan.FromSeconds(4) };

    [Fact]
    public void A_pause_stops_the_clock()
    {
        var story = Begun().When(new Input.Pause(), after: 2).Then("paused", "told: " + Phrases.Paused, "timer Expire");

        story.When(new Input.Resume(), after: 600).Says("For hikers.", after: 1);
        story.Session.Active.ShouldBe(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Resuming_repeats_the_question_without_what_stood_before_it()
    {
        var story = Begun().When(new Input.Pause()).When(new Input.Resume());
        story.Then("Resumed", "asked: Welcome back. We were here:\n\nOpening question of requirements?", "timer Idle");

        story.When(new Input.Pause()).When(new Input.Resume())
            .Then("Resumed", "asked: Welcome back. We were here:\n\nOpening question of requirements?", "timer Idle");
    }

    [Fact]
    public void Any_message_resumes()
    {
        var story = Begun().When(new Input.Pause()).Says("For hikers.", after: 3000);

        story.Session.State.ShouldBe(SessionState.Interviewing);
        story.Session.Active.ShouldBe(TimeSpan.Zero);
        story.ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
    }

    [Fact]
    public void Two_pauses_are_one_and_without_a_pause_there_is_nothing_to_resume()
    {
        var story = Begun().When(new Input.Resume()).ThenOnlyTells(Phrases.NotPaused);

        story.When(new Input.Pause()).When(new Input.Pause()).ThenOnlyTells(Phrases.AlreadyPaused);
    }

    [Fact]
    public void What_was_being_said_before_a_pause_is_not_lost()
    {
        var story = Begun(settings: Patient).Says("For hikers.").When(new Input.Pause());
        story.FallsDue(TimerKind.Quiet).ThenNothing();

        story.When(new Input.Resume()).Then("Resumed", "timer Idle", "timer Quiet");
        story.FallsDue(TimerKind.Quiet).ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
    }

    [Fact]
    public void Long_silence_stops_the_clock_and_says_so()
    {
        var story = Begun().FallsDue(TimerKind.Idle).Then("paused by itself", "told: " + Phrases.PausedByItself, "timer Expire");

        story.Session.Active.ShouldBe(SessionSettings.Default.IdleAfter);
        story.Says("For hikers.", after: 300);
        story.Session.Active.ShouldBe(SessionSettings.Default.IdleAfter);
    }

    [Fact]
    public void Someone_who_writes_is_not_idle()
    {
        var story = Begun(settings: Patient).When(new Input.TimeLeft(), after: 7);

        story.FallsDue(TimerKind.Idle).Then("timer Idle");
        story.Last.Effects.ShouldBe([new Effect.SetTimer(TimerKind.Idle, Start.AddMinutes(15), story.Session.Version)]);
    }

    [Fact]
    public void Silence_is_not_idle_while_an_answer_waits_for_us()
    {
        // The quiet period was over long ago, but an outage kept us from closing the answer.
        var story = Begun(settings: Patient with { IdleAfter = TimeSpan.FromSeconds(2) }).Says("For hikers.");

        story.FallsDue(TimerKind.Idle).ThenNothing();
        story.FallsDue(TimerKind.Quiet).ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
    }

    [Fact]
    public void Who_takes_back_the_answer_that_kept_the_clock_running_is_idle_again()
    {
        var story = Begun(settings: Patient with { IdleAfter = TimeSpan.FromSeconds(2) }).When(new Input.MessageReceived("k", "For hikers."));
        story.FallsDue(TimerKind.Idle).ThenNothing();

        story.When(new Input.MessageDeleted("k")).Then("deleted 2", "timer Idle");
        story.FallsDue(TimerKind.Idle).Then("paused by itself", "told: " + Phrases.PausedByItself, "timer Expire");
        story.FallsDue(TimerKind.Quiet).ThenNothing();
    }

    [Fact]
    public void Idle_time_counts_as_idle_even_when_the_timer_was_late() =>
        Begun().Says("For hikers.", after: 500).Session.Active.ShouldBe(SessionSettings.Default.IdleAfter);

    [Fact]
    public void After_waking_up_silence_stops_the_clock_again()
    {
        var story = Begun(settings: Patient).FallsDue(TimerKind.Idle).When(new Input.MessageReceived("k", "For"), after: 60);
        story.When(new Input.MessageDeleted("k")).FallsDue(TimerKind.Quiet).ThenNothing();

        while (story.Session.State == SessionState.Interviewing)
            story.FallsDue(TimerKind.Idle);

        story.Session.PausedByItself.ShouldBeTrue();
    }

    [Fact]
    public void A_stale_idle_timer_does_nothing()
    {
        var story = Begun();
        var first = story.Session.Timers[TimerKind.Idle];
        story.FallsDue(TimerKind.Idle).Says("I am back.", after: 60);

        story.When(new Input.TimerDue(TimerKind.Idle, first)).ThenNothing();
    }

    [Fact]
    public void A_pause_of_weeks_ends_the_session_and_what_was_reached_is_scored()
    {
        var story = At(Step.Data).When(new Input.Pause());

        story.FallsDue(TimerKind.Expire).Then(
            "closed Data: Cut", "ended: Expired", "GradeRequested", "timer Grade", "told: Thank you. Your scorecard is being prepared and will appear here.");
        story.Now.ShouldBe(Start + SessionSettings.Default.ExpireAfter);
    }

    [Fact]
    public void A_session_that_was_taken_up_again_does_not_expire()
    {
        var story = Begun().When(new Input.Pause()).When(new Input.Resume(), after: 60);

        story.FallsDue(TimerKind.Expire).ThenNothing();
    }

    [Fact]
    public void Skipping_and_going_back_wake_a_paused_session()
    {
        At(Step.Data).When(new Input.Pause()).When(new Input.Skip()).Session.State.ShouldBe(SessionState.Interviewing);
        At(Step.Data).When(new Input.Pause()).When(new Input.Back()).Session.State.ShouldBe(SessionState.Interviewing);
    }
}
