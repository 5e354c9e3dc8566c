using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class EditingTests
{
    private static readonly SessionSettings Patient = AtOnce with { QuietPeriod = TimeSpan.FromSeconds(4) };

    [Fact]
    public void An_edit_changes_its_turn_while_the_answer_is_open()
    {
        var story = Begun(settings: Patient).Says("For bikers.").When(new Input.MessageEdited("m1", "For climbers."));

        story.Then("edited 2: For climbers.").ThenEffects();
        story.Session.OpenAnswer().Select(t => t.Text).ShouldBe(["For climbers."]);
    }

    [Fact]
    public void An_answer_that_was_read_is_read_again_when_it_changes()
    {
        var story = Begun().Says("For hikers.", Shows("requirements.users")).When(new Input.MessageEdited("m1", "For nobody."));

        story.Then("edited 2: For nobody.", "examined 2-2");
        story.Session.Progress("requirements.users").ShouldBe(new PointProgress());
    }

    [Fact]
    public void What_an_edit_took_away_has_its_chance_again() => Begun()
        .Says("For hikers.", Shows("requirements.users")).ThenAsks(BirdSongs.Probe(Step.Requirements, "volume"))
        .When(new Input.MessageEdited("m1", "For nobody."))
        .Says("Millions.", Shows("requirements.volume"))
        .ThenAsks(BirdSongs.Probe(Step.Requirements, "users"));

    [Fact]
    public void What_no_longer_disagrees_with_anything_is_not_asked_about()
    {
        var story = Begun(settings: AtOnce with { ProbePool = 0 }).Says("It takes a second.").Says("Good.");
        story = Given([.. story.Log.Select(e => e is SessionEvent.Started s ? s with { Settings = AtOnce } : e)]);
        story.When(new Input.MessageReceived("k", "It takes a minute.") { Findings = [Shows("data.labels"), Found(FindingKind.Contradiction, "latency"), Found(FindingKind.Contradiction, "volume")] });
        story.LastSaid().Turn.Text.ShouldContain("Help me square");

        story.When(new Input.MessageEdited("m1", "We take our time."));

        story.When(new Input.MessageReceived("l", "As I said.") { Findings = [] });
        story.LastSaid().Turn.Text.ShouldNotContain("Help me square");
    }

    [Fact]
    public void Deleting_the_last_message_of_an_answer_takes_what_it_showed()
    {
        var story = Begun(settings: Patient).Says("Well,").Says("For hikers.").FallsDue(TimerKind.Quiet, default, Shows("requirements.users"));

        story.When(new Input.MessageDeleted("m2")).Then("deleted 3", "examined 2-2");
        story.Session.Progress("requirements.users").Shown.ShouldBeNull();
    }

    [Fact]
    public void Deleting_all_of_an_answer_leaves_nothing_of_it()
    {
        var story = Begun().Says("For hikers.", Shows("requirements.users", label: "hikers")).When(new Input.MessageDeleted("m1"));

        story.Then("deleted 2", "examined 2-2");
        story.Session.Findings[2].ShouldBeEmpty();
        story.Session.Answered(Step.Requirements).ShouldBeFalse();
        SessionScoring.Transcript(story.Session).ShouldNotContain(t => t.Speaker == Speaker.Candidate);
        story.When(new Input.Skip()).Session.Progress(Step.Requirements).Closing.ShouldBe(StepClosing.Declined);
    }

    [Fact]
    public void An_edit_to_nothing_deletes() =>
        Begun().Says("For hikers.", Shows("requirements.users")).When(new Input.MessageEdited("m1", "  ")).Then("deleted 2", "examined 2-2");

    [Fact]
    public void What_was_deleted_does_not_come_back_with_a_late_edit() => Begun()
        .Says("For hikers.").When(new Input.MessageDeleted("m1"))
        .When(new Input.MessageEdited("m1", "For hikers, again.")).ThenNothing()
        .When(new Input.MessageDeleted("m1")).ThenNothing();

    [Fact]
    public void An_edit_that_changes_nothing_and_one_of_an_unknown_message_are_ignored() => Begun()
        .Says("For hikers.")
        .When(new Input.MessageEdited("m1", "For hikers.")).ThenNothing()
        .When(new Input.MessageEdited("m9", "For bikers.")).ThenNothing()
        .When(new Input.MessageDeleted("m9")).ThenNothing();

    [Fact]
    public void An_edit_of_an_earlier_answer_leaves_the_open_one_open()
    {
        var story = Begun(settings: Patient).Says("For bikers.").FallsDue(TimerKind.Quiet, default, Shows("requirements.users"))
            .Says("Millions of");

        story.When(new Input.MessageEdited("m1", "For hikers.")).Then("edited 2: For hikers.", "examined 2-2");
        story.When(new Input.MessageEdited("m2", "Two million")).Then("edited 4: Two million");
    }

    [Fact]
    public void After_the_end_a_change_is_kept_with_a_notice_and_without_effect()
    {
        var story = Begun().Says("For hikers.").When(new Input.Stop());

        story.When(new Input.MessageEdited("m1", "For bikers.")).Then("late change of 2: For bikers.", "told: " + Phrases.ChangeTooLate);
        story.When(new Input.MessageDeleted("m1")).Then("late change of 2: deleted", "told: " + Phrases.ChangeTooLate);
        story.Session.Turns[1].Turn.Text.ShouldBe("For hikers.");
    }

    [Fact]
    public void After_feedback_the_turns_of_its_step_are_frozen_and_those_of_others_are_not()
    {
        var story = Begun().Says("For hikers.");
        var feedback = new SessionEvent.FeedbackShown(story.Now, Step.Requirements);
        story = Given([.. story.Log, feedback]);

        story.When(new Input.MessageEdited("m1", "For bikers.")).Then("late change of 2: For bikers.", "told: " + Phrases.ChangeTooLate);
    }

    [Fact]
    public void What_feedback_named_as_missing_counts_as_helped_afterwards()
    {
        var story = Begun().Says("For hikers.", Shows("requirements.users"));
        story = Given([.. story.Log, new SessionEvent.FeedbackShown(story.Now, Step.Requirements)]);

        story.When(new Input.MessageReceived("k", "Hikers, by the million.")
        {
            Findings = [Shows("requirements.users", Rubrics.Strength.Quantified), Shows("requirements.volume")],
        });

        story.Session.Progress("requirements.users").Prompting.ShouldBe(Prompting.Unprompted);
        story.Session.Progress("requirements.volume").Prompting.ShouldBe(Prompting.Hint);
    }

    [Fact]
    public void Every_wording_of_a_turn_has_an_id_of_its_own_and_the_same_one_each_time()
    {
        SessionEvent[] Log() => [.. Begun().Says("For hikers.").When(new Input.MessageEdited("m1", "For bikers.")).Log];

        var ids = Log().Select(e => e switch { SessionEvent.Said s => s.Text.Id, SessionEvent.TurnEdited t => t.Text.Id, _ => Guid.Empty })
            .Where(id => id != Guid.Empty).ToArray();

        ids.ShouldBeUnique();
        Log().ShouldBe(Log(), new SameText());
    }

    private sealed class SameText : IEqualityComparer<SessionEvent>
    {
        public bool Equals(SessionEvent? x, SessionEvent? y) => Printed.Whole(x) == Printed.Whole(y);

        public int GetHashCode(SessionEvent obj) => 0;
    }
}
