namespace BotPlatform.Tests.Shared.Slack;

/// <summary>
/// Token buckets by key, and until when a key was told to wait: a call that comes before is turned away and is a fault
/// of the caller.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>Seconds that are still to be waited because of an earlier answer, or null.</summary>
    public int? Running(string key) =>
        _until.TryGetValue(key, out var until) && until > time.GetUtcNow() ? Seconds(until - time.GetUtcNow()) : null;

    /// <summary>Seconds to wait, or null for a call that may go on.</summary>
    public int? Take(string key, double perSecond, int burst)
    {
        var now = time.GetUtcNow();
        var (tokens, at) = _buckets.GetValueOrDefault(key, (burst, now));
        tokens = Math.Min(burst, tokens + ((now - at).TotalSeconds * perSecond));
        var enough = tokens >= 1;
        _buckets[key] = (enough ? tokens - 1 : tokens, now);
        return enough ? null : Hold(key, Seconds(TimeSpan.FromSeconds((1 - tokens) / perSecond)));
    }

    /// <summary>Holds the key back for that long.</summary>
    public int Hold(string key, int seconds)
    {
        _until[key] = time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        return seconds;
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
