using System.Globalization;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Everything this Slack knows. Whoever reads or changes it holds the lock.</summary>
internal sealed class World(SlackOptions options)
{
    private long _lastTs;
    private int _ids;

    public Lock Lock { get; } = new();

    public SlackOptions Options => options;

    public Dictionary<string, SlackTeam> Teams { get; } = new(StringComparer.Ordinal);

    /// <summary>Who a token speaks for, also when it no longer does.</summary>
    public Dictionary<string, Token> Tokens { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, OpenedView> Views { get; } = new(StringComparer.Ordinal);

    public Triggers Triggers { get; } = new(options.Time, options.TriggersLast);

    public ResponseUrls ResponseUrls { get; } = new(options.Time);

    public RateLimits Limits { get; } = new(options.Time);

    public List<string> Refusals { get; } = [];

    public List<SlackCall> Calls { get; } = [];

    /// <summary>Tells the app what happened; set once there is a way to it.</summary>
    public Action<SlackTeam, System.Text.Json.Nodes.JsonObject> Tell { get; set; } = (_, _) => { };

    public T Locked<T>(Func<T> what)
    {
        lock (Lock) return what();
    }

    public void Refuse(string line) => Locked(() =>
    {
        Refusals.Add(line);
        return true;
    });

    /// <summary>A time that no other message has.</summary>
    public string NextTs()
    {
        var now = (options.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _lastTs = Math.Max(now, _lastTs + 100);
        return string.Create(CultureInfo.InvariantCulture, $"{_lastTs / 1_000_000}.{_lastTs % 1_000_000:D6}");
    }

    public string NextId(string prefix) => Locked(() => $"{prefix}{Hex(++_ids)}");

    public int Number() => Locked(() => ++_ids);

    private static string Hex(int number) => (0x10000000 + number).ToString("X", CultureInfo.InvariantCulture);
}

/// <summary>What a token opens.</summary>
/// <param name="Team">Null for a token of the app itself.</param>
internal sealed record Token(string Value, SlackTeam? Team, IReadOnlyList<string> Scopes)
{
    public bool Revoked { get; set; }

    public DateTimeOffset? ExpiresAt { get; init; }
}
