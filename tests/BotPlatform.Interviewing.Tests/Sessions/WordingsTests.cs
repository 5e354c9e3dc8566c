using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Wording;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class WordingsTests
{
    private const string HowMany = "How many recordings?";
    private const string Question = "What would change if they were at sea?";
    private static readonly SessionSettings ByModel = AtOnce with { Interviewer = InterviewerMode.Model };
    private static readonly Finding Volume = Found(FindingKind.FactAsked, "volume", length: HowMany.Length);

    [Fact]
    public void A_model_is_asked_to_word_the_next_question_and_has_five_seconds()
    {
        var story = Begun(settings: ByModel).Says("For walkers.")
            .Then("candidate: For walkers.", "examined 2-2", "WordingRequested", "timer Wording");

        story.Last.Effects.ShouldBe([new Effect.RequestWording(story.Session.WordingAskedAt), new Effect.SetTimer(TimerKind.Wording, Start.AddSeconds(5), story.Session.Version)]);
        story.Log[story.Session.WordingAskedAt - 1].ShouldBeOfType<SessionEvent.WordingRequested>();
    }

    [Fact]
    public void It_may_choose_among_probes_that_are_worth_the_same()
    {
        var offer = Wordings.Awaited(Begun(settings: ByModel).Says("For walkers.").Session)!;

        offer.Gaps.Select(g => g.Id).ShouldBe(["requirements.users", "requirements.volume"]);
        (offer.Question, offer.Facts.IsEmpty).ShouldBe((BirdSongs.Probe(Step.Requirements, "users"), true));
    }

    [Fact]
    public void Facts_are_offered_only_to_who_asked()
    {
        var offer = Wordings.Awaited(Begun(settings: ByModel).Says(HowMany, Volume).Session)!;

        offer.Facts.Select(f => f.Id).ShouldBe(["volume", "latency", "not-fixed"]);
        (offer.Question, offer.Gaps.IsEmpty).ShouldBe((Phrases.GoOn, true));
    }

    [Fact]
    public void Its_words_are_asked_for_the_gap_that_it_picked()
    {
        var story = Begun(settings: ByModel).Says("For walkers.");

        Reply(story, new Worded("requirements.volume", [], "", Question))
            .Then("wording Model", "probe Essential requirements.volume", "asked: " + Question, "timer Idle");
        story.Session.WordingAskedAt.ShouldBe(0);
        story.Says("Hm.");
        Wordings.Awaited(story.Session)!.Gaps.Select(g => g.Id).ShouldBe(["requirements.users"]);
    }

    [Fact]
    public void The_facts_that_it_recognised_are_told_in_its_words_and_logged()
    {
        var story = Begun(settings: ByModel).Says("I wonder about size and speed, tell me?", Found(FindingKind.OpenQuestion, "open", length: 39));

        Reply(story, new Worded(null, ["latency", "volume"], "Two million a day, each within 300 ms.", "What follows?"))
            .Then("wording Model", "fact volume", "fact latency", "QuestionsAnswered", "asked: Two million a day, each within 300 ms.\n\nWhat follows?", "timer Idle");
        story.Session.FactsTold.ShouldBe(["volume", "latency"], ignoreOrder: true);
    }

    [Fact]
    public void What_is_not_fixed_is_answered_and_logged_as_no_fact()
    {
        var story = Begun(settings: ByModel).Says("What do phones cost?", Found(FindingKind.OpenQuestion, "open", length: 20));

        Reply(story, new Worded(null, ["not-fixed"], "Assume what you like.", "What follows?"))
            .Then("wording Model", "QuestionsAnswered", "asked: Assume what you like.\n\nWhat follows?", "timer Idle");
    }

    [Fact]
    public void A_question_within_an_answer_is_answered_before_the_probe()
    {
        var story = Begun(settings: ByModel).Says("It is for people who stand in the woods and hear a bird. " + HowMany, Volume);

        Reply(story, new Worded("requirements.users", ["volume"], "Two million a day.", Question))
            .Then("wording Model", "fact volume", "probe Essential requirements.users", "asked: Two million a day.\n\n" + Question, "timer Idle");
    }

    [Theory]
    [InlineData("Great. And then?")]
    [InlineData("What about 17 of them?")]
    [InlineData("Is it for hikers?")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_refused_or_failed_leaves_the_engines_own_wording(string? question)
    {
        var story = Begun(settings: ByModel).Says("For walkers.");

        Reply(story, question is null ? null : new Worded("requirements.volume", [], "", question))
            .Then("wording Refused", "probe Essential requirements.users", "asked: " + BirdSongs.Probe(Step.Requirements, "users"), "timer Idle");
    }

    [Fact]
    public void After_five_seconds_the_engines_own_wording_goes_out_and_the_late_reply_is_dropped()
    {
        var story = Begun(settings: ByModel).Says("For walkers.");
        var late = new Input.WordingReceived(story.Session.WordingAskedAt, new Worded("requirements.users", [], "", Question));

        story.FallsDue(TimerKind.Wording)
            .Then("wording Late", "probe Essential requirements.users", "asked: " + BirdSongs.Probe(Step.Requirements, "users"), "timer Idle");
        story.When(late).ThenNothing();
        story.Says("Hm.").When(late).ThenNothing();
        story.Session.WordingAskedAt.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_reply_counts_once_and_its_timer_is_stale_then()
    {
        var story = Begun(settings: ByModel).Says("For walkers.");
        var reply = new Input.WordingReceived(story.Session.WordingAskedAt, new Worded("requirements.users", [], "", Question));

        story.When(reply).When(reply).ThenNothing();
        story.FallsDue(TimerKind.Wording).ThenNothing();
    }

    [Fact]
    public void Going_to_the_next_step_to_the_depth_and_to_the_end_is_the_engines()
    {
        var none = ByModel with { ProbePool = 0 };

        Begun(settings: none).Says("All of it.").ThenAsks(BirdSongs.OpeningQuestion(Step.Framing));
        At(Step.Monitoring, settings: none).Says("All.").ThenAsks("is there anything you would change?").Says("No.").Session.Ending.ShouldBe(SessionEnding.Finished);

        var staff = At(Step.Monitoring, Level.Staff, ByModel).When(new Input.Skip()).ThenAsks(Phrases.WhichStep);
        staff.Says("data, please").ThenAsks(BirdSongs.Stretch(Step.Data, 1)).Log.ShouldNotContain(e => e is SessionEvent.WordingRequested);
    }

    [Fact]
    public void Who_runs_out_of_time_or_floods_the_interview_does_not_wait_for_a_model()
    {
        var settings = ByModel with { Budget = TimeSpan.FromMinutes(5) };
        Begun(settings: settings).Says("For walkers.", after: 6).Session.Ending.ShouldBe(SessionEnding.OutOfTime);

        var story = Begun(settings: ByModel);
        for (var i = 1; i <= Interview.MessagesPerAnswer; i++)
            story.Says("and");
        story.ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));
    }

    [Fact]
    public void One_word_behind_two_points_is_asked_about_once_in_whose_words_ever()
    {
        var story = At(Step.Monitoring, settings: ByModel).Says(
            "Drift.",
            Shows("monitoring.drift"),
            Shows("monitoring.retraining"),
            Found(FindingKind.Buzzword, "monitoring.drift", "drift"),
            Found(FindingKind.Buzzword, "monitoring.retraining", "drift"));
        Wordings.Awaited(story.Session)!.Gaps.Select(g => g.Id).ShouldBe(["monitoring.drift"]);

        Reply(story, new Worded("monitoring.drift", [], "", "When would someone be woken for it?")).Says("At night.");

        Wordings.Awaited(story.Session)!.Gaps.Select(g => g.Text).ShouldBe([BirdSongs.Stretch(Step.Monitoring, 1)]);
    }

    private static Story Reply(Story story, Worded? worded) => story.When(new Input.WordingReceived(story.Session.WordingAskedAt, worded));
}
