namespace BotPlatform.Adapters.Slack;

/// <summary>How patient Socket Mode is.</summary>
public sealed record SocketTimes
{
    public static readonly SocketTimes Default = new();

    /// <summary>After this without a frame Slack is asked for one.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After this without a frame, answers to pings included, the connection is dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting may take, up to the greeting.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection goes on beside the one that replaces it, so that nothing that is under way to us is lost.</summary>
    public TimeSpan Lingering { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection without a word from Slack is used, where the greeting does not say.</summary>
    public TimeSpan Lasting { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Before the first attempt to connect again; each further one waits twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where Slack refuses, until somebody has changed something.</summary>
    public TimeSpan WhenRefused { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A connection that stood this long was a good one: the next is tried soon.</summary>
    public TimeSpan Settled { get; init; } = TimeSpan.FromMinutes(1);

    /// <param name="tries">How many have failed in a row.</param>
    /// <param name="jitter">0 to 1: half of the wait is left to chance.</param>
    public TimeSpan Wait(int tries, double jitter)
    {
        var full = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, Math.Min(tries, 30)), LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (jitter / 2)));
    }
}
