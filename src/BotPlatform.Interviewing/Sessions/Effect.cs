using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>Something to be done outside, as data.</summary>
public abstract record Effect
{
    /// <summary>Show an interviewer turn to the candidate.</summary>
    public sealed record Post(int Turn) : Effect;

    /// <summary>Give the session a <see cref="Input.TimerDue"/> at <paramref name="Due"/>.</summary>
    public sealed record SetTimer(TimerKind Kind, DateTimeOffset Due, int EventNumber) : Effect;

    /// <summary>Have a language model word what comes next.</summary>
    public sealed record RequestWording(int EventNumber) : Effect;

    /// <summary>Have the language model grade the session.</summary>
    public sealed record RequestGrade(int EventNumber) : Effect;
}

/// <summary>What follows from an input: events to append, effects to perform. Empty when nothing does.</summary>
public sealed record Decision(ImmutableArray<SessionEvent> Events, ImmutableArray<Effect> Effects)
{
    public static readonly Decision Nothing = new([], []);
}
