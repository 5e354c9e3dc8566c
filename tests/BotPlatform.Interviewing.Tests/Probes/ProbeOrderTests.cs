using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Probes;

public sealed class ProbeOrderTests
{
    private static readonly Finding Arithmetic = Found(FindingKind.WrongArithmetic, "daily-volume", "2 million a day");
    private static readonly Finding Contradiction = Found(FindingKind.Contradiction, "latency", "the latency");
    private static readonly Finding WrongTurn = Found(FindingKind.RedFlag, "plain-accuracy");
    private static readonly Finding Buzzword = Found(FindingKind.Buzzword, "evaluation.online", "corrections");

    [Fact]
    public void Doubts_come_first_then_essentials_then_buzzwords_then_one_stretch_question()
    {
        var story = At(Step.Evaluation, settings: AtOnce with { ProbesPerStep = 10 });

        story.Says("All at once.", Buzzword, WrongTurn, Contradiction, Arithmetic);
        story.Says("More.").Says("More.").Says("More.");
        story.Says("The metric.", Shows("evaluation.metric")).Says("The slices.", Shows("evaluation.slices")).Says("More.").Says("More.");

        story.Log.OfType<SessionEvent.ProbeAsked>().Select(e => e.Kind).ShouldBe(
        [
            ProbeKind.Arithmetic,
            ProbeKind.Contradiction,
            ProbeKind.WrongTurn,
            ProbeKind.Essential,
            ProbeKind.Essential,
            ProbeKind.Buzzword,
            ProbeKind.Stretch,
        ]);
        story.Session.Step.ShouldBe(Step.Serving);
    }

    [Fact]
    public void A_wrong_number_is_asked_about_neutrally() =>
        Begun().Says("2 million a day are 20 a second.", Arithmetic)
            .ThenAsks("Walk me through that number, 2 million a day: how do you get to it?");

    [Fact]
    public void A_contradiction_is_asked_about_in_whatever_step_it_shows() =>
        At(Step.Serving).Says("It takes a minute.", Contradiction)
            .ThenAsks("Help me square two things you said about the latency, earlier and now: which one holds, and why?");

    [Fact]
    public void A_wrong_turn_gets_the_chance_to_be_taken_back() =>
        At(Step.Evaluation).Says("Plain accuracy.", WrongTurn).ThenAsks("What would accuracy tell you about a recording of silence?");

    [Fact]
    public void What_was_corrected_is_not_asked_about() =>
        At(Step.Evaluation).Says("Plain accuracy, no: average precision.", WrongTurn, Found(FindingKind.Correction, "plain-accuracy"))
            .ThenAsks(BirdSongs.Probe(Step.Evaluation, "metric"));

    [Fact]
    public void An_essential_that_was_shown_is_not_asked_about() =>
        Begun().Says("For hikers.", Shows("requirements.users")).ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"));

    [Fact]
    public void Essentials_are_those_of_the_level()
    {
        Finding[] mid = [Shows("requirements.users"), Shows("requirements.volume")];

        Begun(Level.Mid).Says("Both.", mid).ThenAsks(BirdSongs.Stretch(Step.Requirements, 1));
        Begun(Level.Senior).Says("Both.", mid).ThenAsks(BirdSongs.Probe(Step.Requirements, "offline"));
    }

    [Fact]
    public void A_word_without_substance_is_asked_about_once_every_essential_had_its_chance() => At(Step.Monitoring)
        .Says("Drift and retraining.", Shows("monitoring.drift"), Shows("monitoring.retraining"), Found(FindingKind.Buzzword, "monitoring.drift", "drift"))
        .ThenAsks("You mentioned drift: what does that look like here, and when would someone be woken?");

    [Theory]
    [InlineData("serving.device", false)]
    [InlineData("monitoring.retraining", true)]
    public void A_word_that_fitted_the_step_it_fell_in_is_not_asked_about_in_a_later_one(string named, bool asked)
    {
        var story = At(Step.Serving);
        var span = new Span(story.Session.Turns.Count + 1, 0, 5);

        story.Says("Alert.", Shows(named, label: "an alert") with { Span = span }, Found(FindingKind.Buzzword, "monitoring.alert", "an alert") with { Span = span });
        story.MeetsTheBar().MeetsTheBar();
        story.Session.Step.ShouldBe(Step.Monitoring);
        story.MeetsTheBar();

        story.Interviewer.Any(t => t.Turn.Text.Contains("You mentioned an alert", StringComparison.Ordinal)).ShouldBe(asked);
    }

    [Fact]
    public void A_word_that_got_its_substance_meanwhile_is_not_asked_about() => At(Step.Monitoring)
        .Says(
            "Drift: PSI above 0.2 pages us. And retraining.",
            Shows("monitoring.drift", Strength.Reasoned),
            Shows("monitoring.retraining"),
            Found(FindingKind.Buzzword, "monitoring.drift", "drift"))
        .ThenAsks(BirdSongs.Stretch(Step.Monitoring, 1));

    [Fact]
    public void A_buzzword_of_another_step_waits_for_its_own() => Begun()
        .Says("We monitor drift.", Shows("requirements.users"), Shows("requirements.volume"), Found(FindingKind.Buzzword, "monitoring.drift", "drift"))
        .ThenAsks(BirdSongs.Stretch(Step.Requirements, 1));

    [Fact]
    public void Only_who_meets_the_bar_gets_a_stretch_question()
    {
        var named = Begun(Level.Senior).Says(
            "All.", Shows("requirements.users"), Shows("requirements.volume"), Shows("requirements.offline", Strength.Named));
        named.ThenAsks(BirdSongs.OpeningQuestion(Step.Framing));

        var reasoned = Begun(Level.Senior).Says(
            "All.", Shows("requirements.users"), Shows("requirements.volume"), Shows("requirements.offline", Strength.Reasoned));
        reasoned.ThenAsks(BirdSongs.Stretch(Step.Requirements, 1)).Says("A hard one.").ThenAsks(BirdSongs.OpeningQuestion(Step.Framing));
    }
}
