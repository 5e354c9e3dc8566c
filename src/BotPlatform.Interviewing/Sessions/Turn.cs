using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

public enum Speaker
{
    Interviewer,
    Candidate,
}

/// <summary>One message by one party.</summary>
/// <param name="N">Number within the session, from 1, without gaps.</param>
/// <param name="Step">The step the interviewer was in.</param>
/// <param name="Text">What was said; empty once it has been deleted or erased.</param>
public sealed record Turn(int N, Speaker Speaker, Step Step, string Text);

/// <summary>A verbatim part of one turn, in UTF-16 code units.</summary>
public readonly record struct Span(int Turn, int Start, int Length);
