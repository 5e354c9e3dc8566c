using System.Threading.Channels;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Commits events before they are acknowledged: those that come while a commit is under way share the next one, so that
/// the disk is waited for once for many.
/// </summary>
public sealed class SlackIntake(SlackDeliveries deliveries, SlackBell bell, Telemetry telemetry, ILogger<SlackIntake> log) : BackgroundService
{
    private const int Writers = 2;
    private const int MostInACommit = 256;
    private const int MostWaiting = 2048;
    private const int MostBytesInACommit = 8 << 20;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(MostWaiting);

    private readonly record struct Waiting(IncomingSlackEvent Event, TaskCompletionSource Committed);

    /// <summary>Completes once it is committed; throws where it was not, or may not have been.</summary>
    /// <exception cref="TimeoutException">Too many wait already.</exception>
    public Task CommitAsync(IncomingSlackEvent happened)
    {
        var waiting = new Waiting(happened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(waiting) ? waiting.Committed.Task : Task.FromException(new TimeoutException("too many events wait to be committed"));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteAsync(stoppingToken)));

    private async Task WriteAsync(CancellationToken cancellation)
    {
        var batch = new List<Waiting>(MostInACommit);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(cancellation))
            {
                batch.Clear();
                var bytes = 0;
                while (batch.Count < MostInACommit && bytes < MostBytesInACommit && _waiting.Reader.TryRead(out var next))
                {
                    batch.Add(next);
                    bytes += next.Event.Body.Length;
                }

                if (batch.Count > 0)
                    await CommitAsync(batch, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whoever still waits is told so; Slack delivers it again.
            while (_waiting.Reader.TryRead(out var left))
                left.Committed.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task CommitAsync(List<Waiting> batch, CancellationToken cancellation)
    {
        try
        {
            await deliveries.CommitAsync([.. batch.Select(w => w.Event)], cancellation);
            foreach (var waiting in batch)
            {
                telemetry.SlackEvent(waiting.Event.Retry, waiting.Event.RetryReason);
                waiting.Committed.TrySetResult();
            }

            bell.Ring();
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning("{Count} events of Slack could not be committed ({Error}); Slack delivers them again", batch.Count, e.GetType().Name);
            foreach (var waiting in batch)
                waiting.Committed.TrySetException(e);
        }
    }
}
