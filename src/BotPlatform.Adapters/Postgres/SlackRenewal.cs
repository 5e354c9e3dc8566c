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

    private readonly OpenTransaction _open;

    private SlackRenewal(OpenTransaction open, SlackTeam team) => (_open, Team) = (open, team);

    /// <summary>The team as its last renewal has left it.</summary>
    public SlackTeam Team { get; }

    /// <summary>Null when another node is at it, or the team's token is no longer one that expires before then.</summary>
    public static Task<SlackRenewal?> BeginAsync(NpgsqlDataSource source, string team, DateTimeOffset before, CancellationToken cancellation) =>
        OpenTransaction.BeginAsync(
            source,
            async open =>
                // Read in a statement of its own, after the lock: what its last holder did is seen by then.
                await open.Connection.QuerySingleAsync<bool>("select pg_try_advisory_xact_lock(@Lock, hashtext(@team))", new { Lock, team })
                && await SlackTeams.ExpiringAsync(open.Connection, team, before) is { } expiring
                    ? new SlackRenewal(open, expiring)
                    : null,
            cancellation);

    public ValueTask DisposeAsync() => _open.DisposeAsync();
}
