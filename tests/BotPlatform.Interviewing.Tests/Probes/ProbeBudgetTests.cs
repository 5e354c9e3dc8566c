using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Probes;

public sealed class ProbeBudgetTests
{
    [Fact]
    public void A_session_spends_its_pool_and_no_more()
    {
        var story = Begun(Level.Staff);
        while (story.Session.IsOpen)
            AlwaysSomethingToAsk(story);

        story.Log.OfType<SessionEvent.ProbeAsked>().Count().ShouldBe(SessionSettings.Default.ProbePool);
    }

    [Fact]
    public void Every_step_ahead_keeps_a_probe()
    {
        var story = Begun();
        while (story.Session.IsOpen)
            AlwaysSomethingToAsk(story);

        Steps.All.ShouldAllBe(s => story.Session.Progress(s).Probes >= 1);
    }

    [Fact]
    public void A_step_gets_five_probes_at_most()
    {
        var story = Begun(settings: AtOnce with { ProbePool = 100 });
        while (story.Session.Step == Step.Requirements)
            AlwaysSomethingToAsk(story);

        story.Session.Progress(Step.Requirements).Probes.ShouldBe(5);
    }

    [Fact]
    public void Nothing_is_asked_twice()
    {
        var story = Begun(settings: AtOnce with { ProbePool = 100, ProbesPerStep = 100 });
        while (story.Session.IsOpen)
        {
            story.Says(
                "Again.",
                Found(FindingKind.RedFlag, "plain-accuracy"),
                Found(FindingKind.Contradiction, "latency", "the latency"),
                Found(FindingKind.Buzzword, "monitoring.drift", "drift"),
                Shows(BirdSongs.Essentials(story.Session.Step, Level.Mid).First()));
        }

        story.Interviewer.Where(t => t.Kind == TurnKind.Question).Select(t => Phrases.LastParagraph(t.Turn.Text)).ShouldBeUnique();
    }

    [Fact]
    public void One_word_that_names_two_points_is_asked_about_once()
    {
        var story = At(Step.Monitoring).Says(
            "We alert on drift.",
            Shows("monitoring.drift"),
            Shows("monitoring.retraining"),
            Found(FindingKind.Buzzword, "monitoring.drift", "drift"),
            Found(FindingKind.Buzzword, "monitoring.alert", "drift"));
        story.ThenAsks(Phrases.Substance("drift", Step.Monitoring));

        story.Says("Weekly.").ThenAsks(BirdSongs.Stretch(Step.Monitoring, 1));
    }

    [Fact]
    public void Two_answers_that_add_nothing_are_enough() => Begun(Level.Senior)
        .Says("Hm.").ThenAsks(BirdSongs.Probe(Step.Requirements, "users"))
        .Says("No idea.").ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"))
        .Says("No idea.").ThenAsks(BirdSongs.OpeningQuestion(Step.Framing));

    [Fact]
    public void A_question_asked_back_is_not_an_answer_that_added_nothing() => Begun(Level.Senior)
        .Says("Hm.")
        .Says("How fast?", Found(FindingKind.FactAsked, "latency", length: 9)).ThenAsks(Phrases.GoOn)
        .Says("No idea.").ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"))
        .Says("No idea.").ThenAsks(BirdSongs.OpeningQuestion(Step.Framing));

    [Fact]
    public void A_doubt_cleared_up_is_not_an_answer_that_added_nothing() => Begun(Level.Senior)
        .Says("20 a second.", Found(FindingKind.WrongArithmetic, "rate"))
        .Says("Yes, 20.").ThenAsks(BirdSongs.Probe(Step.Requirements, "users"))
        .Says("No idea.").ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"));

    [Fact]
    public void A_step_whose_time_is_used_up_gets_no_further_probe()
    {
        var story = Begun().Says("Long thoughts.", after: 7).Says("Longer ones.", after: 7);

        story.ThenAsks(BirdSongs.OpeningQuestion(Step.Framing));
        story.Session.Progress(Step.Requirements).Closing.ShouldBe(StepClosing.Done);
    }

    [Fact]
    public void What_a_step_saved_is_there_for_the_next_one()
    {
        // Framing should be done by 27% of the hour; requirements took none of its 15%.
        var story = At(Step.Framing).Says("Long thoughts.", after: 7).Says("Longer ones.", after: 7);

        story.ThenAsks(BirdSongs.Probe(Step.Framing, "output"));
    }

    // Shows what was asked for and one thing that calls for another question.
    private static void AlwaysSomethingToAsk(Story story) => story.Says(
        "Something.",
        [
            .. BirdSongs.Essentials(story.Session.Step, story.Session.Level).Where(p => p == story.Session.LastProbed).Select(p => Shows(p)),
            Found(FindingKind.Contradiction, $"matter-{story.Session.Turns.Count}", $"matter {story.Session.Turns.Count}"),
        ]);
}
