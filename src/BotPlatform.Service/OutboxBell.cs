using System.Threading.Channels;

namespace BotPlatform.Service;

/// <summary>Rings when something was queued on this node, so that nobody waits for the next look.</summary>
public sealed class OutboxBell
{
    private readonly Channel<bool> _effects = OneRing();
    private readonly Channel<bool> _posts = OneRing();

    public void Ring()
    {
        _effects.Writer.TryWrite(true);
        _posts.Writer.TryWrite(true);
    }

    /// <summary>Waits for the next ring, at most so long; for whoever performs effects.</summary>
    public Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation) => WaitAsync(_effects.Reader, most, time, cancellation);

    /// <summary>The same for whoever posts to chat platforms.</summary>
    public Task WaitForPostsAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation) => WaitAsync(_posts.Reader, most, time, cancellation);

    private static Channel<bool> OneRing() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal static async Task WaitAsync(ChannelReader<bool> rung, TimeSpan most, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await rung.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nothing rang; it is time to look all the same.
        }
    }
}
