using System.Threading.Channels;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Commits events before they are acknowledged: those that come while a commit is under way share the next one, so that
/// the disk is waited for once for many. One that is not committed in time is given up, and Slack delivers it again.
/// </summary>
public sealed class SlackIntake(SlackDeliveries deliveries, Telemetry telemetry, TimeProvider time, ILogger<SlackIntake> log) : BackgroundService
{
    private const int Writers = 2;
    private const int MostInACommit = 256;
    private const int MostWaiting = 2048;
    private const int MostBytesInACommit = 8 << 20;

    // Slack waits three seconds. One clock for all: one for each event would cost as much as the rest of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.25);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(MostWaiting);
    private readonly Waiting[]?[] _underWay = new Waiting[]?[Writers];

    /// <param name="Since">By the clock that only runs forward.</param>
    private readonly record struct Waiting(IncomingSlackEvent Event, TaskCompletionSource Committed, long Since);

    /// <summary>Rings when events were committed on this node.</summary>
    public Bell Committed { get; } = new();

    /// <summary>Completes once it is committed; throws where it was not, or may not have been.</summary>
    /// <exception cref="TimeoutException">Too many wait already, or it took too long.</exception>
    public Task CommitAsync(IncomingSlackEvent happened)
    {
        // What follows a commit is an answer of a few bytes: it goes out from here, as handing each to another thread costs more.
        var waiting = new Waiting(happened, new TaskCompletionSource(), time.GetTimestamp());
        return _waiting.Writer.TryWrite(waiting) ? waiting.Committed.Task : Task.FromException(new TimeoutException("too many events wait to be committed"));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([GiveUpLateAsync(stoppingToken), .. Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, stoppingToken))]);

    private async Task WriteAsync(int writer, CancellationToken cancellation)
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
                    await CommitAsync(writer, [.. batch], cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whoever still waits is told so; Slack delivers it again.
            while (_waiting.Reader.TryRead(out var left))
                left.Committed.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task CommitAsync(int writer, Waiting[] batch, CancellationToken cancellation)
    {
        Volatile.Write(ref _underWay[writer], batch);
        try
        {
            await deliveries.CommitAsync([.. batch.Select(w => w.Event)], cancellation);
            Committed.Ring();
            foreach (var waiting in batch)
            {
                telemetry.SlackEvent(waiting.Event.Retry, waiting.Event.RetryReason);
                waiting.Committed.TrySetResult();
            }
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning("{Count} events of Slack could not be committed ({Error}); Slack delivers them again", batch.Length, e.GetType().Name);
            foreach (var waiting in batch)
                waiting.Committed.TrySetException(e);
        }
        finally
        {
            Volatile.Write(ref _underWay[writer], null);
        }
    }

    // What is given up may be committed all the same; then its repetition is recognised.
    private async Task GiveUpLateAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        while (await ticks.WaitForNextTickAsync(cancellation))
        {
            for (var writer = 0; writer < Writers; writer++)
            {
                foreach (var waiting in Volatile.Read(ref _underWay[writer]) ?? [])
                    GiveUp(waiting);
            }

            while (_waiting.Reader.TryPeek(out var first) && IsLate(first) && _waiting.Reader.TryRead(out var late))
            {
                // Another than the one that was looked at: a writer has taken that.
                if (!GiveUp(late) && !_waiting.Writer.TryWrite(late))
                    late.Committed.TrySetException(new TimeoutException("too many events wait to be committed"));
            }
        }
    }

    private bool IsLate(Waiting waiting) => time.GetElapsedTime(waiting.Since) > Patience;

    private bool GiveUp(Waiting waiting) => IsLate(waiting) && waiting.Committed.TrySetException(new TimeoutException("it could not be committed in time"));
}
