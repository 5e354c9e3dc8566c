using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>What is to be done in Slack: rows of the outbox that keep their order within a lane.</summary>
public sealed class SlackPosts(NpgsqlDataSource source)
{
    private const string InsertSql = """
        insert into outbox (workspace_id, effect_id, session_id, event_number, kind, body, due_at, created_at, lane)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8) on conflict do nothing
        """;

    private const string InsertAgainSql = """
        insert into outbox (workspace_id, effect_id, session_id, event_number, kind, body, due_at, created_at, lane)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
        on conflict (workspace_id, effect_id) do update set state = 'queued', body = excluded.body, due_at = excluded.due_at, created_at = excluded.created_at, attempts = 0, error = null,
          fence = outbox.fence + 1
        """;

    public async Task AddAsync(Guid workspace, NewSlackPost post, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Insert(workspace, post, now));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The teams that something is due for.</summary>
    public async Task<IReadOnlyList<Guid>> TeamsAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Guid>(
            "select distinct workspace_id from outbox where lane is not null and state in ('queued', 'attempting') and due_at <= @now", new { now })).AsList();
    }

    /// <summary>
    /// The first of each lane of a team, where it is due, no call for it can be under way any more, and no operator has to see
    /// to it, oldest first.
    /// </summary>
    public async Task<IReadOnlyList<SlackPost>> HeadsAsync(Guid workspace, DateTimeOffset now, int most, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<SlackPost>(
            """
            select workspace_id as WorkspaceId, effect_id as EffectId, session_id as SessionId, kind, body::text as Body, lane, state = 'attempting' as WasTried,
              fence, attempts, created_at as CreatedAt
            from (select distinct on (lane) * from outbox where workspace_id = @workspace and lane is not null and state <> 'done' order by lane, outbox_seq) o
            where state <> 'dead' and due_at <= @now and (lease_until is null or lease_until < now()) order by outbox_seq limit @most
            """,
            new { workspace, now, most })).AsList();
    }

    /// <summary>
    /// Marks an attempt as begun, before anything leaves. Null when it may not be: it is done or changed, or this node is
    /// not the team's sender any more.
    /// </summary>
    public async Task<SlackPost?> BeginAsync(SlackPost post, Guid node, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var fence = await connection.QuerySingleOrDefaultAsync<long?>(
            """
            update outbox set state = 'attempting', attempts = attempts + 1, fence = fence + 1
            where workspace_id = @WorkspaceId and effect_id = @EffectId and fence = @Fence and state in ('queued', 'attempting')
              and exists (select 1 from slack_team t where t.workspace_id = @WorkspaceId and t.sender = @node and t.sender_until > now())
            returning fence
            """,
            new { post.WorkspaceId, post.EffectId, post.Fence, node });
        return fence is { } held ? post with { Fence = held, Attempts = post.Attempts + 1 } : null;
    }

    /// <summary>
    /// Whether it is ours still, and will be for as long as a call may take. Whoever takes it over while that lasts waits until
    /// the call can have come to nothing any more.
    /// </summary>
    public async Task<bool> HoldsAsync(SlackPost post, Guid node, TimeSpan call, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            """
            update outbox o set lease_until = now() + @call from slack_team t
            where o.workspace_id = @WorkspaceId and o.effect_id = @EffectId and o.fence = @Fence and o.state = 'attempting'
              and t.workspace_id = o.workspace_id and t.sender = @node and t.sender_until > now() + @call
            """,
            new { post.WorkspaceId, post.EffectId, post.Fence, node, call }) == 1;
    }

    /// <summary>Takes down that a part of it is out.</summary>
    /// <param name="sent">How many parts are.</param>
    public async Task SentAsync(SlackPost post, int sent, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            "update outbox set body = jsonb_set(body, '{sent}', to_jsonb(@sent)) where workspace_id = @WorkspaceId and effect_id = @EffectId and fence = @Fence",
            new { sent, post.WorkspaceId, post.EffectId, post.Fence });
    }

    /// <summary>Marks it done. With a timestamp: its interview's thread begins there, which is taken down in the same statement.</summary>
    public async Task DoneAsync(SlackPost post, string? channel, string? thread, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            """
            with done as (
              update outbox set state = 'done', error = null, lease_until = null
              where workspace_id = @WorkspaceId and effect_id = @EffectId and fence = @Fence and state = 'attempting'
              returning workspace_id, session_id),
            waited as (
              update slack_delivery d set due_at = '-infinity' from done
              where @thread::text is not null and d.workspace_id = done.workspace_id and d.state = 'due' and d.due_at > '-infinity')
            update slack_thread t set channel_id = @channel, thread_ts = @thread from done
            where @thread::text is not null and t.workspace_id = done.workspace_id and t.session_id = done.session_id
            """,
            new { post.WorkspaceId, post.EffectId, post.Fence, channel, thread });
    }

    /// <summary>Puts it back.</summary>
    /// <param name="unknown">Whether it may be out all the same.</param>
    /// <param name="refusals">How often Slack has refused it.</param>
    /// <param name="failures">How often it has failed otherwise.</param>
    public async Task AgainAsync(SlackPost post, DateTimeOffset due, string error, bool unknown, int refusals, int failures, CancellationToken cancellation) =>
        await SettleAsync(post, unknown ? "attempting" : "queued", due, error, refusals, failures, cancellation);

    /// <summary>Sets it aside, with everything behind it in its lane, until an operator has seen to it.</summary>
    public async Task DeadAsync(SlackPost post, DateTimeOffset now, string error, CancellationToken cancellation) =>
        await SettleAsync(post, "dead", now, error, post.Refusals, post.Failures, cancellation);

    internal static NpgsqlBatchCommand Insert(Guid workspace, NewSlackPost post, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(post.Again ? InsertAgainSql : InsertSql);
        command.Parameters.AddAll(
            workspace, post.Id, Parameters.Uuid(post.Session), 0, post.Kind, Parameters.Json(post.Body.ToJsonString()), now.ToUniversalTime(), post.Lane);
        return command;
    }

    private async Task SettleAsync(SlackPost post, string state, DateTimeOffset due, string error, int refusals, int failures, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            """
            update outbox set state = @state, due_at = @due, error = @error, lease_until = null,
              body = body || jsonb_build_object('refusals', @refusals, 'failures', @failures)
            where workspace_id = @WorkspaceId and effect_id = @EffectId and fence = @Fence and state = 'attempting'
            """,
            new { state, due, error, refusals, failures, post.WorkspaceId, post.EffectId, post.Fence });
    }
}
