using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class StepsTests
{
    [Fact]
    public void The_seven_steps_are_taken_in_order_each_with_its_opening_question()
    {
        var story = Begun();
        while (story.Session.IsOpen)
            story.MeetsTheBar();

        story.Log.OfType<SessionEvent.StepOpened>().Select(e => e.Step).ShouldBe(Steps.All);
        foreach (var step in Steps.All)
            story.Interviewer.Count(t => t.Turn.Text.EndsWith(BirdSongs.OpeningQuestion(step), StringComparison.Ordinal)).ShouldBe(1);
        story.Log.OfType<SessionEvent.StepClosed>().ShouldAllBe(e => e.How == StepClosing.Done);
        story.Session.Ending.ShouldBe(SessionEnding.Finished);
    }

    [Fact]
    public void A_step_closes_with_what_was_taken_down_and_goes_on()
    {
        var story = Begun().Says(
            "60k hikers, 2 million recordings per day",
            new Finding(FindingKind.Quantity, "users", Strength.Named, new Span(2, 0, 10)),
            Shows("requirements.users", label: "hikers"),
            Shows("requirements.volume", label: "the daily volume"));

        story.Says("That is it.").Then(
            "candidate: That is it.",
            "examined 4-4",
            "closed Requirements: Done",
            "opened Framing",
            "asked: I have down: 60k hikers; the daily volume. Say so if something is off.\n\nOpening question of framing?",
            "timer Idle");
    }

    [Fact]
    public void A_recap_leaves_what_belongs_to_another_step_to_that_step() => Begun()
        .Says("Hikers; and drift will wake someone.", Shows("requirements.users", label: "hikers"), Shows("requirements.volume"), Shows("monitoring.drift", label: "drift"))
        .MeetsTheBar()
        .Interviewer.ShouldContain(t => t.Turn.Text.StartsWith("I have down: hikers.", StringComparison.Ordinal));

    [Theory]
    [InlineData("9B impressions", true)]
    [InlineData("50%", false)]
    [InlineData("10s", false)]
    public void A_recap_holds_figures_that_say_what_they_are_of(string figure, bool held)
    {
        var recap = Begun(settings: AtOnce with { ProbePool = 0 })
            .Says(figure, new Finding(FindingKind.Quantity, "figure", Strength.Named, new Span(2, 0, figure.Length)))
            .LastSaid().Turn.Text;

        recap.Contains($"I have down: {figure}.", StringComparison.Ordinal).ShouldBe(held);
    }

    [Fact]
    public void A_step_in_which_nothing_was_taken_down_closes_without_a_recap() => Begun(settings: AtOnce with { ProbePool = 0 })
        .Says("Well.")
        .Then("candidate: Well.", "examined 2-2", "closed Requirements: Done", "opened Framing", "asked: Opening question of framing?", "timer Idle");

    [Fact]
    public void A_probe_shows_that_the_answer_was_heard() => Begun()
        .Says("For hikers, since they walk.", Shows("requirements.users", Strength.Reasoned, "hikers"))
        .ThenAsks("Noted: hikers.\n\n" + BirdSongs.Probe(Step.Requirements, "volume"));

    [Fact]
    public void A_word_in_passing_is_not_noted() => Begun()
        .Says("For hikers.", Shows("requirements.users", label: "hikers"))
        .ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"));

    [Fact]
    public void A_recap_leaves_out_what_was_only_asked()
    {
        const string Asked = "Is it for 60k hikers?";
        Begun(settings: AtOnce with { ProbePool = 0 })
            .Says(
                Asked + " Whatever it is, we begin.",
                new Finding(FindingKind.OpenQuestion, "open", Strength.Named, new Span(2, 0, Asked.Length)),
                new Finding(FindingKind.Quantity, "users", Strength.Named, new Span(2, 10, 10)),
                new Finding(FindingKind.Point, "requirements.users", Strength.Named, new Span(2, 0, Asked.Length), "hikers"))
            .Says("Go on.")
            .Interviewer.ShouldNotContain(t => t.Turn.Text.StartsWith("I have down", StringComparison.Ordinal));
    }

    [Fact]
    public void The_session_closes_with_the_question_what_to_change()
    {
        var story = At(Step.Monitoring).Says("Leave it.").Says("No idea.").Says("No.");

        story.ThenAsks("That was the last of the seven steps. Looking back over the whole design, is there anything you would change?");
        story.Says("No, thanks.").Then(
            "candidate: No, thanks.",
            $"examined {story.Session.Turns.Count - 1}-{story.Session.Turns.Count - 1}",
            "ended: Finished",
            "GradeRequested",
            "timer Grade",
            "told: Thank you. Your scorecard is being prepared and will appear here.");
    }

    [Theory]
    [InlineData("the modelling part please", Step.Modeling)]
    [InlineData("Let's do Monitoring.", Step.Monitoring)]
    [InlineData("serving, since the database was dull", Step.Serving)]
    [InlineData("data", Step.Data)]
    public void At_staff_level_the_candidate_chooses_where_to_go_deep(string choice, Step step)
    {
        var story = AtDepthChoice().Says(choice);

        story.Log.OfType<SessionEvent.DepthChosen>().Single().Step.ShouldBe(step);
        story.ThenAsks(BirdSongs.Stretch(step, 1));
        story.MeetsTheBar().ThenAsks(BirdSongs.Stretch(step, 2));
        story.MeetsTheBar().ThenAsks("\n\nLooking back over the whole design, is there anything you would change?".TrimStart());
    }

    [Theory]
    [InlineData("None, I am done.")]
    [InlineData("Whatever the database of metadata is.")]
    public void Whoever_names_no_step_goes_no_deeper(string choice) =>
        AtDepthChoice().Says(choice).ThenAsks("Looking back over the whole design, is there anything you would change?");

    [Theory]
    [InlineData(Level.Mid)]
    [InlineData(Level.Senior)]
    public void Below_staff_no_depth_is_offered(Level level)
    {
        var story = Begun(level);
        while (story.Session.IsOpen)
            story.Says("Leave it.");

        story.Session.DepthOffered.ShouldBeFalse();
    }

    [Fact]
    public void No_depth_is_offered_when_the_probes_are_spent()
    {
        var story = Begun(Level.Staff, settings: AtOnce with { ProbePool = 0 });
        while (story.Session.IsOpen)
            story.Says("Leave it.");

        story.Session.DepthOffered.ShouldBeFalse();
    }

    [Fact]
    public void Every_turn_of_the_interviewer_holds_one_question_at_most()
    {
        var story = Begun(Level.Staff);
        while (story.Session.IsOpen)
        {
            story.Says(
                story.Session.Awaiting == Awaiting.DepthChoice ? "data" : "Something.",
                Found(FindingKind.Contradiction, $"matter-{story.Session.Turns.Count % 4}"),
                Found(FindingKind.FactAsked, "volume"),
                Shows(BirdSongs.Essentials(story.Session.Step, Level.Staff).First(), label: "that"));
        }

        foreach (var turn in story.Interviewer)
            turn.Turn.Text.Count(c => c == '?').ShouldBe(turn.Kind == TurnKind.Question ? 1 : 0, turn.Turn.Text);
    }

    private static Story AtDepthChoice()
    {
        var story = At(Step.Monitoring, Level.Staff, AtOnce with { ProbePool = 20 });
        while (story.Session.Awaiting == Awaiting.Answer)
            story.Says("Leave it.");
        story.ThenAsks("That was the last of the seven steps. There is some time left: which of them would you like to go deeper on?");
        return story;
    }
}
