using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Tells the service what happens: events until it acknowledges or three retries have failed, all else once.</summary>
internal sealed class Telling(World world, HttpWay http, CancellationToken stopping)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private readonly Lock _lock = new();
    private readonly List<SlackDelivery> _deliveries = [];
    private readonly HashSet<Task> _running = [];

    public IReadOnlyList<SlackDelivery> Deliveries
    {
        get
        {
            lock (_lock) return [.. _deliveries];
        }
    }

    /// <summary>Null for HTTP.</summary>
    public SocketWay? Socket { get; set; }

    public bool HasWay => Socket is not null || http.Service is not null;

    /// <summary>Everything that is still under way, retries too.</summary>
    public async Task SettledAsync()
    {
        while (true)
        {
            Task[] running;
            lock (_lock) running = [.. _running];
            if (running.Length == 0) return;
            await Task.WhenAll(running);
        }
    }

    /// <summary>Completes with the first attempt; retries of an event go on by themselves.</summary>
    public async Task<SlackReply> TellAsync(Outgoing what)
    {
        var reply = await AttemptAsync(what, 0, null);
        if (!reply.Acknowledged && !reply.NoRetry && what.IsRetried) Start(() => RetryAsync(what, reply));
        return reply;
    }

    public void Start(Func<Task> what)
    {
        var task = Task.Run(what, CancellationToken.None);
        lock (_lock) _running.Add(task);
        _ = task.ContinueWith(
            done =>
            {
                lock (_lock) _running.Remove(done);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RetryAsync(Outgoing what, SlackReply last)
    {
        try
        {
            for (var retry = 1; retry <= Waits.Length && !last.Acknowledged && !last.NoRetry; retry++)
            {
                var wait = Waits[retry - 1] * world.Options.RetryScale;
                if (wait > TimeSpan.Zero) await Task.Delay(wait, world.Options.Time, stopping);
                last = await AttemptAsync(what, retry, last.Failure);
            }
        }
        catch (OperationCanceledException)
        {
            // This Slack is being put away.
        }
    }

    private async Task<SlackReply> AttemptAsync(Outgoing what, int retry, string? reason)
    {
        var reply = Socket is { } socket
            ? await socket.SendAsync(what, retry, reason, stopping)
            : await http.SendAsync(what, retry, reason, stopping);
        lock (_lock) _deliveries.Add(new SlackDelivery(what.Path, what.Type, what.Body, what.EventId, retry, reply));
        return reply;
    }
}
