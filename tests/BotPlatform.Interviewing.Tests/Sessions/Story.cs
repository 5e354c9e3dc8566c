using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using Shouldly;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>Given what happened, when something comes in, then that follows. Minutes pass only where they are named.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Answers at once, so that a story needs no timer; a language model grades, so that it needs no scoring.</summary>
    public static readonly SessionSettings AtOnce = SessionSettings.Default with { QuietPeriod = TimeSpan.Zero, Grader = GraderMode.Model };

    private static readonly Guid Id = new("6f1de1f2-3c1b-4b1c-9a58-0a3d5f0f8f11");
    private readonly List<SessionEvent> _log = [];
    private readonly HashSet<int> _fired = [];
    private int _messages;

    public Session Session { get; private set; } = Session.Empty(Id, [BirdSongs.Book, BirdSongs.DistressCalls]);

    public DateTimeOffset Now { get; private set; } = Start;

    public Decision Last { get; private set; } = Decision.Nothing;

    public IReadOnlyList<SessionEvent> Log => _log;

    public IEnumerable<SessionTurn> Interviewer => Session.Turns.Where(t => t.Turn.Speaker == Speaker.Interviewer);

    public static Story Given(params SessionEvent[] happened)
    {
        var story = new Story();
        story.Happen(happened);
        return story;
    }

    public static Story Begun(
        Level level = Level.Mid, SessionMode mode = SessionMode.Practice, SessionSettings? settings = null, string problem = BirdSongs.Hash) =>
        new Story().When(new Input.Started(problem, level, mode, settings ?? AtOnce));

    /// <summary>A session at the opening question of a step; those before it were skipped.</summary>
    public static Story At(Step step, Level level = Level.Mid, SessionSettings? settings = null)
    {
        var story = Begun(level, settings: settings);
        while (story.Session.Step != step)
            story.When(new Input.Skip());
        return story;
    }

    public Story When(Input input, double after = 0)
    {
        Now += TimeSpan.FromMinutes(after);
        Last = Interview.Decide(Session, input, Now);
        Happen(Last.Events);
        return this;
    }

    /// <summary>A message that shows these findings; with a quiet period it is only taken down.</summary>
    public Story Says(string text, double after, params Finding[] findings) =>
        When(new Input.MessageReceived($"m{++_messages}", text) { Findings = [.. findings] }, after);

    public Story Says(string text, params Finding[] findings) => Says(text, 0, findings);

    /// <summary>An answer that shows the essentials of the step.</summary>
    public Story MeetsTheBar(double after = 0) =>
        Says("All of it.", after, [.. BirdSongs.Essentials(Session.Step, Session.Level).Select(p => Shows(p, Strength.Quantified))]);

    /// <summary>The latest timer of a kind falls due, at its time.</summary>
    public Story FallsDue(TimerKind kind, TimeSpan late = default, params Finding[] findings)
    {
        var number = Session.Timers[kind];
        _fired.Add(number).ShouldBeTrue($"no {kind} timer is pending");
        Now = ((SessionEvent.TimerSet)_log[number - 1]).Due;
        return When(new Input.TimerDue(kind, number) { Findings = [.. findings], HandledAt = Now + late });
    }

    public Story Then(params string[] events)
    {
        Last.Events.Select(Printed.Short).ShouldBe(events);
        return this;
    }

    public Story ThenEffects(params string[] effects)
    {
        Last.Effects.Select(Printed.Short).ShouldBe(effects);
        return this;
    }

    public Story ThenNothing()
    {
        Last.ShouldBe(Decision.Nothing);
        return this;
    }

    /// <summary>The interviewer asks exactly this, whatever stands before it in the turn.</summary>
    public Story ThenAsks(string question)
    {
        LastSaid().Kind.ShouldBe(TurnKind.Question);
        LastSaid().Turn.Text.ShouldEndWith(question);
        return this;
    }

    /// <summary>The interviewer says only this, and nothing else changes but the record of it.</summary>
    public Story ThenOnlyTells(string text)
    {
        Last.Events.OfType<SessionEvent.Said>().Select(e => e.Text.Value).ShouldBe([text]);
        Last.Events.ShouldAllBe(e => e is SessionEvent.Said || e is SessionEvent.Heard);
        return this;
    }

    public SessionTurn LastSaid() => Session.Turns[^1];

    public static Finding Shows(string point, Strength strength = Strength.Named, string? label = null) =>
        new(FindingKind.Point, point, strength, new Span(1, 0, 0), label);

    public static Finding Found(FindingKind kind, string id, string? detail = null, int length = 0) =>
        new(kind, id, Strength.Named, new Span(1, 0, length), detail);

    private void Happen(IEnumerable<SessionEvent> happened)
    {
        foreach (var one in happened)
        {
            _log.Add(one);
            Session = Interview.Apply(Session, one);
        }
    }
}
