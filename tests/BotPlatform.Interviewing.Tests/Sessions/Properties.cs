using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class Properties
{
    [Fact]
    public void Folding_the_events_from_the_start_gives_the_same_session() => ForAll(Inputs.Session, inputs =>
    {
        var run = new Run(inputs);

        Printed.Whole(Interview.Apply(Run.Nothing(1), run.Events)).ShouldBe(Printed.Whole(run.Session));
    });

    [Fact]
    public void Deciding_again_gives_the_same_decision() => ForAll(Inputs.Session, inputs =>
    {
        var run = new Run(inputs);

        foreach (var (before, input, at, decision) in run.Steps)
            Printed.Whole(Interview.Decide(before, input, at)).ShouldBe(Printed.Whole(decision));
    });

    [Fact]
    public void A_message_or_a_timer_that_comes_twice_changes_nothing() => ForAll(Inputs.Session, inputs =>
    {
        foreach (var (before, input, at, decision) in new Run(inputs).Steps)
        {
            if (input is Input.MessageReceived or Input.TimerDue)
                Interview.Decide(Interview.Apply(before, decision.Events), input, at).Events.ShouldBeEmpty(Printed.Whole(input));
        }
    });

    [Fact]
    public void Turns_and_times_and_events_are_numbered_and_ordered() => ForAll(Inputs.Session, inputs =>
    {
        var run = new Run(inputs);

        run.Session.Turns.Select(t => t.Turn.N).ShouldBe(Enumerable.Range(1, run.Session.Turns.Count));
        run.Session.Version.ShouldBe(run.Events.Count);
        run.Events.Zip(run.Events.Skip(1)).ShouldAllBe(pair => pair.First.At <= pair.Second.At);
        run.Events.Select(Printed.TextId).OfType<Guid>().ShouldBeUnique();
    });

    [Fact]
    public void Every_answer_stands_there_once_and_in_order() => ForAll(Inputs.Session, inputs =>
    {
        Timed[] kept = [.. inputs.Where(i => i.Input is not Input.MessageEdited and not Input.MessageDeleted)];
        var run = new Run(kept);

        var taken = run.Steps
            .Where(s => s.Input is Input.MessageReceived && s.Decision.Events.Any(Printed.IsCandidates))
            .Select(s => ((Input.MessageReceived)s.Input).Text);
        run.Session.Turns.Where(t => t.Turn.Speaker == Speaker.Candidate).Select(t => t.Turn.Text).ShouldBe(taken);
        run.Session.Turns.Select(t => t.Key).OfType<string>().ShouldBeUnique();
    });

    [Fact]
    public void While_the_interview_runs_an_answer_is_always_taken() => ForAll(Inputs.Session, inputs =>
    {
        var session = new Run(inputs).Session;
        if (session.State is not (SessionState.Interviewing or SessionState.Paused))
            return;

        var after = Interview.Apply(session, Interview.Decide(session, new Input.MessageReceived("new", "For hikers.") { Findings = [] }, session.LastAt).Events);

        after.Turns.Count(t => t.Key == "new").ShouldBe(1);
    });

    [Fact]
    public void An_open_session_always_has_a_timer_that_will_move_it_on() => ForAll(Inputs.Session, inputs =>
    {
        var run = new Run(inputs);
        for (var i = 0; i < 10 && run.Session.IsOpen; i++)
            run.FireTimers();

        run.Session.IsOpen.ShouldBeFalse(run.Session.State.ToString());
    });

    [Fact]
    public void Sessions_that_run_side_by_side_do_not_touch_each_other() => ForAll(Inputs.Session.Two(), pair =>
    {
        var (one, two) = pair;
        var together = (First: Run.Nothing(1), Second: Run.Nothing(2));
        var at = (First: Story.Start, Second: Story.Start);
        for (var i = 0; i < Math.Max(one.Length, two.Length); i++)
        {
            if (i < one.Length)
                together.First = Run.One(together.First, one[i].Input, at.First = at.First.AddSeconds(one[i].Seconds));
            if (i < two.Length)
                together.Second = Run.One(together.Second, two[i].Input, at.Second = at.Second.AddSeconds(two[i].Seconds));
        }

        Printed.Whole(together.First).ShouldBe(Printed.Whole(new Run(one, id: 1).Session));
        Printed.Whole(together.Second).ShouldBe(Printed.Whole(new Run(two, id: 2).Session));
    });

    [Fact]
    public void Whoever_keeps_answering_comes_to_an_end() => ForAll(Inputs.Session, inputs =>
    {
        var run = new Run(inputs);
        for (var i = 0; run.Session.IsOpen; i++)
        {
            // Probes and clarifications are counted, so a hundred answers are more than any interview asks for.
            i.ShouldBeLessThan(100);
            run.Handle(new Input.MessageReceived($"answer-{i}", i == 0 ? "I agree" : "For hikers.") { Findings = [] }, 1);
            run.FireTimers(TimerKind.Quiet);
            run.FireTimers(TimerKind.Wording);
        }
    });

    [Fact]
    public void Once_the_time_is_used_up_the_next_answer_ends_the_interview() => ForAll(Inputs.Session, inputs =>
    {
        foreach (var (before, input, _, decision) in new Run(inputs).Steps)
        {
            var after = Interview.Apply(before, decision.Events);
            var answered = decision.Events.Any(e => e is SessionEvent.AnswerExamined)
                && ChatWords.Understand(before, input) is Input.MessageReceived or Input.TimerDue;
            if (answered && after.Active >= after.Settings.TimeAllowed)
                after.IsOpen.ShouldBeFalse();
        }
    });

    [Fact]
    public void No_budget_is_ever_overspent() => ForAll(Inputs.Session, inputs =>
    {
        var session = new Run(inputs).Session;

        session.ProbesSpent.ShouldBeLessThanOrEqualTo(session.Settings.ProbePool);
        Steps.All.ShouldAllBe(s => session.Progress(s).Probes <= session.Settings.ProbesPerStep);
        session.Asked.Count.ShouldBe(session.ProbesSpent);
        session.Active.ShouldBe(Steps.All.Aggregate(TimeSpan.Zero, (sum, s) => sum + session.Progress(s).Active));
    });

    private static void ForAll<T>(Gen<T> gen, Action<T> holds) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60));
}
