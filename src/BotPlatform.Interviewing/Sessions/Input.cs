using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Wording;

namespace BotPlatform.Interviewing.Sessions;

public enum TimerKind
{
    /// <summary>The candidate has stopped typing: the answer is complete.</summary>
    Quiet,

    /// <summary>Nothing has come for long: the clock stops.</summary>
    Idle,

    /// <summary>A paused session has waited for days.</summary>
    Expire,

    /// <summary>The model is slow: the engine's own wording goes out.</summary>
    Wording,

    /// <summary>The grade takes long: the candidate is told.</summary>
    Grade,
}

/// <summary>Something that reached a session from outside.</summary>
public abstract record Input
{
    /// <summary>When it is handled, if later than it was received: nobody's time runs while we are away.</summary>
    public DateTimeOffset? HandledAt { get; init; }

    /// <summary>What the open answer shows, where the caller has read it already.</summary>
    public ImmutableArray<Finding>? Findings { get; init; }

    /// <summary>Opens the session. <paramref name="ProblemHash"/> is one of the session's pinned books.</summary>
    public sealed record Started(string ProblemHash, Level Level, SessionMode Mode, SessionSettings Settings) : Input;

    /// <summary>The notice was read and accepted.</summary>
    public sealed record Consented : Input;

    /// <summary>Asks for the other problem that a content notice offers.</summary>
    public sealed record Swap : Input;

    /// <param name="Key">The channel's own key of the message; the same key again changes nothing.</param>
    public sealed record MessageReceived(string Key, string Text) : Input;

    public sealed record MessageEdited(string Key, string Text) : Input;

    public sealed record MessageDeleted(string Key) : Input;

    public sealed record Hint : Input;

    public sealed record Skip : Input;

    /// <param name="To">An earlier step; null for the one before.</param>
    public sealed record Back(Step? To = null) : Input;

    public sealed record TimeLeft : Input;

    public sealed record Feedback : Input;

    public sealed record Pause : Input;

    public sealed record Resume : Input;

    public sealed record Stop : Input;

    /// <param name="EventNumber">The event that set it; any other than the latest of its kind is stale.</param>
    public sealed record TimerDue(TimerKind Kind, int EventNumber) : Input;

    /// <summary>What the language models said of the session, not verified yet.</summary>
    /// <param name="AskedAt">Number of the event that asked for the grade.</param>
    public sealed record GradeReceived(int AskedAt, ModelGrade Grade) : Input;

    /// <param name="AskedAt">Number of the event that asked for the wording.</param>
    /// <param name="Worded">Null when the model failed; the engine's own wording is used.</param>
    public sealed record WordingReceived(int AskedAt, Worded? Worded) : Input;
}
