using System.Net.Sockets;
using BotPlatform.Adapters.Postgres;
using Npgsql;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Takes committed events in their order and puts each where it belongs: into an interview's inbox, or into the outbox as
/// an answer. On all nodes together one does this at a time.
/// </summary>
public sealed class SlackRouter(
    NpgsqlDataSource source,
    SlackDeliveries deliveries,
    SlackTeamsHere teams,
    SlackBell bell,
    OutboxBell posts,
    WorkQueue queue,
    Telemetry telemetry,
    TimeProvider time,
    ILogger<SlackRouter> log) : BackgroundService
{
    // Many in one transaction cost little more than one, and nobody sees so short a time.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(RouteAllAsync(stoppingToken), ForgetAsync(stoppingToken));

    private async Task RouteAllAsync(CancellationToken cancellation)
    {
        var most = SlackWork.MostAtOnce;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!await RouteAsync(most, cancellation))
                    await bell.WaitAsync(LongestSleep, time, cancellation);
                await Task.Delay(Gather, time, cancellation);
                most = SlackWork.MostAtOnce;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // One that cannot be written spoils the transaction for all; alone, it is set aside. A database that is away
                // is no event's fault.
                var away = e is NpgsqlException { IsTransient: true } or TimeoutException or SocketException or IOException or PostgresException { SqlState: "57P01" or "57P03" or "25P03" };
                log.LogWarning("Events of Slack could not be routed ({Error}); trying again", e is PostgresException p ? $"PostgreSQL {p.SqlState}" : e.GetType().Name);
                if (most == 1 && !away)
                    await SetAsideAsync(e.GetType().Name, cancellation);
                most = away ? most : 1;
                if (away)
                    await Task.Delay(AfterFailure, time, cancellation);
            }
        }
    }

    /// <summary>One transaction's worth; false when there was nothing to do.</summary>
    private async Task<bool> RouteAsync(int most, CancellationToken cancellation)
    {
        await using var work = await SlackWork.BeginAsync(source, most, cancellation);
        if (work is null)
            return false;
        var batch = await SlackBatch.ReadAsync(work, time.GetUtcNow());
        var routing = new SlackRouting(batch, time.GetUtcNow());
        var settled = 0;
        for (var i = 0; i < work.Due.Count; i++)
            settled += await routing.RouteAsync(i) ? 1 : 0;
        if (settled == 0)
            return false;
        await work.CommitAsync(cancellation);
        foreach (var key in batch.Touched)
            queue.Ask(key);
        telemetry.Accepted(batch.Inputs);
        posts.Ring();
        if (routing.TeamsChanged)
            await teams.ReadAsync(cancellation);
        return true;
    }

    private async Task SetAsideAsync(string error, CancellationToken cancellation)
    {
        await using var work = await SlackWork.BeginAsync(source, 1, cancellation);
        if (work is null)
            return;
        work.Dead(work.Due[0], error);
        await work.CommitAsync(cancellation);
        telemetry.DeadLetter();
        log.LogError("Slack event {DeliveryId} cannot be handled and waits for an operator: {Error}", work.Due[0].DeliveryId, error);
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await deliveries.ForgetAsync(time.GetUtcNow() - Kept, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning("Old deliveries could not be forgotten ({Error}); trying again", e.GetType().Name);
            }

            await Task.Delay(BetweenCleanings, time, cancellation);
        }
    }
}
