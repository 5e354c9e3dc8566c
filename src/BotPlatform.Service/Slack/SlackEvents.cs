using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>How an event was received.</summary>
public enum SlackReceipt
{
    /// <summary>It is committed, or needs to be nowhere: it may be acknowledged.</summary>
    Committed,

    /// <summary>It is no event of a known form.</summary>
    Malformed,

    /// <summary>It could not be committed, or not in time: Slack has to deliver it again.</summary>
    Away,
}

/// <summary>Takes events in, over whatever they came.</summary>
public sealed class SlackEvents(SlackIntake intake, SlackTeamsHere teams, TimeProvider time, ILogger<SlackEvents> log)
{
    // Slack waits three seconds, and repeats what took longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <param name="retry">Which repetition of the delivery it is; 0 for the first.</param>
    public async Task<SlackReceipt> ReceiveAsync(SlackEnvelope envelope, byte[] body, int retry, string? reason, CancellationToken cancellation)
    {
        if (envelope.Type == "app_rate_limited")
            log.LogError("Slack has left out events of team {Team}: more than 30,000 came in an hour", envelope.TeamId);
        if (envelope.Type != "event_callback")
            return SlackReceipt.Committed;
        if (envelope is not { TeamId: { } team, EventId: { } id })
            return SlackReceipt.Malformed;
        try
        {
            var now = time.GetUtcNow();
            if (await teams.FindAsync(team, cancellation).WaitAsync(Patience, time, cancellation) is not { } known)
            {
                // Perhaps it is being taken in at this moment.
                log.LogWarning("An event came from Slack team {Team}, which is not known here", team);
                return SlackReceipt.Away;
            }

            if (!known.IsInstalled)
            {
                // Another node may have taken it in again.
                await teams.ReadAsync(cancellation).WaitAsync(Patience, time, cancellation);
                if (await teams.FindAsync(team, cancellation) is not { IsInstalled: true })
                    return SlackReceipt.Committed;
            }

            await intake.CommitAsync(new IncomingSlackEvent(known.WorkspaceId, id, body, retry, reason, now));
            return SlackReceipt.Committed;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("An event of Slack's could not be committed ({Error})", e.GetType().Name);
            return SlackReceipt.Away;
        }
    }
}
