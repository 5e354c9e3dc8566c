using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// The right to spend a team's refresh token, which works once: one node at a time has it, until it is disposed or its
/// connection breaks. It locks no row, so that nobody waits for Slack.
/// </summary>
public sealed class SlackRenewal : IAsyncDisposable
{
    // Any number that nothing else of ours locks, with the team's hash beside it.
    private const int Lock = 0x51ac_0002;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private SlackRenewal(NpgsqlConnection connection, NpgsqlTransaction transaction, SlackTeam team) =>
        (_connection, _transaction, Team) = (connection, transaction, team);

    /// <summary>The team as its last renewal has left it.</summary>
    public SlackTeam Team { get; }

    /// <summary>Null when another node is at it, or the team's token is no longer one that expires before then.</summary>
    public static async Task<SlackRenewal?> BeginAsync(NpgsqlDataSource source, string team, DateTimeOffset before, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        var transaction = await connection.BeginTransactionAsync(cancellation);
        SlackRenewal? made = null;
        try
        {
            // Read in a statement of its own, after the lock: what its last holder did is seen by then.
            if (await connection.QuerySingleAsync<bool>("select pg_try_advisory_xact_lock(@Lock, hashtext(@team))", new { Lock, team })
                && await SlackTeams.ExpiringAsync(connection, team, before) is { } expiring)
                made = new SlackRenewal(connection, transaction, expiring);
        }
        finally
        {
            if (made is null)
            {
                await transaction.DisposeAsync();
                await connection.DisposeAsync();
            }
        }

        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
