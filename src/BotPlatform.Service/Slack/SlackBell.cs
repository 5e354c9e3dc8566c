using System.Threading.Channels;

namespace BotPlatform.Service.Slack;

/// <summary>Rings when events were committed on this node.</summary>
public sealed class SlackBell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    public Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation) => OutboxBell.WaitAsync(_rung.Reader, most, time, cancellation);
}
