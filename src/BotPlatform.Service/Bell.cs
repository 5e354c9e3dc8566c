using System.Threading.Channels;

namespace BotPlatform.Service;

/// <summary>Rings when there is something to do, so that nobody waits for the next look; several rings at once are one.</summary>
public sealed class Bell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Waits for the next ring, at most so long; true when it rang.</summary>
    public async Task<bool> WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await _rung.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nothing rang; it is time to look all the same.
            return false;
        }
    }
}
