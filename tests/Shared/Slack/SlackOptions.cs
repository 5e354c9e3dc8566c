namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What an app's settings pages say, and how patient this Slack is.</summary>
public sealed record SlackOptions
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string AppId { get; init; } = "A0APP1";

    public string SigningSecret { get; init; } = "signing-secret-of-the-tests";

    public string ClientId { get; init; } = "1764.5000";

    public string ClientSecret { get; init; } = "client-secret-of-the-tests";

    /// <summary>For Socket Mode; it has the scope connections:write.</summary>
    public string AppToken { get; init; } = "xapp-1-A0APP1-1764-abcdef";

    public SlackLimits Limits { get; init; } = new();

    /// <summary>How long the service may take to acknowledge.</summary>
    public TimeSpan AcknowledgeWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a click or a command allows to open a modal.</summary>
    public TimeSpan TriggersLast { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Multiplies the waits before retries, which are none, one minute and five minutes.</summary>
    public double RetryScale { get; init; } = 0.005;

    /// <summary>How many requests to the service may be under way at once.</summary>
    public int DeliveriesAtOnce { get; init; } = 32;

    /// <summary>Whether the bot hears its own posts and edits as events.</summary>
    public bool Echo { get; init; } = true;

    /// <summary>Whether tokens from OAuth expire after twelve hours and come with one to refresh them.</summary>
    public bool RotateTokens { get; init; }
}

/// <summary>
/// How often what may be called: posts for each channel, everything else in tiers for each method and workspace, by the
/// minute. A minute's calls may come at once.
/// </summary>
public sealed record SlackLimits
{
    /// <summary>For tests that are about something else.</summary>
    public static SlackLimits None { get; } = new()
    {
        PostsPerSecond = 1_000_000,
        PostBurst = 1_000_000,
        Tier1 = 1_000_000,
        Tier2 = 1_000_000,
        Tier3 = 1_000_000,
        Tier4 = 1_000_000,
    };

    public double PostsPerSecond { get; init; } = 1;

    /// <summary>How many posts a channel takes at once before it holds to the pace.</summary>
    public int PostBurst { get; init; } = 4;

    public int Tier1 { get; init; } = 10;

    public int Tier2 { get; init; } = 20;

    public int Tier3 { get; init; } = 50;

    public int Tier4 { get; init; } = 100;
}
