namespace BotPlatform.Service.Slack;

/// <summary>What came of something to be done in Slack.</summary>
internal abstract record Posted
{
    /// <param name="Thread">The timestamp of an interview's first post; null for everything else.</param>
    public sealed record Out(string? Channel = null, string? Thread = null) : Posted;

    /// <param name="Unknown">Whether it may be out all the same.</param>
    public sealed record Later(string Why, bool Unknown) : Posted;

    /// <summary>Slack wants fewer calls.</summary>
    /// <param name="Method">Which it will not take before the time is over; null where it is our own pace.</param>
    public sealed record TooFast(TimeSpan For, string? Method = null) : Posted;

    /// <summary>Another node sends to this team now.</summary>
    public sealed record NotOurs : Posted;

    /// <summary>What it stands on will be there in a moment.</summary>
    public sealed record Soon(string Why) : Posted;

    /// <summary>Slack will not have it, however often it is asked.</summary>
    public sealed record Never(string Why) : Posted;

    /// <summary>The team's token does not open anything any more.</summary>
    public sealed record NoToken(string Why) : Posted;
}
