using System.Collections.Concurrent;
using BotPlatform.Adapters.Postgres;
using Dapper;
using Npgsql;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Posts to Slack what the outbox holds for it, in order within each lane. A team has one sender among all nodes, which
/// holds the team's lease, so that its pace is kept by one.
/// </summary>
public sealed class SlackSender : BackgroundService
{
    /// <summary>Posts to one team at once; most of their time they wait for Slack's pace.</summary>
    private const int MostAtOnce = 16;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForLeaving = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source;
    private readonly SlackTeams _stored;
    private readonly SlackPosts _posts;
    private readonly SlackTeamsHere _teams;
    private readonly SlackDoing _doing;
    private readonly OutboxBell _bell;
    private readonly TimeProvider _time;
    private readonly ILogger<SlackSender> _log;
    private readonly Func<Guid> _newId;
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _heldUntil = new();
    private NpgsqlConnection? _alive;
    private DateTimeOffset _seenAlive;

    // Another one each time that its sign of life has to be given anew: what the last one left behind says nothing of this one.
    private Guid _node;
    private readonly ConcurrentDictionary<(Guid Workspace, string Lane), byte> _inFlight = new();

    public SlackSender(
        NpgsqlDataSource source, SlackTeams stored, SlackPosts posts, SlackTeamsHere teams, SlackDoing doing, OutboxBell bell, Func<Guid> newId, TimeProvider time, ILogger<SlackSender> log)
    {
        (_source, _stored, _posts, _teams, _doing, _bell, _time, _log) = (source, stored, posts, teams, doing, bell, time, log);
        _newId = newId;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var begun = 0;
                try
                {
                    await ShowAliveAsync(stoppingToken);
                    foreach (var workspace in await WaitingAsync(stoppingToken))
                        begun += await SendAsync(workspace, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    _log.LogWarning("What waits for Slack could not be read ({Error}); trying again", e.GetType().Name);
                }

                if (begun == 0)
                    await _bell.Posts.WaitAsync(LongestSleep, _time, stoppingToken);
            }
        }
        finally
        {
            await LeaveAsync();
        }
    }

    // Without its sign of life others may have taken over what this node held.
    private async Task ShowAliveAsync(CancellationToken cancellation)
    {
        if (_alive is not null && _time.GetUtcNow() - _seenAlive < Renewal)
            return;
        try
        {
            if (_alive is not null)
                await _alive.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: cancellation));
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException && !cancellation.IsCancellationRequested)
        {
            await _alive!.DisposeAsync();
            _alive = null;
        }

        if (_alive is null)
        {
            var (before, node) = (_node, _newId());
            var connection = await _source.OpenConnectionAsync(cancellation);
            try
            {
                await SlackTeams.ShowAliveAsync(connection, node, cancellation);
                await _stored.LetGoAsync(before, cancellation);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            (_alive, _node) = (connection, node);
            _heldUntil.Clear();
        }

        _seenAlive = _time.GetUtcNow();
    }

    /// <summary>Teams with something that is due.</summary>
    private async Task<IReadOnlyList<Guid>> WaitingAsync(CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Guid>(
            "select distinct workspace_id from outbox where lane is not null and state in ('queued', 'attempting') and due_at <= @now", new { now = _time.GetUtcNow() })).AsList();
    }

    /// <returns>How many were begun with.</returns>
    private async Task<int> SendAsync(Guid workspace, CancellationToken cancellation)
    {
        if (await _teams.FindAsync(workspace, cancellation) is not { IsInstalled: true } team || !await HoldAsync(workspace, cancellation))
            return 0;
        var free = MostAtOnce - _inFlight.Keys.Count(k => k.Workspace == workspace);
        if (free <= 0)
            return 0;
        var begun = 0;
        foreach (var post in await _posts.HeadsAsync(workspace, _time.GetUtcNow(), MostAtOnce * 2, cancellation))
        {
            if (begun == free)
                break;
            if (!_inFlight.TryAdd((workspace, post.Lane), 0))
                continue;
            begun++;
            _ = DoAsync(team, post, _node, cancellation);
        }

        return begun;
    }

    private async Task DoAsync(SlackTeam team, SlackPost post, Guid node, CancellationToken cancellation)
    {
        try
        {
            await Task.Yield();
            if (!await _doing.DoAsync(team, post, node, cancellation))
                _heldUntil.TryRemove(team.WorkspaceId, out _);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // It is marked as tried: whether it is out is looked up before it is tried again.
            _log.LogWarning("Post {EffectId} ({Kind}) was left ({Error}); it is taken again", post.EffectId, post.Kind, e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // The service stops; the next one looks up what came of it.
        }
        finally
        {
            _inFlight.TryRemove((post.WorkspaceId, post.Lane), out _);
            _bell.Ring();
        }
    }

    private async Task<bool> HoldAsync(Guid workspace, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        if (_heldUntil.TryGetValue(workspace, out var until) && until - now > Lease - Renewal && until - now <= Lease)
            return true;
        if (!await _stored.HoldAsync(workspace, _node, Lease, cancellation))
        {
            _heldUntil.TryRemove(workspace, out _);
            return false;
        }

        _heldUntil[workspace] = now + Lease;
        return true;
    }

    private async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(ForLeaving, _time);
        try
        {
            // What is under way has been told to stop; its lane stays with us until it has.
            while (!_inFlight.IsEmpty)
                await Task.Delay(TimeSpan.FromMilliseconds(10), _time, limit.Token);
            await _stored.LetGoAsync(_node, limit.Token);
            if (_alive is not null)
            {
                await SlackTeams.ShowNothingAsync(_alive, limit.Token);
                await _alive.DisposeAsync();
            }
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogWarning("Other nodes take over the Slack teams of this one once its lease has run out ({Error})", e.GetType().Name);
        }
    }
}
