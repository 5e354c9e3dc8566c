using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class GradingTests
{
    private static readonly ModelGrade Grade = Grades.Of(2, 3, 3);

    [Fact]
    public void The_grade_is_asked_for_with_the_number_of_the_event_that_asks()
    {
        var story = Ended();

        var asked = story.Last.Effects.OfType<Effect.RequestGrade>().Single();
        story.Log[asked.EventNumber - 1].ShouldBeOfType<SessionEvent.GradeRequested>().TurnsHash.Length.ShouldBe(64);
        asked.EventNumber.ShouldBe(story.Session.GradeAskedAt);
        story.Session.State.ShouldBe(SessionState.Grading);
    }

    [Fact]
    public void A_grade_ends_the_waiting_and_the_candidate_hears_of_it()
    {
        var story = Ended();

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, Grade)).Then("Scored", "told: Your scorecard is ready.");
        story.Session.State.ShouldBe(SessionState.Ended);
        story.Session.Scorecard!.GraderMode.ShouldBe("model");
        story.Session.Ending.ShouldBe(SessionEnding.Stopped);
    }

    [Fact]
    public void In_an_assessed_session_the_hiring_team_hears_of_it_and_the_candidate_does_not()
    {
        var story = Begun(mode: SessionMode.Assessed).When(new Input.Consented()).When(new Input.Stop());
        story.LastSaid().Turn.Text.ShouldBe("Thank you, that's all. Your answers are recorded; the hiring team will be in touch.");

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, Grade)).Then("Scored");
    }

    [Fact]
    public void A_stale_grade_changes_nothing()
    {
        var story = Ended();

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt - 1, Grade)).ThenNothing();
    }

    [Fact]
    public void Where_no_sample_holds_every_asked_criterion_is_unscored_with_the_reason()
    {
        var story = Ended();

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, new ModelGrade("prompt", [new GraderSample(1, "m", []), new GraderSample(2, "m", [])])));

        var score = story.Session.Scorecard!.Scores[0];
        (score.Value, score.State, score.Why).ShouldBe((null, ScoreState.Failed, "No sample of 2 held: no reply could be read."));
    }

    [Fact]
    public void A_grade_that_takes_long_is_told_of()
    {
        var story = Ended();

        story.FallsDue(TimerKind.Grade).ThenOnlyTells(Phrases.GradeTakesLong);
        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, Grade)).Then("Scored", "told: Your scorecard is ready.");
    }

    [Fact]
    public void A_second_grade_changes_nothing()
    {
        var story = Ended();
        var grade = new Input.GradeReceived(story.Session.GradeAskedAt, Grade);

        story.When(grade).When(grade).ThenNothing();
    }

    [Fact]
    public void A_grade_before_the_end_changes_nothing() => Begun().When(new Input.GradeReceived(0, Grade)).ThenNothing();

    [Fact]
    public void The_hash_pins_every_turn_as_it_was_graded()
    {
        string Hash(string text) => Begun().Says(text).When(new Input.Stop()).Log.OfType<SessionEvent.GradeRequested>().Single().TurnsHash;

        Hash("For hikers.").ShouldBe(Hash("For hikers."));
        Hash("For hikers.").ShouldNotBe(Hash("For hikers!"));
    }

    private static Story Ended() => Begun().Says("For hikers.").When(new Input.Stop());
}
