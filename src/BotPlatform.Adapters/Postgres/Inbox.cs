using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Something to be put into a session's inbox.</summary>
/// <param name="DeliveryKey">The platform's delivery id; the same again changes nothing.</param>
/// <param name="MessageKey">The message's own key, for platforms that deliver one message twice; null for the rest.</param>
public sealed record InboxItem(string DeliveryKey, string? MessageKey, Input Input, DateTimeOffset ReceivedAt);

/// <summary>A row that could not be handled, for an operator.</summary>
public sealed record DeadLetter(long InboxId, Guid SessionId, string Kind, DateTime ReceivedAt, int Attempts, string Error);

public enum Acceptance
{
    /// <summary>Committed.</summary>
    Accepted,

    /// <summary>Committed before, by an earlier delivery.</summary>
    Known,

    /// <summary>No such session, or not this caller's.</summary>
    NoSession,

    /// <summary>The session is over.</summary>
    Over,

    /// <summary>The session has no message of the key that is to be changed.</summary>
    NoMessage,
}

/// <summary>What has reached us and is yet to be handled.</summary>
public sealed class Inbox(NpgsqlDataSource source)
{
    // The conditions stand in the insert itself: one round trip, and no gap between check and write. What is to be
    // handled at once is due since ever, so that it does not wait where a clock was set back.
    private const string Insert = """
        with accepted as (
          insert into inbox (workspace_id, session_id, kind, delivery_key, message_key, received_at, due_at)
          select workspace_id, session_id, $3, $4, $5, $6, '-infinity' from session s
          where workspace_id = $1 and session_id = $2 and ($8 or token_hash = $9 or owner_hash = $10) and (not $11 or state not in ('ended', 'grading'))
            and ($12 is null or exists (
              select 1 from inbox m where m.workspace_id = s.workspace_id and m.session_id = s.session_id and m.message_key = $12))
          on conflict do nothing
          returning workspace_id, inbox_id, session_id)
        insert into delivery (workspace_id, inbox_id, session_id, body)
        select workspace_id, inbox_id, session_id, $7 from accepted
        """;

    /// <summary>Commits an input before it is acknowledged.</summary>
    /// <param name="onlyOpen">Refuses an input to a session that is over.</param>
    public async Task<Acceptance> AcceptAsync(
        SessionKey key, InboxItem item, Caller caller, bool onlyOpen, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (await InsertAsync(connection, key, item, caller, onlyOpen, cancellation))
            return Acceptance.Accepted;
        var (state, known) = await connection.QuerySingleOrDefaultAsync<(string? State, bool Known)>(
            """
            select state, exists (select 1 from inbox i where i.workspace_id = s.workspace_id and i.session_id = s.session_id
              and (i.delivery_key = @DeliveryKey or i.message_key = @MessageKey)) as Known
            from session s
            where workspace_id = @Workspace and session_id = @Session and (@Trusted or token_hash = @TokenHash or owner_hash = @OwnerHash)
            """,
            new { key.Workspace, key.Session, item.DeliveryKey, item.MessageKey, caller.Trusted, caller.TokenHash, caller.OwnerHash });
        return state is null ? Acceptance.NoSession
            : known ? Acceptance.Known
            : onlyOpen ? Acceptance.Over
            : Acceptance.NoMessage;
    }

    /// <summary>Whether a delivery has come in before.</summary>
    public async Task<bool> HasAsync(SessionKey key, string deliveryKey, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select 1 from inbox where workspace_id = @Workspace and session_id = @Session and delivery_key = @deliveryKey)",
            new { key.Workspace, key.Session, deliveryKey });
    }

    /// <summary>Sessions with something due, oldest first; those that wait for an operator are left out.</summary>
    public async Task<IReadOnlyList<SessionKey>> DueAsync(DateTimeOffset now, int most, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<SessionKey>(
            """
            select workspace_id as Workspace, session_id as Session from inbox i
            where state = 'due' and due_at <= @now and not exists (
              select 1 from inbox d where d.workspace_id = i.workspace_id and d.session_id = i.session_id and d.state = 'dead')
            group by workspace_id, session_id order by min(inbox_id) limit @most
            """,
            new { now, most })).AsList();
    }

    /// <summary>When the next timer falls due; null when none is set.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset after, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var next = await connection.QuerySingleAsync<DateTime?>(
            "select min(due_at) from inbox where state = 'due' and due_at > @after", new { after });
        return next;
    }

    public async Task<IReadOnlyList<DeadLetter>> DeadAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<DeadLetter>(
            """
            select inbox_id as InboxId, session_id as SessionId, kind, received_at as ReceivedAt, attempts, coalesce(error, '') as Error
            from inbox where state = 'dead' order by inbox_id
            """)).AsList();
    }

    /// <summary>Puts dead rows back in their place; all of them when <paramref name="inboxId"/> is null.</summary>
    /// <returns>How many were put back.</returns>
    public async Task<int> RequeueAsync(long? inboxId, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(
            "update inbox set state = 'due', error = null where state = 'dead' and (@inboxId::bigint is null or inbox_id = @inboxId)",
            new { inboxId });
    }

    internal static async Task<bool> InsertAsync(
        NpgsqlConnection connection,
        SessionKey key,
        InboxItem item,
        Caller caller,
        bool onlyOpen,
        CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.AddAll(
            key.Workspace,
            key.Session,
            StoredJson.TypeOf(item.Input),
            item.DeliveryKey,
            Parameters.Text(item.MessageKey),
            item.ReceivedAt.ToUniversalTime(),
            StoredJson.Write(item.Input),
            caller.Trusted,
            Parameters.Text(caller.TokenHash),
            Parameters.Text(caller.OwnerHash),
            onlyOpen,
            Parameters.Text(ChangedKey(item.Input)));
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    /// <summary>The key of the message that an input changes; null when it changes none.</summary>
    private static string? ChangedKey(Input input) => input switch
    {
        Input.MessageEdited edited => edited.Key,
        Input.MessageDeleted deleted => deleted.Key,
        _ => null,
    };
}
