using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Sessions;
using Npgsql;

namespace BotPlatform.Service;

/// <summary>
/// Takes sessions with due inbox rows, decides row after row, and writes all that follows in one short
/// transaction. Many may run, on many nodes: the session's row is the lock.
/// </summary>
public sealed class Conductor(
    NpgsqlDataSource source,
    SessionStore store,
    Inbox inbox,
    SessionCache cache,
    WorkQueue queue,
    OutboxBell bell,
    NodeSignals nodes,
    Telemetry telemetry,
    TimeProvider time,
    ILogger<Conductor> log) : BackgroundService
{
    private const int Workers = 4;
    private const int SessionsPerLook = 500;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([LookForDueAsync(stoppingToken), .. Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken))]);

    /// <summary>Handles what is due in one session.</summary>
    public async Task ConductAsync(SessionKey key, CancellationToken cancellation)
    {
        using var activity = telemetry.Conduct(key);
        var now = time.GetUtcNow();
        await using var work = await SessionWork.BeginAsync(source, key, now, cancellation);
        // Locked by another node; not so when it is gone, or nodes would tell each other of it for ever.
        if (work is null && await store.FindAsync(key, cancellation) is not null)
            nodes.WorkWaits(key);
        if (work is null || work.Inbox.Count == 0)
            return;
        var before = cache.Find(key.Session, work.Row.Version) ?? await work.LoadAsync(store, cancellation);
        var session = before;
        foreach (var row in work.Inbox)
        {
            if (row.State == "dead")
                break;
            if (TryDecide(session, row, now, out var decision, out var error))
            {
                var after = Interview.Apply(session, decision.Events);
                work.Write(session, after, decision, Received(row), now);
                work.Done(row, now);
                session = after;
            }
            else
            {
                work.Dead(row, error);
                telemetry.DeadLetter();
                log.LogError("Inbox row {InboxId} of session {SessionId} cannot be handled and waits for an operator: {Error}", row.InboxId, key.Session, error);
                break;
            }
        }

        await work.CommitAsync(session, now, cancellation);
        cache.Keep(session);
        if (work.HasEffects)
            bell.Ring();
        if (session.Version != before.Version)
            nodes.Changed(key);
        if (work.Inbox.Count == SessionWork.MostAtOnce)
            queue.Ask(key);
        telemetry.Handled(work.Inbox.Count);
    }

    // What throws here is a fault of ours or a damaged row, never the candidate's doing: the row is set aside with
    // the kind of the fault (its message might hold text), and only its own session waits.
    private static bool TryDecide(Session session, InboxRow row, DateTimeOffset now, out Decision decision, out string error)
    {
        (decision, error) = (Decision.Nothing, "");
        try
        {
            decision = Interview.Decide(session, InputOf(row) with { HandledAt = now }, Received(row));
            return true;
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = $"{e.GetType().Name} at {e.TargetSite?.DeclaringType?.Name}.{e.TargetSite?.Name}";
            return false;
        }
    }

    private static Input InputOf(InboxRow row) => row.TimerEvent is { } set
        ? new Input.TimerDue(Interviewing.Words.Parse<TimerKind>(row.Kind["timer_".Length..])!.Value, set)
        : StoredJson.ReadInput(row.Kind, row.Body ?? throw new InvalidDataException("the delivery is gone"));

    private static DateTimeOffset Received(InboxRow row) => new(row.TimerEvent is null ? row.ReceivedAt : row.DueAt);

    private async Task WorkAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var key = await queue.TakeAsync(cancellation);
            try
            {
                await ConductAsync(key, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // Nothing is lost: the rows are still due, and the next look finds them.
                cache.Forget(key.Session);
                log.LogWarning("Session {SessionId} could not be worked on ({Error}); it is tried again", key.Session, Describe(e));
                await Task.Delay(AfterFailure, time, cancellation);
            }
            finally
            {
                queue.Finished(key);
            }
        }
    }

    private async Task LookForDueAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            try
            {
                var now = time.GetUtcNow();
                foreach (var key in await inbox.DueAsync(now, SessionsPerLook, cancellation))
                    queue.Ask(key);
                if (await inbox.NextDueAsync(now, cancellation) is { } next && next - now < sleep)
                    sleep = next - now;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning("The database could not be asked for work ({Error}); trying again", Describe(e));
            }

            await Task.Delay(sleep < TimeSpan.FromMilliseconds(20) ? TimeSpan.FromMilliseconds(20) : sleep, time, cancellation);
        }
    }

    private static string Describe(Exception e) => e is PostgresException p ? $"PostgreSQL {p.SqlState}" : e.GetType().Name;
}
