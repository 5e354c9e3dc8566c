using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>A Slack team that the app is installed in; it is a workspace of ours.</summary>
/// <param name="Token">Sealed; null where the token is configured.</param>
public sealed record SlackTeam(
    Guid WorkspaceId, string TeamId, string Name, string BotUserId, string AppId, string Scopes, byte[]? Token, byte[]? RefreshToken, DateTime? TokenExpiresAt, string State)
{
    public bool IsInstalled => State == "installed";

    /// <summary>The workspace that a team is, which follows from its id.</summary>
    public static Guid WorkspaceOf(string team)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("slack:" + team));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}

/// <summary>The teams, and the tokens that they have given.</summary>
public sealed class SlackTeams(NpgsqlDataSource source)
{
    private const string Columns = """
        workspace_id as WorkspaceId, team_id as TeamId, name, bot_user_id as BotUserId, app_id as AppId, scopes, token,
        refresh_token as RefreshToken, token_expires_at as TokenExpiresAt, state
        """;

    private const string Expiring = "state = 'installed' and refresh_token is not null and token_expires_at < @before";

    public async Task<IReadOnlyList<SlackTeam>> AllAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<SlackTeam>($"select {Columns} from slack_team order by installed_at, team_id")).AsList();
    }

    public async Task<SlackTeam?> FindAsync(string team, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<SlackTeam>($"select {Columns} from slack_team where team_id = @team", new { team });
    }

    /// <summary>Those whose token expires before then and can be renewed.</summary>
    public async Task<IReadOnlyList<SlackTeam>> ExpiringAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<SlackTeam>($"select {Columns} from slack_team where {Expiring} order by token_expires_at", new { before })).AsList();
    }

    internal static Task<SlackTeam?> ExpiringAsync(NpgsqlConnection connection, string team, DateTimeOffset before) =>
        connection.QuerySingleOrDefaultAsync<SlackTeam>($"select {Columns} from slack_team where team_id = @team and {Expiring}", new { team, before });

    /// <summary>
    /// Takes a team in, or anew; what waits to be posted there is due at once. Whether its text may go to models is taken over
    /// from the local workspace.
    /// </summary>
    public async Task InstallAsync(SlackTeam team, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(
            """
            insert into workspace (workspace_id, name, created_at, models_allowed)
            select @WorkspaceId, @Name, @now, coalesce((select models_allowed from workspace where workspace_id = @Local), true)
            on conflict (workspace_id) do update set name = excluded.name
            """,
            new { team.WorkspaceId, team.Name, now, Workspace.Local });
        await connection.ExecuteAsync(
            """
            insert into slack_team (workspace_id, team_id, name, bot_user_id, app_id, scopes, token, refresh_token, token_expires_at, state, installed_at, updated_at)
            values (@WorkspaceId, @TeamId, @Name, @BotUserId, @AppId, @Scopes, @Token, @RefreshToken, @TokenExpiresAt, 'installed', @now, @now)
            on conflict (workspace_id) do update set name = excluded.name, bot_user_id = excluded.bot_user_id, app_id = excluded.app_id, scopes = excluded.scopes,
              token = excluded.token, refresh_token = excluded.refresh_token, token_expires_at = excluded.token_expires_at, state = 'installed',
              installed_at = excluded.installed_at, updated_at = excluded.updated_at
            """,
            new
            {
                team.WorkspaceId,
                team.TeamId,
                team.Name,
                team.BotUserId,
                team.AppId,
                team.Scopes,
                team.Token,
                team.RefreshToken,
                team.TokenExpiresAt,
                now,
            });
        await connection.ExecuteAsync(
            "update outbox set due_at = @now where workspace_id = @WorkspaceId and lane is not null and state in ('queued', 'attempting') and due_at > @now",
            new { team.WorkspaceId, now });
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Keeps the same tokens under another key; false when they were changed meanwhile.</summary>
    /// <param name="old">As they were sealed.</param>
    public async Task<bool> ResealAsync(SlackTeam old, byte[] newToken, byte[]? newRefreshToken, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            """
            update slack_team set token = @newToken, refresh_token = @newRefreshToken, updated_at = @now
            where workspace_id = @WorkspaceId and token = @Token and refresh_token is not distinct from @RefreshToken
            """,
            new { old.WorkspaceId, old.Token, old.RefreshToken, newToken, newRefreshToken, now }) == 1;
    }

    /// <summary>Keeps new tokens, unless another node was faster or the app was installed anew. What waits to be posted is due at once.</summary>
    /// <param name="old">The sealed refresh token that they were had for.</param>
    public async Task<bool> RenewAsync(string team, byte[]? old, byte[] token, byte[]? refreshToken, DateTimeOffset? expiresAt, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<long>(
            """
            with renewed as (
              update slack_team set token = @token, refresh_token = @refreshToken, token_expires_at = @expiresAt, updated_at = @now
              where team_id = @team and refresh_token is not distinct from @old
              returning workspace_id),
            waiting as (
              update outbox o set due_at = @now from renewed
              where o.workspace_id = renewed.workspace_id and o.lane is not null and o.state in ('queued', 'attempting') and o.due_at > @now)
            select count(*) from renewed
            """,
            new { team, old, token, refreshToken, expiresAt, now }) == 1;
    }

    // What is told late is about tokens that were there before; Slack tells the time in whole seconds.
    internal static async Task RemoveAsync(NpgsqlConnection connection, string team, DateTimeOffset happened, DateTimeOffset now) => await connection.ExecuteAsync(
        """
        update slack_team set state = 'removed', token = null, refresh_token = null, token_expires_at = null, sender = null, sender_until = null, updated_at = @now
        where team_id = @team and state = 'installed' and installed_at < @happened + interval '1 second'
        """,
        new { team, happened, now });
}
