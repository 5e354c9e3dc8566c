using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Something to be done outside, taken by one sender for as long as its lease lasts.</summary>
/// <param name="Fence">Raised each time it is taken; who holds an older one is too late.</param>
/// <param name="Attempts">This one included.</param>
public sealed record OutboxRow(
    Guid WorkspaceId, Guid EffectId, Guid SessionId, int EventNumber, string Kind, long Fence, int Attempts, DateTime CreatedAt)
{
    public SessionKey Key => new(WorkspaceId, SessionId);
}

/// <summary>What waits outside, for an operator.</summary>
/// <param name="SessionId">Empty where it belongs to none.</param>
public sealed record WaitingEffect(Guid EffectId, Guid SessionId, string Kind, string State, int Attempts, DateTime CreatedAt, DateTime DueAt, string Error);

/// <summary>What is to be done outside: taken with a lease, done once, or put back with the reason.</summary>
public sealed class Outbox(NpgsqlDataSource source)
{
    /// <summary>Takes what is due, oldest first; what another left behind when it died too. What keeps to a lane is not taken here.</summary>
    /// <param name="wordings">Only what a candidate waits for, or only the rest.</param>
    public async Task<IReadOnlyList<OutboxRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int most, bool wordings, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<OutboxRow>(
            """
            with due as (
              select workspace_id, effect_id from outbox
              where lane is null and state in ('queued', 'attempting') and due_at <= @now and (state = 'queued' or lease_until < @now) and (kind = 'request_wording') = @wordings
              order by due_at limit @most for update skip locked)
            update outbox o set state = 'attempting', lease_until = @until, fence = fence + 1, attempts = attempts + 1
            from due where o.workspace_id = due.workspace_id and o.effect_id = due.effect_id
            returning o.workspace_id as WorkspaceId, o.effect_id as EffectId, o.session_id as SessionId, o.event_number as EventNumber,
              o.kind, o.fence, o.attempts, o.created_at as CreatedAt
            """,
            new { now, until = now + lease, most, wordings })).AsList();
    }

    /// <summary>Lengthens the lease; false when another sender has taken it.</summary>
    public async Task<bool> RenewAsync(OutboxRow row, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            "update outbox set lease_until = @until where workspace_id = @WorkspaceId and effect_id = @EffectId and fence = @Fence and state = 'attempting'",
            new { until, row.WorkspaceId, row.EffectId, row.Fence }) == 1;
    }

    /// <summary>Marks it done, and in the same statement puts what came of it into the session's inbox. Nothing happens to who is too late.</summary>
    /// <param name="reply">Null when nothing came of it.</param>
    public async Task<bool> DoneAsync(OutboxRow row, Input? reply, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            with done as (
              update outbox set state = 'done', lease_until = null, error = null
              where workspace_id = $1 and effect_id = $2 and fence = $3 and state = 'attempting'
              returning workspace_id, session_id),
            accepted as (
              insert into inbox (workspace_id, session_id, kind, delivery_key, received_at, due_at)
              select workspace_id, session_id, $4, $5, $6, '-infinity' from done where $4 is not null
              on conflict do nothing
              returning workspace_id, inbox_id, session_id),
            delivered as (
              insert into delivery (workspace_id, inbox_id, session_id, body)
              select workspace_id, inbox_id, session_id, $7 from accepted)
            select count(*) from done
            """,
            connection);
        command.Parameters.AddAll(
            row.WorkspaceId,
            row.EffectId,
            row.Fence,
            Parameters.Text(reply is null ? null : StoredJson.TypeOf(reply)),
            $"effect:{row.EffectId}",
            now.ToUniversalTime(),
            reply is null ? [] : StoredJson.Write(reply));
        return (long)(await command.ExecuteScalarAsync(cancellation))! == 1;
    }

    /// <summary>Puts it back to be tried again at <paramref name="due"/>.</summary>
    public async Task AgainAsync(OutboxRow row, DateTimeOffset due, string error, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            """
            update outbox set state = 'queued', lease_until = null, due_at = @due, error = @error
            where workspace_id = @WorkspaceId and effect_id = @EffectId and fence = @Fence and state = 'attempting'
            """,
            new { due, error, row.WorkspaceId, row.EffectId, row.Fence });
    }

    /// <summary>All that is not done, oldest first.</summary>
    public async Task<IReadOnlyList<WaitingEffect>> WaitingAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<WaitingEffect>(
            """
            select effect_id as EffectId, coalesce(session_id, @none) as SessionId, kind, state, attempts, created_at as CreatedAt, due_at as DueAt, coalesce(error, '') as Error
            from outbox where state <> 'done' order by created_at, effect_id
            """,
            new { none = Guid.Empty })).AsList();
    }

    /// <summary>Makes what waits due now; all of it when <paramref name="effect"/> is null.</summary>
    /// <returns>How many will be tried.</returns>
    public async Task<int> RetryAsync(Guid? effect, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            // Whether a post is out already is looked up before it is tried again.
            """
            update outbox set due_at = @now, body = body - 'refusals' - 'failures',
              attempts = case when lane is null then attempts else 0 end, state = case when lane is null then 'queued' else 'attempting' end
            where (state in ('queued', 'dead') or (state = 'attempting' and lane is not null)) and (@effect::uuid is null or effect_id = @effect)
            """,
            new { now, effect });
    }
}
