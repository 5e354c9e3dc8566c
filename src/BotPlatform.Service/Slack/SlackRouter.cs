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
    SlackIntake intake,
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

    private IReadOnlyList<long> _inWork = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(RouteAllAsync(stoppingToken), ForgetAsync(stoppingToken));

    private async Task RouteAllAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!await RouteAsync(only: null, cancellation))
                    await intake.Committed.WaitAsync(LongestSleep, time, cancellation);
                await Task.Delay(Gather, time, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning("Events of Slack could not be routed ({Error}); trying again", Describe(e));
                await Task.Delay(AfterFailure, time, cancellation);
                if (!IsAway(e))
                    await RouteEachAsync([.. _inWork], cancellation);
            }
        }
    }

    // One that cannot be written spoils the transaction for all; each alone, that one is set aside.
    private async Task RouteEachAsync(IReadOnlyList<long> deliveries, CancellationToken cancellation)
    {
        foreach (var delivery in deliveries)
        {
            try
            {
                await RouteAsync(delivery, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                if (IsAway(e) || !await TrySetAsideAsync(delivery, Describe(e), cancellation))
                    return;
            }
        }
    }

    /// <summary>One transaction's worth; false when there was nothing to do.</summary>
    private async Task<bool> RouteAsync(long? only, CancellationToken cancellation)
    {
        await using var work = await SlackWork.BeginAsync(source, only, time.GetUtcNow(), cancellation);
        if (work is null)
            return false;
        _inWork = [.. work.Due.Select(d => d.DeliveryId)];
        var batch = await SlackBatch.ReadAsync(work, time.GetUtcNow());
        var routing = new SlackRouting(batch, time.GetUtcNow());
        for (var i = 0; i < work.Due.Count; i++)
            await routing.RouteAsync(i);
        await work.CommitAsync(cancellation);
        foreach (var key in batch.Touched)
            queue.Ask(key);
        telemetry.Accepted(batch.Inputs);
        posts.Ring();
        if (routing.TeamsChanged)
            await teams.ReadAsync(cancellation);
        return true;
    }

    private async Task<bool> TrySetAsideAsync(long delivery, string error, CancellationToken cancellation)
    {
        try
        {
            await using var work = await SlackWork.BeginAsync(source, delivery, time.GetUtcNow(), cancellation);
            if (work is null)
                return false;
            work.Dead(work.Due[0], error);
            await work.CommitAsync(cancellation);
            telemetry.DeadLetter();
            log.LogError("Slack event {DeliveryId} cannot be handled and waits for an operator: {Error}", delivery, error);
            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // It is due still, and tried again with all others.
            log.LogWarning("Slack event {DeliveryId} could not be set aside ({Error})", delivery, Describe(e));
            return false;
        }
    }

    // A database that is away, being stopped, out of room or read-only is no event's fault.
    private static bool IsAway(Exception e) =>
        e is NpgsqlException { IsTransient: true } or TimeoutException or SocketException or IOException
        || (e is PostgresException { SqlState: var state } && (state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("25", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)));

    private static string Describe(Exception e) => e is PostgresException p ? $"PostgreSQL {p.SqlState}" : e.GetType().Name;

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
