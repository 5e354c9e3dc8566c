using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>
/// How fast one team is spoken to: about a message a second in a channel with small bursts, several hundred a minute in all,
/// and each method within its tier (docs.slack.dev, Rate limits). Used by its one sender.
/// </summary>
internal sealed class SlackPaces(TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Pace _channels = new(new PaceLimit(1, 3));
    private readonly Pace _posts = new(new PaceLimit(5, 20));
    private readonly Pace _tier3 = new(new PaceLimit(50 / 60.0, 10));
    private readonly Pace _tier4 = new(new PaceLimit(100 / 60.0, 20));

    /// <summary>Waits until the method may be called, and counts it; not so where that takes longer than a moment.</summary>
    /// <param name="channel">Null for methods that are not counted by channel.</param>
    /// <returns>How long it takes, where that is not worth waiting for; null when it may be called now.</returns>
    public async Task<TimeSpan?> WaitAsync(string method, string? channel, CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            wait = Longest(method, channel, now);
            if (wait > Moment)
                return wait;
            // Whoever waits has its turn already, so that many do not wait for the same one.
            foreach (var (pace, key) in Of(method, channel))
                pace.Take(key, now);
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellation);
        return null;
    }

    /// <summary>No call of the method before this time is over, wherever: Slack has said so.</summary>
    public void Close(string method, TimeSpan forSoLong)
    {
        lock (_gate)
        {
            foreach (var (pace, key) in Of(method, channel: null))
                pace.Close(key, forSoLong, time.GetUtcNow());
        }
    }

    private TimeSpan Longest(string method, string? channel, DateTimeOffset now)
    {
        var longest = TimeSpan.Zero;
        foreach (var (pace, key) in Of(method, channel))
        {
            if (pace.Wait(key, now) is var wait && wait > longest)
                longest = wait;
        }

        return longest;
    }

    private IEnumerable<(Pace Pace, string Key)> Of(string method, string? channel)
    {
        switch (method)
        {
            case "chat.postMessage" or "chat.postEphemeral":
                if (channel is not null)
                    yield return (_channels, channel);
                yield return (_posts, "");
                break;
            case "views.publish":
                yield return (_tier4, method);
                break;
            case "assistant.threads.setStatus":
                yield return (_posts, method);
                break;
            default:
                yield return (_tier3, method);
                break;
        }
    }
}
