using BotPlatform.Adapters.Slack;
using BotPlatform.Service.Hosting;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Socket Mode, for those whom Slack cannot reach: two connections, so that one is there while the other is replaced. One
/// that Slack is about to end goes on until another stands in its place.
/// </summary>
public sealed class SlackSocket(
    SlackSocketDoor door, SlackSocketTaking taking, SlackSettings settings, Telemetry telemetry, TimeProvider time, ILogger<SlackSocket> log) : BackgroundService
{
    private const int Connections = 2;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => KeepAsync(stoppingToken)));

    /// <summary>Keeps one connection.</summary>
    private async Task KeepAsync(CancellationToken stopping)
    {
        SlackSocketTalk? now = null;
        var leaving = new List<Task>();
        try
        {
            for (var tries = 0; !stopping.IsCancellationRequested; tries++)
            {
                if (await OpenAsync(stopping) is var (link, lasts))
                {
                    leaving.RemoveAll(l => l.IsCompleted);
                    leaving.Add(LeaveAsync(now, settings.Socket.Lingering, stopping));
                    now = new SlackSocketTalk(link, taking, telemetry, time);
                    var began = time.GetTimestamp();
                    var end = await EndAsync(now, lasts, stopping);
                    if (end == SocketEnd.SwitchedOff)
                        door.SwitchedOff();
                    tries = time.GetElapsedTime(began) >= settings.Socket.Settled ? -1 : tries;
                    log.LogInformation("A connection to Slack needs another in its place ({End})", end);
                }

                await Task.Delay(settings.Socket.Wait(Math.Max(tries, 0), Ids.Jitter()), time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is in work is finished below.
        }
        finally
        {
            await Task.WhenAll([.. leaving, LeaveAsync(now, TimeSpan.Zero, stopping)]);
        }
    }

    private async Task<(SocketLink, TimeSpan)?> OpenAsync(CancellationToken stopping)
    {
        try
        {
            return await door.OpenAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("A connection to Slack could not be opened ({Error}); trying again", e.GetType().Name);
            return null;
        }
    }

    // Slack ends each after hours, and says so; one that it has forgotten is replaced a little later.
    private async Task<SocketEnd> EndAsync(SlackSocketTalk talk, TimeSpan lasts, CancellationToken stopping)
    {
        try
        {
            return await talk.End.WaitAsync(lasts + settings.Socket.Settled, time, stopping);
        }
        catch (TimeoutException)
        {
            return SocketEnd.Expiring;
        }
    }

    private static async Task LeaveAsync(SlackSocketTalk? talk, TimeSpan lingering, CancellationToken stopping)
    {
        if (talk is null)
            return;
        await talk.LeaveAsync(lingering, stopping);
        talk.Dispose();
    }
}
