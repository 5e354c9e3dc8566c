using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Which node sends to which team, and that it lives.</summary>
public sealed class SlackSenders(NpgsqlDataSource source)
{
    /// <summary>
    /// Shows on a connection of the node's own that it lives, for as long as that is open: whoever is killed need not be
    /// waited for until its leases run out.
    /// </summary>
    public static async Task ShowAliveAsync(NpgsqlConnection connection, Guid node, CancellationToken cancellation) => await connection.ExecuteAsync(
        new CommandDefinition("select pg_advisory_lock(hashtextextended(@node::text, 1))", new { node }, cancellationToken: cancellation));

    /// <summary>A connection that goes back to a pool stays open, and shows nothing more.</summary>
    public static async Task ShowNothingAsync(NpgsqlConnection connection, CancellationToken cancellation) => await connection.ExecuteAsync(
        new CommandDefinition("select pg_advisory_unlock_all()", cancellationToken: cancellation));

    /// <summary>Makes a node the one sender of a team, or keeps it that for longer; false while another node is. The clock is the database's.</summary>
    public async Task<bool> HoldAsync(Guid workspace, Guid node, TimeSpan lease, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            """
            update slack_team set sender = @node, sender_until = now() + @lease
            where workspace_id = @workspace and state = 'installed'
              and (sender = @node or sender is null or sender_until < now() or pg_try_advisory_xact_lock(hashtextextended(sender::text, 1)))
            """,
            new { workspace, node, lease }) == 1;
    }

    /// <summary>Lets others send to the teams that this node sends to.</summary>
    public async Task LetGoAsync(Guid node, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("update slack_team set sender = null, sender_until = null where sender = @node", new { node });
    }
}
