using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class QuestionsTests
{
    private const string HowMany = "How many recordings?";
    private const string HowFast = "And how fast?";
    private static readonly Finding Volume = Found(FindingKind.FactAsked, "volume", length: HowMany.Length);
    private static readonly Finding Latency = Found(FindingKind.FactAsked, "latency", length: HowFast.Length);
    private static readonly Finding Open = Found(FindingKind.OpenQuestion, "open", length: HowMany.Length);

    [Fact]
    public void A_fact_is_told_when_asked_for_and_logged() => Begun().Says(HowMany, Volume)
        .Then(
            "candidate: How many recordings?",
            "examined 2-2",
            "fact volume",
            nameof(SessionEvent.QuestionsAnswered),
            "asked: Two million recordings arrive each day.\n\n" + Phrases.GoOn,
            "timer Idle");

    [Fact]
    public void Nothing_is_told_that_was_not_asked()
    {
        var story = Begun();
        while (story.Session.IsOpen)
            story.MeetsTheBar();

        story.Session.FactsTold.ShouldBeEmpty();
        story.Interviewer.ShouldNotContain(t => t.Turn.Text.Contains("Two million") || t.Turn.Text.Contains("300 ms"));
    }

    [Fact]
    public void Two_questions_get_two_answers_in_one_turn()
    {
        var both = Begun().Says(HowMany + " " + HowFast, Latency with { Span = new Span(2, HowMany.Length + 1, HowFast.Length) }, Volume);

        both.Session.FactsTold.ShouldBe(["volume", "latency"], ignoreOrder: true);
        both.ThenAsks("Two million recordings arrive each day. The name should stand there within 300 ms.\n\n" + Phrases.GoOn);
    }

    [Fact]
    public void A_fact_asked_for_again_is_told_again_and_logged_once()
    {
        var story = Begun().Says(HowMany, Volume).Says(HowMany, Volume);

        story.ThenAsks("Two million recordings arrive each day.\n\n" + Phrases.GoOn);
        story.Log.OfType<SessionEvent.FactTold>().Count().ShouldBe(1);
    }

    [Fact]
    public void Who_only_asked_so_far_is_to_say_what_follows_before_the_first_step_is_over()
    {
        const string thanks = "I am new to birds, so bear with me. I will ask about size first. ";
        var story = Begun().Says(
            thanks + HowMany,
            Volume with { Span = new Span(2, thanks.Length, HowMany.Length) },
            Shows("requirements.users"),
            Shows("requirements.volume"));

        story.ThenAsks("Two million recordings arrive each day.\n\n" + Phrases.GoOn);
        story.Says("Then 25 a second on average.").ThenAsks(BirdSongs.Stretch(Step.Requirements, 1));
    }

    [Fact]
    public void What_the_problem_does_not_fix_the_candidate_assumes() =>
        Begun().Says("What do phones cost?", Open).ThenAsks(Phrases.NotFixed + "\n\n" + Phrases.GoOn);

    [Fact]
    public void A_known_and_an_open_question_are_both_answered() =>
        Begun().Says(HowMany, Volume, Open).ThenAsks("Two million recordings arrive each day. " + Phrases.RestNotFixed + "\n\n" + Phrases.GoOn);

    [Fact]
    public void Questions_alone_spend_no_probe()
    {
        var story = Begun().Says(HowMany, Volume);

        story.Session.ProbesSpent.ShouldBe(0);
        story.Session.Step.ShouldBe(Step.Requirements);
    }

    [Fact]
    public void A_question_within_an_answer_is_answered_and_the_interview_goes_on() => Begun()
        .Says("It is for hikers who stand in the woods and hear a bird that they have never heard before. " + HowMany, Volume)
        .ThenAsks("Two million recordings arrive each day.\n\n" + BirdSongs.Probe(Step.Requirements, "users"));

    [Fact]
    public void Questions_without_end_do_not_hold_up_the_interview()
    {
        var story = Begun();
        for (var i = 0; i < 40; i++)
            story.Says(HowMany, Volume);

        story.Session.Step.ShouldNotBe(Step.Requirements);
    }
}
