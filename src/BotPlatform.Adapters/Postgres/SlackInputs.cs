using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>An input for an interview, from the person it belongs to.</summary>
public sealed record SlackInput(SessionKey Key, string OwnerHash, InboxItem Item);

/// <summary>The inboxes of interviews in Slack, many at once.</summary>
internal static class SlackInputs
{
    /// <summary>Which of these messages have come in, each with the interview it went to.</summary>
    public static async Task<IReadOnlyDictionary<(Guid Workspace, string Key), Guid>> MessagesAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(Guid Workspace, string Key)> messages)
    {
        if (messages.Count == 0)
            return new Dictionary<(Guid, string), Guid>();
        var found = await connection.QueryAsync<(Guid Workspace, string Key, Guid Session)>(
            """
            select workspace_id, message_key, session_id from inbox join unnest(@workspaces, @keys) as m (workspace, key)
              on workspace_id = m.workspace and message_key = m.key
            """,
            new { workspaces = messages.Select(m => m.Workspace).ToArray(), keys = messages.Select(m => m.Key).ToArray() });
        return found.DistinctBy(m => (m.Workspace, m.Key)).ToDictionary(m => (m.Workspace, m.Key), m => m.Session);
    }

    /// <summary>When each of these interviews had something from its candidate since then.</summary>
    public static async Task<ILookup<Guid, DateTimeOffset>> ReceivedAsync(
        NpgsqlConnection connection, IReadOnlyCollection<SessionKey> sessions, DateTimeOffset since)
    {
        if (sessions.Count == 0)
            return Array.Empty<Guid>().ToLookup(s => s, _ => since);
        var received = await connection.QueryAsync<(Guid Session, DateTime At)>(
            """
            select i.session_id, i.received_at from inbox i join unnest(@workspaces, @sessions) as s (workspace, session)
              on i.workspace_id = s.workspace and i.session_id = s.session
            where (i.message_key is not null or i.kind in ('message_edited', 'message_deleted')) and i.received_at > @since
            """,
            new { workspaces = sessions.Select(s => s.Workspace).ToArray(), sessions = sessions.Select(s => s.Session).ToArray(), since });
        return received.ToLookup(r => r.Session, r => new DateTimeOffset(r.At));
    }

    /// <summary>The delivery keys of the edits that an interview has had; each ends with the time of its edit.</summary>
    public static async Task<IReadOnlyList<string>> EditsAsync(NpgsqlConnection connection, SessionKey key) => (await connection.QueryAsync<string>(
        "select delivery_key from inbox where workspace_id = @Workspace and session_id = @Session and delivery_key like 'edit:%'", key)).AsList();

    /// <summary>Puts each into its interview's inbox, in their order, where it belongs to whom it comes from.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<SlackInput> inputs)
    {
        var command = new NpgsqlBatchCommand(
            """
            with given as (
              select * from unnest($1, $2, $3, $4, $5, $6, $7, $8) with ordinality
                as g (workspace_id, session_id, owner_hash, kind, delivery_key, message_key, received_at, body, n)),
            accepted as (
              insert into inbox (workspace_id, session_id, kind, delivery_key, message_key, received_at, due_at)
              select g.workspace_id, g.session_id, g.kind, g.delivery_key, g.message_key, g.received_at, '-infinity'
              from given g join session s on s.workspace_id = g.workspace_id and s.session_id = g.session_id and s.owner_hash = g.owner_hash
              order by g.n on conflict do nothing
              returning workspace_id, inbox_id, session_id, delivery_key)
            insert into delivery (workspace_id, inbox_id, session_id, body)
            select distinct on (a.inbox_id) a.workspace_id, a.inbox_id, a.session_id, g.body
            from accepted a join given g using (workspace_id, session_id, delivery_key) order by a.inbox_id, g.n
            """);
        command.Parameters.AddAll(
            Parameters.Array(NpgsqlDbType.Uuid, inputs, i => i.Key.Workspace),
            Parameters.Array(NpgsqlDbType.Uuid, inputs, i => i.Key.Session),
            Parameters.Array(NpgsqlDbType.Text, inputs, i => i.OwnerHash),
            Parameters.Array(NpgsqlDbType.Text, inputs, i => StoredJson.TypeOf(i.Item.Input)),
            Parameters.Array(NpgsqlDbType.Text, inputs, i => i.Item.DeliveryKey),
            Parameters.Array(NpgsqlDbType.Text, inputs, i => i.Item.MessageKey),
            Parameters.Array(NpgsqlDbType.TimestampTz, inputs, i => i.Item.ReceivedAt.UtcDateTime),
            Parameters.Array(NpgsqlDbType.Bytea, inputs, i => StoredJson.Write(i.Item.Input)));
        return command;
    }
}
