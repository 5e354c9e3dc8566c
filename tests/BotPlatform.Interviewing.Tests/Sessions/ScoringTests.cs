using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>Answers are read for real here, and scored by the rules.</summary>
public sealed class ScoringTests
{
    private static readonly SessionSettings ByRules = AtOnce with { Grader = GraderMode.Rules };

    [Fact]
    public void By_rules_the_scorecard_is_there_at_the_end()
    {
        var story = Begun(settings: ByRules).When(Message("It is for hikers, with 2 million recordings per day.")).When(new Input.Stop());

        story.Then("closed Requirements: Cut", "ended: Stopped", "Scored", "told: Thank you. Your scorecard is ready.");
        story.Session.State.ShouldBe(SessionState.Ended);
        story.Session.Scorecard!.GraderMode.ShouldBe("rules");
    }

    [Fact]
    public void What_was_skipped_is_declined_and_what_was_not_reached_is_unscored()
    {
        var story = Begun(settings: ByRules).When(new Input.Skip()).When(Message("Multi-label, so a species list.")).When(new Input.Skip());
        story.Session.Step.ShouldBe(Step.Data);

        story.When(new Input.Stop());

        StateOf(story, "requirements").ShouldBe(ScoreState.Declined);
        StateOf(story, "framing").ShouldBe(ScoreState.Scored);
        StateOf(story, "data").ShouldBe(ScoreState.NotAsked, "stopping right after an opening question is not declining it");
        StateOf(story, "serving").ShouldBe(ScoreState.NotAsked);
    }

    [Fact]
    public void Feedback_on_a_step_says_what_was_shown_what_was_missing_and_what_would_raise_it()
    {
        var story = Begun(settings: ByRules).When(Message("It is for hikers.")).When(new Input.Skip()).When(new Input.Feedback());

        story.Last.Events.Select(Printed.Short).First().ShouldBe("feedback Requirements");
        var told = story.LastSaid().Turn.Text;
        told.ShouldStartWith("Requirements, so far:\nShown: ");
        told.ShouldContain("Shows users");
        told.ShouldContain("\nMissing: ");
        told.ShouldContain("Shows volume");
        told.ShouldContain("\nWhat would raise it: ");
        told.ShouldNotContain("?");
    }

    [Fact]
    public void After_feedback_its_turns_are_frozen_and_those_of_the_open_step_are_not()
    {
        var story = Begun(settings: ByRules).When(Message("It is for hikers.", "a")).When(new Input.Skip())
            .When(Message("A classifier.", "b")).When(new Input.Feedback());

        story.When(new Input.MessageEdited("a", "It is for bikers.")).Then("late change of 2: It is for bikers.", "told: " + Phrases.ChangeTooLate);
        story.When(new Input.MessageEdited("b", "Multi-label.")).Then("edited 5: Multi-label.", "examined 5-5");
        story.Session.Progress("framing.task").Shown.ShouldNotBeNull();
    }

    [Fact]
    public void A_question_is_recognised_answered_and_logged() => Begun(settings: ByRules)
        .When(Message("How many recordings are there, and how fast must it be?"))
        .ThenAsks("Two million recordings arrive each day. The name should stand there within 300 ms.\n\n" + Phrases.GoOn)
        .Session.FactsTold.ShouldBe(["volume", "latency"], ignoreOrder: true);

    [Fact]
    public void A_wrong_turn_is_asked_about_and_taking_it_back_settles_it()
    {
        var story = At(Step.Evaluation, settings: ByRules).When(Message("We go by plain accuracy."));
        story.ThenAsks("What would accuracy tell you about a recording of silence?");

        story.When(Message("You are right, plain accuracy was a mistake, since silence wins: average precision instead."));
        story.ThenAsks(BirdSongs.Probe(Step.Evaluation, "slices"));
    }

    private static Input.MessageReceived Message(string text, string? key = null) => new(key ?? text, text);

    private static ScoreState StateOf(Story story, string criterion) => story.Session.Scorecard!.Scores.Single(s => s.Criterion == criterion).State;
}
