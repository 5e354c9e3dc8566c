using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class GradingTests
{
    private static readonly Scorecard Card = new(
        "bird-songs", Level.Mid, "ml-system-design", "1.0.0", "hash-of-rubric", "model", [], [],
        new Overall(null, 0, Recommendation.InsufficientEvidence, LevelShown: null, "rule"), []);

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

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, Card)).Then("Scored", "told: Your scorecard is ready.");
        story.Session.State.ShouldBe(SessionState.Ended);
        story.Session.Scorecard.ShouldBe(Card);
        story.Session.Ending.ShouldBe(SessionEnding.Stopped);
    }

    [Fact]
    public void In_an_assessed_session_the_hiring_team_hears_of_it_and_the_candidate_does_not()
    {
        var story = Begun(mode: SessionMode.Assessed).When(new Input.Consented()).When(new Input.Stop());
        story.LastSaid().Turn.Text.ShouldBe("Thank you, that's all. Your answers are recorded; the hiring team will be in touch.");

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, Card)).Then("Scored");
    }

    [Fact]
    public void A_stale_grade_changes_nothing()
    {
        var story = Ended();

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt - 1, Card)).ThenNothing();
    }

    [Fact]
    public void A_grade_that_failed_leaves_the_session_waiting()
    {
        var story = Ended();

        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, Scorecard: null)).ThenNothing();
        story.Session.State.ShouldBe(SessionState.Grading);
        story.When(new Input.GradeReceived(story.Session.GradeAskedAt, Card)).Session.Scorecard.ShouldBe(Card);
    }

    [Fact]
    public void A_second_grade_changes_nothing()
    {
        var story = Ended();
        var grade = new Input.GradeReceived(story.Session.GradeAskedAt, Card);

        story.When(grade).When(grade).ThenNothing();
    }

    [Fact]
    public void A_grade_before_the_end_changes_nothing() => Begun().When(new Input.GradeReceived(0, Card)).ThenNothing();

    [Fact]
    public void The_hash_pins_every_turn_as_it_was_graded()
    {
        string Hash(string text) => Begun().Says(text).When(new Input.Stop()).Log.OfType<SessionEvent.GradeRequested>().Single().TurnsHash;

        Hash("For hikers.").ShouldBe(Hash("For hikers."));
        Hash("For hikers.").ShouldNotBe(Hash("For hikers!"));
    }

    private static Story Ended() => Begun().Says("For hikers.").When(new Input.Stop());
}
