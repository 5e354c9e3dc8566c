using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service;

/// <summary>What came of an effect.</summary>
public abstract record Performed
{
    /// <summary>Something for the session's inbox.</summary>
    public sealed record Replied(Input Input) : Performed;

    /// <summary>Nobody waits for it any more.</summary>
    public sealed record Dropped : Performed;

    /// <param name="Why">For an operator, without candidate text.</param>
    public sealed record Later(TimeSpan After, string Why) : Performed;
}
