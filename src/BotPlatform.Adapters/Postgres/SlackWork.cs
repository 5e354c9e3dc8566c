using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>A committed event of Slack's that has yet to find its way.</summary>
public sealed record SlackDelivery(long DeliveryId, Guid WorkspaceId, string EventId, string TeamId, string BotUserId, byte[] Body, DateTime ReceivedAt);

/// <summary>
/// One short transaction that takes due events in their order and puts each where it belongs. One node at a time does
/// this, so that no two messages overtake each other. Disposed without <see cref="CommitAsync"/>, nothing has happened.
/// </summary>
public sealed class SlackWork : IAsyncDisposable
{
    public const int MostAtOnce = 200;

    // Any number that nothing else of ours locks.
    private const long Lock = 0x51ac_0001;

    // A node that hangs must not keep all others from it. And the disk need not be waited for: what is lost with a server is
    // all of a transaction, its deliveries are due again then, and whatever follows from it is written after it.
    private const string Ours = "set local idle_in_transaction_session_timeout = '10s'; set local synchronous_commit = off";

    private readonly OpenTransaction _open;
    private readonly List<SlackInput> _inputs = [];
    private readonly List<(SlackDelivery Delivery, string State, string? Error)> _settled = [];

    private SlackWork(OpenTransaction open, IReadOnlyList<SlackDelivery> due) => (_open, Due) = (open, due);

    /// <summary>What is due, in the order in which it came.</summary>
    public IReadOnlyList<SlackDelivery> Due { get; }

    /// <summary>Null when another node is at it, or nothing is due.</summary>
    /// <param name="only">One delivery alone; null for what is due.</param>
    public static Task<SlackWork?> BeginAsync(NpgsqlDataSource source, long? only, DateTimeOffset now, CancellationToken cancellation) =>
        OpenTransaction.BeginAsync(
            source,
            async open =>
            {
                // The rows are read in a statement of their own, after the lock: what its last holder did is seen by then.
                await open.Connection.ExecuteAsync(Ours);
                if (!await open.Connection.QuerySingleAsync<bool>("select pg_try_advisory_xact_lock(@Lock)", new { Lock }))
                    return null;
                var due = (await open.Connection.QueryAsync<SlackDelivery>(
                    """
                    select d.delivery_id as DeliveryId, d.workspace_id as WorkspaceId, d.event_id as EventId, t.team_id as TeamId, t.bot_user_id as BotUserId,
                      d.body, d.received_at as ReceivedAt
                    from slack_delivery d join slack_team t using (workspace_id) where d.state = 'due' and d.due_at <= @now and (@only::bigint is null or d.delivery_id = @only) order by d.received_at, d.delivery_id limit @MostAtOnce
                    """,
                    new { only, now, MostAtOnce })).AsList();
                return due.Count == 0 ? null : new SlackWork(open, due);
            },
            cancellation);

    /// <summary>The interviews at these places.</summary>
    public Task<IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread>> ThreadsAsync(
        IReadOnlyCollection<(Guid Workspace, string Channel, string Thread)> places) => SlackThreads.AtAsync(_open.Connection, places);

    /// <summary>Which of these messages have come in, each with the interview it went to.</summary>
    public Task<IReadOnlyDictionary<(Guid Workspace, string Key), Guid>> MessagesAsync(IReadOnlyCollection<(Guid Workspace, string Key)> messages) =>
        SlackInputs.MessagesAsync(_open.Connection, messages);

    /// <summary>When each of these interviews had something from its candidate since then.</summary>
    public Task<ILookup<Guid, DateTimeOffset>> ReceivedAsync(IReadOnlyCollection<SessionKey> sessions, DateTimeOffset since) =>
        SlackInputs.ReceivedAsync(_open.Connection, sessions, since);

    /// <summary>The delivery keys of the edits that an interview has had; each ends with the time of its edit.</summary>
    public Task<IReadOnlyList<string>> EditsAsync(SessionKey key) => SlackInputs.EditsAsync(_open.Connection, key);

    /// <summary>A person's interview that is not over, as <see cref="SlackThreads.OpenOfAsync"/> gives it.</summary>
    public Task<SlackThread?> OpenOfAsync(Guid workspace, string user) => SlackThreads.OpenOfAsync(_open.Connection, workspace, user);

    /// <summary>Whose interview it is; null when it is gone.</summary>
    public Task<string?> UserOfAsync(SessionKey key) => SlackThreads.UserOfAsync(_open.Connection, key);

    public void Accept(SlackInput input) => _inputs.Add(input);

    public void Post(Guid workspace, NewSlackPost post, DateTimeOffset now) => _open.Writes.Add(SlackPosts.Insert(workspace, post, now));

    /// <summary>Takes down a file that came with a message; its content stays where it is. Not so where the message was taken back.</summary>
    public void Attach(SessionKey key, string messageKey, int ordinal, string name, string mediaType, long bytes, string reference, DateTimeOffset at) => Add(
        """
        insert into attachment (workspace_id, session_id, message_key, ordinal, name, media_type, bytes, reference, received_at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9 where exists (select 1 from session where workspace_id = $1 and session_id = $2)
          and not exists (select 1 from inbox where workspace_id = $1 and session_id = $2 and delivery_key = 'delete:' || $3) on conflict do nothing
        """,
        key.Workspace, key.Session, messageKey, ordinal, name, mediaType, bytes, reference, at.ToUniversalTime());

    /// <summary>Forgets the files of a message that was taken back.</summary>
    public void Detach(SessionKey key, string messageKey) => Add(
        "delete from attachment where workspace_id = $1 and session_id = $2 and message_key = $3", key.Workspace, key.Session, messageKey);

    /// <summary>Forgets the tokens of a team that has taken the app away, unless it was installed anew since. Its people's sessions stay theirs.</summary>
    public Task RemoveAsync(string team, DateTimeOffset happened, DateTimeOffset now) => SlackTeams.RemoveAsync(_open.Connection, team, happened, now);

    public void Done(SlackDelivery delivery) => Settle(delivery, "done", null);

    /// <summary>It has to wait, until its thread is known or this time.</summary>
    public void Wait(SlackDelivery delivery, DateTimeOffset until) => Add(
        "update slack_delivery set due_at = $3 where workspace_id = $1 and event_id = $2", delivery.WorkspaceId, delivery.EventId, until.ToUniversalTime());

    /// <summary>Not taken, for a reason that its sender was told.</summary>
    public void Refused(SlackDelivery delivery, string why) => Settle(delivery, "refused", why);

    /// <summary>Sets it aside for an operator; all others go on.</summary>
    public void Dead(SlackDelivery delivery, string error) => Settle(delivery, "dead", error);

    public async Task CommitAsync(CancellationToken cancellation)
    {
        // Inputs first, in their order: what is posted about them refers to nothing that is not there yet.
        if (_inputs.Count > 0)
            _open.Writes.Insert(0, SlackInputs.Insert(_inputs));
        if (_settled.Count > 0)
            _open.Writes.Add(Settled());
        await _open.CommitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    private void Settle(SlackDelivery delivery, string state, string? error) => _settled.Add((delivery, state, error));

    // What a delivery held stands where it belongs now, or is not kept at all; only an operator may need it still.
    private NpgsqlBatchCommand Settled()
    {
        var command = new NpgsqlBatchCommand(
            """
            update slack_delivery d set state = s.state, error = s.error, body = case s.state when 'dead' then d.body else '' end
            from unnest($1, $2, $3, $4) as s (workspace_id, event_id, state, error) where d.workspace_id = s.workspace_id and d.event_id = s.event_id
            """);
        command.Parameters.AddAll(
            Parameters.Array(NpgsqlDbType.Uuid, _settled, s => s.Delivery.WorkspaceId),
            Parameters.Array(NpgsqlDbType.Text, _settled, s => s.Delivery.EventId),
            Parameters.Array(NpgsqlDbType.Text, _settled, s => s.State),
            Parameters.Array(NpgsqlDbType.Text, _settled, s => s.Error));
        return command;
    }

    private void Add(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddAll(values);
        _open.Writes.Add(command);
    }
}
