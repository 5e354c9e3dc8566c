using System.Collections.Concurrent;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>The teams that this node serves, with their tokens in the clear, which are kept in memory only.</summary>
public sealed class SlackTeamsHere(SlackTeams stored, SlackSettings settings, TimeProvider time, ILogger<SlackTeamsHere> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly SealedToken? _seal = settings.Install is { } install ? new SealedToken(install.TokenKeys) : null;
    private readonly ConcurrentDictionary<string, SlackTeam> _byTeam = new(StringComparer.Ordinal);
    private long _readAt;

    /// <summary>Teams by their id, installed or removed; null for one that never was.</summary>
    public async Task<SlackTeam?> FindAsync(string team, CancellationToken cancellation)
    {
        if (_byTeam.TryGetValue(team, out var known) && !IsOver(known))
        {
            ReadWhenStale();
            return known;
        }

        await ReadAsync(cancellation);
        return _byTeam.GetValueOrDefault(team);
    }

    /// <summary>A team by the workspace that it is.</summary>
    public async Task<SlackTeam?> FindAsync(Guid workspace, CancellationToken cancellation)
    {
        if (_byTeam.Values.FirstOrDefault(t => t.WorkspaceId == workspace) is { } known && !IsOver(known))
        {
            ReadWhenStale();
            return known;
        }

        await ReadAsync(cancellation);
        return _byTeam.Values.FirstOrDefault(t => t.WorkspaceId == workspace);
    }

    /// <summary>What the bot speaks with in a team; null when there is nothing, or it cannot be opened with our keys.</summary>
    public string? TokenOf(SlackTeam team) =>
        !team.IsInstalled ? null
        : team.Token is { } token ? _seal?.Open(token, team.TeamId)
        : team.TeamId == Configured ? settings.BotToken : null;

    /// <summary>The team that the configured bot token belongs to, as Slack has said; null until it has.</summary>
    public string? Configured { get; set; }

    /// <summary>Whether a bot token is configured and Slack has not said yet whose it is.</summary>
    public bool IsConnecting => settings.BotToken is not null && Configured is null;

    // Its token has expired since it was read: another node will have renewed it by then.
    private bool IsOver(SlackTeam team)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return team.TokenExpiresAt <= now && now.Ticks - Interlocked.Read(ref _readAt) >= Fresh.Ticks;
    }

    // Another node may have changed something; nobody waits for that, and one looks for all.
    private void ReadWhenStale()
    {
        var now = time.GetUtcNow().UtcTicks;
        var readAt = Interlocked.Read(ref _readAt);
        if (now - readAt < Fresh.Ticks || Interlocked.CompareExchange(ref _readAt, now, readAt) != readAt)
            return;
        _ = Task.Run(async () =>
        {
            try
            {
                await ReadAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning("The Slack teams could not be read again ({Error})", e.GetType().Name);
            }
        });
    }

    /// <summary>Reads the teams from the database, as they were changed here or on another node.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        var all = await stored.AllAsync(cancellation);
        foreach (var team in all)
            _byTeam[team.TeamId] = team;
        foreach (var gone in _byTeam.Keys.Except(all.Select(t => t.TeamId), StringComparer.Ordinal).ToArray())
            _byTeam.TryRemove(gone, out _);
        Interlocked.Exchange(ref _readAt, time.GetUtcNow().UtcTicks);
    }
}
