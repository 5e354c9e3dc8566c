using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>An event of Slack's as it came in.</summary>
/// <param name="Retry">Which repetition of the delivery it is; 0 for the first.</param>
public sealed record IncomingSlackEvent(Guid Workspace, string EventId, byte[] Body, int Retry, string? RetryReason, DateTimeOffset ReceivedAt);

/// <summary>Slack's events, committed before they are acknowledged.</summary>
public sealed class SlackDeliveries(NpgsqlDataSource source)
{
    /// <summary>Commits many at once. One that was there already stays as it was, but for the count of its repetitions.</summary>
    public async Task CommitAsync(IReadOnlyList<IncomingSlackEvent> events, CancellationToken cancellation)
    {
        // One statement must not touch a row twice.
        // Sorted, as two commits with the same events would otherwise wait for each other.
        var once = events.GroupBy(e => (e.Workspace, e.EventId)).OrderBy(g => g.Key).Select(g => g.MaxBy(e => e.Retry)!).ToArray();
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            insert into slack_delivery (workspace_id, event_id, body, retry, retry_reason, received_at)
            select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (workspace_id, event_id) do update set retry = excluded.retry, retry_reason = excluded.retry_reason
            where excluded.retry > slack_delivery.retry
            """,
            connection);
        command.Parameters.AddAll(
            Parameters.Array(NpgsqlDbType.Uuid, once, e => e.Workspace),
            Parameters.Array(NpgsqlDbType.Text, once, e => e.EventId),
            Parameters.Array(NpgsqlDbType.Bytea, once, e => e.Body),
            Parameters.Array(NpgsqlDbType.Integer, once, e => e.Retry),
            Parameters.Array(NpgsqlDbType.Text, once, e => e.RetryReason),
            Parameters.Array(NpgsqlDbType.TimestampTz, once, e => e.ReceivedAt.UtcDateTime));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Those that could not be handled and wait for an operator.</summary>
    public async Task<IReadOnlyList<(long DeliveryId, DateTime ReceivedAt, string Error)>> DeadAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(long, DateTime, string)>(
            "select delivery_id, received_at, coalesce(error, '') from slack_delivery where state = 'dead' order by delivery_id")).AsList();
    }

    /// <summary>Puts them back; all of them when <paramref name="delivery"/> is null.</summary>
    public async Task<int> RequeueAsync(long? delivery, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            "update slack_delivery set state = 'due', error = null where state = 'dead' and (@delivery::bigint is null or delivery_id = @delivery)", new { delivery });
    }

    /// <summary>Forgets deliveries, and what was said beside interviews, that are older than this; Slack repeats none so late.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            """
            delete from slack_delivery where received_at < @before and state in ('done', 'refused');
            delete from outbox where session_id is null and state = 'done' and created_at < @before;
            """,
            new { before });
    }
}
