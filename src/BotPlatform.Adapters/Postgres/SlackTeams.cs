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

/// <summary>The teams, and who sends to which of them.</summary>
public sealed class SlackTeams(NpgsqlDataSource source)
{
    private const string Columns = """
        workspace_id as WorkspaceId, team_id as TeamId, name, bot_user_id as BotUserId, app_id as AppId, scopes, token,
        refresh_token as RefreshToken, token_expires_at as TokenExpiresAt, state
        """;

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

    /// <summary>Takes a team in, or anew; whether its text may go to models is taken over from the local workspace.</summary>
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
              token = excluded.token, refresh_token = excluded.refresh_token, token_expires_at = excluded.token_expires_at, state = 'installed', updated_at = excluded.updated_at
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
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Keeps new tokens, unless another node was faster.</summary>
    /// <param name="old">The sealed refresh token that they were had for; of a token sealed anew, the one it had.</param>
    public async Task<bool> RenewAsync(string team, byte[]? old, byte[] token, byte[]? refreshToken, DateTimeOffset? expiresAt, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            """
            update slack_team set token = @token, refresh_token = @refreshToken, token_expires_at = @expiresAt, updated_at = @now
            where team_id = @team and refresh_token is not distinct from @old
            """,
            new { team, old, token, refreshToken, expiresAt, now }) == 1;
    }

    /// <summary>Forgets the tokens of a team that has taken the app away. Its people's sessions stay theirs, on the web.</summary>
    public async Task RemoveAsync(string team, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await RemoveAsync(connection, team, now);
    }

    internal static async Task RemoveAsync(NpgsqlConnection connection, string team, DateTimeOffset now) => await connection.ExecuteAsync(
        """
        update slack_team set state = 'removed', token = null, refresh_token = null, token_expires_at = null, sender = null, sender_until = null, updated_at = @now
        where team_id = @team and state = 'installed'
        """,
        new { team, now });

    /// <summary>Makes a node the one sender of a team, or keeps it that for longer; false while another node is.</summary>
    public async Task<bool> HoldAsync(Guid workspace, Guid node, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            """
            update slack_team set sender = @node, sender_until = @until
            where workspace_id = @workspace and state = 'installed' and (sender = @node or sender is null or sender_until < @now)
            """,
            new { workspace, node, now, until }) == 1;
    }

    /// <summary>Lets others send to the teams that this node sends to.</summary>
    public async Task LetGoAsync(Guid node, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("update slack_team set sender = null, sender_until = null where sender = @node", new { node });
    }
}
