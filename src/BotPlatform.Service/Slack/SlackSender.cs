using System.Collections.Concurrent;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Posts to Slack what the outbox holds for it, in order within each lane. A team has one sender among all nodes, which
/// holds the team's lease, so that its pace is kept by one.
/// </summary>
public sealed class SlackSender(
    SlackHolds holds,
    SlackPosts posts,
    SlackTeamsHere teams,
    SlackDoing doing,
    OutboxBell bell,
    TimeProvider time,
    ILogger<SlackSender> log) : BackgroundService
{
    /// <summary>Posts to one team at once; most of their time they wait for Slack's pace.</summary>
    private const int MostAtOnce = 16;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ForLeaving = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(Guid Workspace, string Lane), byte> _inFlight = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var begun = 0;
                try
                {
                    await holds.ShowAliveAsync(stoppingToken);
                    foreach (var workspace in await posts.TeamsAsync(time.GetUtcNow(), stoppingToken))
                        begun += await SendAsync(workspace, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning("What waits for Slack could not be read ({Error}); trying again", e.GetType().Name);
                }

                if (begun == 0)
                    await bell.Posts.WaitAsync(LongestSleep, time, stoppingToken);
            }
        }
        finally
        {
            await LeaveAsync();
        }
    }

    /// <returns>How many were begun with.</returns>
    private async Task<int> SendAsync(Guid workspace, CancellationToken cancellation)
    {
        if (await teams.FindAsync(workspace, cancellation) is not { IsInstalled: true } team || !await holds.HoldAsync(workspace, cancellation))
            return 0;
        var free = MostAtOnce - _inFlight.Keys.Count(k => k.Workspace == workspace);
        if (free <= 0)
            return 0;
        var begun = 0;
        foreach (var post in await posts.HeadsAsync(workspace, time.GetUtcNow(), MostAtOnce * 2, cancellation))
        {
            if (begun == free)
                break;
            if (!_inFlight.TryAdd((workspace, post.Lane), 0))
                continue;
            begun++;
            _ = DoAsync(team, post, holds.Node, cancellation);
        }

        return begun;
    }

    private async Task DoAsync(SlackTeam team, SlackPost post, Guid node, CancellationToken cancellation)
    {
        try
        {
            await Task.Yield();
            if (!await doing.DoAsync(team, post, node, cancellation))
                holds.Forget(team.WorkspaceId);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // It is marked as tried: whether it is out is looked up before it is tried again.
            log.LogWarning("Post {EffectId} ({Kind}) was left ({Error}); it is taken again", post.EffectId, post.Kind, e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // The service stops; the next one looks up what came of it.
        }
        finally
        {
            _inFlight.TryRemove((post.WorkspaceId, post.Lane), out _);
            bell.Ring();
        }
    }

    private async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(ForLeaving, time);
        try
        {
            // What is under way has been told to stop; its lane stays with us until it has.
            while (!_inFlight.IsEmpty)
                await Task.Delay(TimeSpan.FromMilliseconds(10), time, limit.Token);
            await holds.LeaveAsync(limit.Token);
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning("Other nodes take over the Slack teams of this one once its lease has run out ({Error})", e.GetType().Name);
        }
    }
}
