using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.LanguageModels;

namespace BotPlatform.Service;

/// <summary>
/// Performs effects outside any transaction. Each is taken with a lease, which is renewed while it is worked on: who
/// dies leaves it to another, and what was not committed is done again.
/// </summary>
public sealed class Dispatcher(
    Outbox outbox,
    GradeEffect grades,
    WordingEffect words,
    WorkQueue queue,
    OutboxBell bell,
    Telemetry telemetry,
    TimeProvider time,
    ILogger<Dispatcher> log) : BackgroundService
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForLeaving = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Overdue = TimeSpan.FromDays(1);

    private readonly EffectLease _lease = new(outbox, time, log);

    // Apart, so that no number of grades that hang keeps a candidate waiting for a question.
    private readonly SemaphoreSlim _forWordings = new(MostAtOnce);
    private readonly SemaphoreSlim _forTheRest = new(MostAtOnce);

    public override void Dispose()
    {
        _forWordings.Dispose();
        _forTheRest.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await BeginAsync(_forWordings, wordings: true, stoppingToken) + await BeginAsync(_forTheRest, wordings: false, stoppingToken) == 0)
                await bell.Effects.WaitAsync(LongestSleep, time, stoppingToken);
        }
    }

    /// <summary>Takes as much as there are places for, and begins with it.</summary>
    private async Task<int> BeginAsync(SemaphoreSlim places, bool wordings, CancellationToken stopping)
    {
        var free = 0;
        while (free < MostAtOnce && places.Wait(0, stopping))
            free++;
        if (free == 0)
            return 0;
        IReadOnlyList<OutboxRow> taken = [];
        try
        {
            taken = await outbox.TakeAsync(time.GetUtcNow(), EffectLease.Lasts, free, wordings, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("The outbox could not be read ({Error}); trying again", e.GetType().Name);
        }

        if (free > taken.Count)
            places.Release(free - taken.Count);
        foreach (var row in taken)
            _ = PerformAndReleaseAsync(row, places, stopping);
        return taken.Count;
    }

    private async Task PerformAndReleaseAsync(OutboxRow row, SemaphoreSlim places, CancellationToken stopping)
    {
        try
        {
            await Task.Yield();
            await PerformAsync(row, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // The lease runs out, and the effect is taken again.
            log.LogWarning("Effect {EffectId} ({Kind}) was left ({Error}); it is taken again", row.EffectId, row.Kind, e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            await LeaveAsync(row);
        }
        finally
        {
            // Where all places were taken, more may wait for this one.
            if (places.Release() == 0)
                bell.Ring();
        }
    }

    // The service stops: another node, or the next start, goes on at once instead of waiting for the lease to run out.
    private async Task LeaveAsync(OutboxRow row)
    {
        using var limit = new CancellationTokenSource(ForLeaving, time);
        try
        {
            await outbox.AgainAsync(row, time.GetUtcNow(), "the service was stopped", limit.Token);
        }
        catch (Exception e)
        {
            log.LogWarning("Effect {EffectId} keeps its lease until it runs out ({Error})", row.EffectId, e.GetType().Name);
        }
    }

    private async Task PerformAsync(OutboxRow row, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = _lease.KeepAsync(row, lost);
        Performed performed;
        try
        {
            performed = row.Kind switch
            {
                "request_grade" => await grades.PerformAsync(row, lost.Token),
                "request_wording" => await words.PerformAsync(row, lost.Token),
                _ => new Performed.Later(Overdue, $"'{row.Kind}' is unknown to this release"),
            };
        }
        catch (Exception e) when (!lost.IsCancellationRequested)
        {
            log.LogError("Effect {EffectId} ({Kind}) failed: {Error} at {Place}", row.EffectId, row.Kind, e.GetType().Name, e.TargetSite?.ToString());
            performed = new Performed.Later(AfterFailure * Math.Min(row.Attempts, 60), $"a fault of ours: {e.GetType().Name}");
        }
        finally
        {
            await lost.CancelAsync();
            await renewing;
        }

        await SettleAsync(row, performed, stopping);
    }

    private async Task SettleAsync(OutboxRow row, Performed performed, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        switch (performed)
        {
            case Performed.Later later:
                await outbox.AgainAsync(row, now + later.After, later.Why, stopping);
                telemetry.EffectWaits(row.Kind);
                var overdue = now - new DateTimeOffset(row.CreatedAt) > Overdue;
                log.Log(
                    overdue ? LogLevel.Error : LogLevel.Warning,
                    "{Overdue}Effect {EffectId} ({Kind}) of session {SessionId} waits: {Why}. It is tried again in {Seconds} s",
                    overdue ? "For more than a day: " : "", row.EffectId, row.Kind, row.SessionId, later.Why, (int)later.After.TotalSeconds);
                break;
            case Performed.Replied replied:
                if (await outbox.DoneAsync(row, replied.Input, now, stopping))
                    queue.Ask(row.Key);
                break;
            default:
                await outbox.DoneAsync(row, reply: null, now, stopping);
                break;
        }
    }
}
