using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class TimeTests
{
    private static readonly SessionSettings TwentyMinutes = AtOnce with { Budget = TimeSpan.FromMinutes(20), IdleAfter = TimeSpan.FromMinutes(15) };

    [Fact]
    public void The_time_from_question_to_answer_is_active()
    {
        var story = Begun().Says("For hikers.", after: 3).Says("Many.", after: 2);

        story.Session.Active.ShouldBe(TimeSpan.FromMinutes(5));
        story.Session.Progress(Step.Requirements).Active.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void When_time_is_up_the_next_answer_is_still_taken_and_then_the_interview_ends() => Begun(settings: TwentyMinutes)
        .Says("First.", after: 10)
        .Says("In the middle of a long thought,", after: 12)
        .Then(
            "candidate: In the middle of a long thought,",
            "examined 4-4",
            "closed Framing: Cut",
            "ended: OutOfTime",
            "GradeRequested",
            "timer Grade",
            "told: " + Phrases.TimeIsUp + "\n\nThank you. Your scorecard is being prepared and will appear here.");

    [Fact]
    public void Nobody_is_cut_off_between_two_messages_of_an_answer()
    {
        var story = Begun(settings: TwentyMinutes with { QuietPeriod = TimeSpan.FromMinutes(2) }).Says("One,", after: 13).Says("two,", after: 1.9);
        story.Says("three,", after: 1.9).Says("four,", after: 1.9).Says("five.", after: 1.9);

        story.Session.Active.ShouldBeGreaterThan(TimeSpan.FromMinutes(20));
        story.Session.IsOpen.ShouldBeTrue();
        story.FallsDue(TimerKind.Quiet).Session.Ending.ShouldBe(SessionEnding.OutOfTime);
    }

    [Fact]
    public void An_accommodation_stretches_the_budget() =>
        Begun(settings: TwentyMinutes with { Accommodation = 1.5 }).Says("First.", after: 10).Says("Second.", after: 12)
            .Session.IsOpen.ShouldBeTrue();

    [Fact]
    public void The_quiet_period_at_the_end_of_an_answer_is_not_the_candidates_time()
    {
        var story = Begun(settings: TwentyMinutes with { QuietPeriod = TimeSpan.FromMinutes(1) }).Says("First.", after: 10).FallsDue(TimerKind.Quiet);

        story.Says("Second.", after: 9.5).FallsDue(TimerKind.Quiet);

        story.Session.Active.ShouldBe(TimeSpan.FromMinutes(19.5));
        story.Session.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void An_outage_uses_up_nobodys_time()
    {
        // Received at minute 2, handled an hour later; then answered one minute after the question came at last.
        var story = Begun().When(new Input.MessageReceived("a", "For hikers.") { Findings = [], HandledAt = Start.AddMinutes(62) }, after: 2);

        story.Says("Many.", after: 61);

        story.Session.Active.ShouldBe(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void After_an_outage_silence_counts_from_when_the_question_came()
    {
        var story = Begun().When(new Input.MessageReceived("a", "For hikers.") { Findings = [], HandledAt = Start.AddMinutes(62) }, after: 2);

        story.Last.Effects.OfType<Effect.SetTimer>().Single().Due.ShouldBe(Start.AddMinutes(62) + story.Session.Settings.IdleAfter);
    }

    [Fact]
    public void The_last_thoughts_are_taken_even_when_time_is_up()
    {
        var story = At(Step.Monitoring, settings: TwentyMinutes).When(new Input.Skip());
        story.Session.Awaiting.ShouldBe(Awaiting.ClosingRemarks);

        story.Says("I would start smaller.", after: 30).Session.Ending.ShouldBe(SessionEnding.Finished);
    }

    [Fact]
    public void No_deep_dive_begins_when_time_is_up()
    {
        var story = At(Step.Monitoring, Level.Staff, TwentyMinutes).When(new Input.Skip());
        story.Session.Awaiting.ShouldBe(Awaiting.DepthChoice);

        story.Says("Data.", after: 10).Session.IsOpen.ShouldBeTrue();
        story.Session.Step.ShouldBe(Step.Data);
        At(Step.Monitoring, Level.Staff, TwentyMinutes with { Budget = TimeSpan.FromMinutes(5) }).When(new Input.Skip())
            .Says("Data.", after: 10).Session.Ending.ShouldBe(SessionEnding.OutOfTime);
    }

    [Fact]
    public void The_time_left_is_told_on_request()
    {
        var story = Begun().Says("For hikers.", after: 5);

        story.When(new Input.TimeLeft(), after: 2)
            .ThenOnlyTells("About 53 of 60 minutes are left; we are in requirements, step 1 of 7. Only your own active time counts.");
        story.Session.TimeLeft(story.Now).ShouldBe(TimeSpan.FromMinutes(53));
    }

    [Fact]
    public void The_time_left_is_never_below_zero() => Begun(settings: TwentyMinutes with { Budget = TimeSpan.FromMinutes(1) })
        .When(new Input.TimeLeft(), after: 7)
        .LastSaid().Turn.Text.ShouldStartWith("About 0 of 1 minutes are left");

    [Fact]
    public void A_clock_that_goes_backwards_takes_nothing_away()
    {
        var story = Begun().Says("For hikers.", after: 5).Says("Many.", after: -60).Says("More.", after: 58);

        story.Session.Active.ShouldBe(TimeSpan.FromMinutes(5));
        story.Log.Select(e => e.At).ShouldBeInOrder();
    }
}
