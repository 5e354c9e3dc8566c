using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service;

/// <summary>Keeps the lease of an effect for as long as it is worked on.</summary>
internal sealed class EffectLease(Outbox outbox, TimeProvider time, ILogger log)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    /// <summary>Renews it until told to stop; where it is lost, says so by the same token.</summary>
    public async Task KeepAsync(OutboxRow row, CancellationTokenSource lost)
    {
        var cancellation = lost.Token;
        var until = time.GetUtcNow() + Lasts;
        try
        {
            // While the database is away nobody else can take the effect either; once the lease has run out, somebody may
            // have, and to go on would only ask and pay for the same thing twice. The fence holds back whoever finishes too late.
            while (time.GetUtcNow() < until)
            {
                await Task.Delay(Renewal, time, cancellation);
                var wanted = time.GetUtcNow() + Lasts;
                if (await TryRenewAsync(row, wanted, cancellation) is not { } held)
                    continue;
                if (!held)
                    break;
                until = wanted;
            }

            await lost.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
    }

    /// <summary>Whether the lease is ours still; null when the database could not be asked.</summary>
    private async Task<bool?> TryRenewAsync(OutboxRow row, DateTimeOffset until, CancellationToken cancellation)
    {
        try
        {
            return await outbox.RenewAsync(row, until, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("The lease of effect {EffectId} could not be renewed ({Error}); trying again", row.EffectId, e.GetType().Name);
            return null;
        }
    }
}
