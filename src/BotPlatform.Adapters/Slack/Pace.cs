namespace BotPlatform.Adapters.Slack;

/// <summary>How often something may be done: so many at once, then so many a second.</summary>
public readonly record struct PaceLimit(double PerSecond, int Burst);

/// <summary>
/// A token bucket for each key (docs.slack.dev, Rate limits): a channel, a method, a team. Not for use by several at a time.
/// </summary>
public sealed class Pace(PaceLimit limit)
{
    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _closed = new(StringComparer.Ordinal);

    /// <summary>How long until it may be done; zero for now.</summary>
    public TimeSpan Wait(string key, DateTimeOffset now)
    {
        var closed = _closed.TryGetValue(key, out var until) && until > now ? until - now : TimeSpan.Zero;
        var missing = 1 - Tokens(key, now);
        var filling = missing <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / limit.PerSecond);
        return closed > filling ? closed : filling;
    }

    /// <summary>Does it, now or when its turn comes: what is done counts, and whoever asks next waits for longer.</summary>
    public void Take(string key, DateTimeOffset now)
    {
        Forget(now);
        _buckets[key] = (Tokens(key, now) - 1, now);
    }

    /// <summary>Nothing before this time is over, whatever the bucket holds.</summary>
    public void Close(string key, TimeSpan time, DateTimeOffset now)
    {
        if (now + time is var until && until > _closed.GetValueOrDefault(key))
            _closed[key] = until;
    }

    private double Tokens(string key, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(key, out var bucket))
            return limit.Burst;
        var filled = bucket.Tokens + (limit.PerSecond * Math.Max(0, (now - bucket.At).TotalSeconds));
        return Math.Min(limit.Burst, filled);
    }

    // A full bucket is like none.
    private void Forget(DateTimeOffset now)
    {
        if (_buckets.Count < 1000)
            return;
        foreach (var key in _buckets.Keys.Where(k => Tokens(k, now) >= limit.Burst).ToArray())
            _buckets.Remove(key);
        foreach (var key in _closed.Where(c => c.Value <= now).Select(c => c.Key).ToArray())
            _closed.Remove(key);
    }
}
