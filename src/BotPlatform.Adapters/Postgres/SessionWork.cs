using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// One short transaction on one session: its row locked, its due inbox rows read, and what was decided written
/// together. Disposed without <see cref="CommitAsync"/>, nothing has happened.
/// </summary>
public sealed class SessionWork : IAsyncDisposable
{
    /// <summary>Rows that one piece of work takes at most; the rest is due still.</summary>
    public const int MostAtOnce = 200;

    private readonly OpenTransaction _open;
    private readonly EventRows _events;
    private readonly EffectRows _effects;

    private SessionWork(OpenTransaction open, SessionRow row, IReadOnlyList<InboxRow> rows)
    {
        (_open, Row, Inbox) = (open, row, rows);
        (_events, _effects) = (new EventRows(this), new EffectRows(this));
    }

    public SessionRow Row { get; }

    /// <summary>What is due, in the order to handle it; it begins with a dead row when the session waits for an operator.</summary>
    public IReadOnlyList<InboxRow> Inbox { get; }

    /// <summary>Whether something was queued that a dispatcher is to do.</summary>
    public bool HasEffects => _effects.AreQueued;

    /// <summary>Locks a session; null when another conductor is at it, or it is gone.</summary>
    public static Task<SessionWork?> BeginAsync(NpgsqlDataSource source, SessionKey key, DateTimeOffset now, CancellationToken cancellation) =>
        OpenTransaction.BeginAsync(
            source,
            async open =>
            {
                // The inbox is read in a statement of its own, after the lock: what the last holder handled is done by then.
                using var both = await open.Connection.QueryMultipleAsync(
                    $"""
                    select {SessionStore.Columns} from session
                    where workspace_id = @Workspace and session_id = @Session for no key update skip locked;
                    select i.inbox_id as InboxId, i.kind, i.state, i.received_at as ReceivedAt, i.due_at as DueAt, i.timer_event as TimerEvent, d.body
                    from inbox i left join delivery d using (workspace_id, inbox_id)
                    where i.workspace_id = @Workspace and i.session_id = @Session and i.state <> 'done' and i.due_at <= @now
                    order by i.inbox_id limit {MostAtOnce}
                    """,
                    new { key.Workspace, key.Session, now });
                var row = await both.ReadSingleOrDefaultAsync<SessionRow>();
                var due = await both.ReadAsync<InboxRow>();
                return row is null ? null : new SessionWork(open, row, [.. InboxRow.InOrder(due.AsList())]);
            },
            cancellation);

    /// <summary>The session as it was committed last.</summary>
    public Task<Session> LoadAsync(SessionStore store, CancellationToken cancellation) => store.LoadAsync(_open.Connection, Row, cancellation);

    /// <summary>Queues what an input led to; <paramref name="after"/> is the session with its events applied.</summary>
    /// <param name="received">When the input was received, by the clock.</param>
    public void Write(Session before, Session after, Decision decision, DateTimeOffset received, DateTimeOffset now)
    {
        var number = before.Version;
        foreach (var happened in decision.Events)
        {
            number++;
            _events.Add(happened, number, after);
        }

        // A session's time never runs backwards. Where the clock was set back, timers are set by the clock all the same,
        // or an answer would wait until the clock has caught up.
        var ahead = before.LastAt > received ? before.LastAt - received : TimeSpan.Zero;
        foreach (var effect in decision.Effects)
            _effects.Add(effect, ahead, now);
        if (decision.Events.Any(e => e is SessionEvent.Scored) && after.Mode == SessionMode.Practice)
            _effects.AddScorecard(number, now);
    }

    public void Done(InboxRow row, DateTimeOffset now) => Add(
        "update inbox set state = 'done', done_at = $4 where workspace_id = $1 and session_id = $2 and inbox_id = $3",
        row.InboxId, now.ToUniversalTime());

    /// <summary>Sets a row aside; its session waits until an operator has seen to it.</summary>
    public void Dead(InboxRow row, string error) => Add(
        "update inbox set state = 'dead', attempts = attempts + 1, error = $4 where workspace_id = $1 and session_id = $2 and inbox_id = $3",
        row.InboxId, error);

    /// <summary>A scorecard beside the session's own, which stays what it is.</summary>
    public void AddScorecard(Session session, Guid id, Scorecard card, DateTimeOffset at) =>
        _events.AddScorecard(session, id, card, at, origin: "rescore");

    public async Task CommitAsync(Session after, DateTimeOffset now, CancellationToken cancellation)
    {
        if (after.Version != Row.Version)
        {
            Add(
                """
                update session set problem = $3, problem_hash = $4, state = $5, step = $6, version = $7, active_seconds = $8,
                  updated_at = $9, ended_at = coalesce(ended_at, $10)
                where workspace_id = $1 and session_id = $2
                """,
                after.Book.Problem!.Slug,
                after.ProblemHash,
                Words.Name(after.State),
                Words.Name(after.Step),
                after.Version,
                after.Active.TotalSeconds,
                now.ToUniversalTime(),
                after.IsOpen ? DBNull.Value : (object)now.ToUniversalTime());
        }

        // Before the statements that change what was inserted.
        var first = 0;
        foreach (var insert in _events.Inserts())
            _open.Writes.Insert(first++, insert);
        await _open.CommitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    internal void Add(NpgsqlBatchCommand command) => _open.Writes.Add(command);

    /// <summary>Adds a statement whose first two parameters are the workspace and the session.</summary>
    internal void Add(string sql, params ReadOnlySpan<object> values) => Add(Statement(sql, values));

    /// <summary>A statement whose first two parameters are the workspace and the session.</summary>
    internal NpgsqlBatchCommand Statement(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddAll(Row.WorkspaceId, Row.SessionId);
        command.Parameters.AddAll(values);
        return command;
    }
}
