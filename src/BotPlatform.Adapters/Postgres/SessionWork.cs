using System.Text.Json.Nodes;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;
using NpgsqlTypes;

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
    private readonly List<(int Number, SessionEvent Happened)> _events = [];
    private readonly List<TurnText> _texts = [];

    private SessionWork(OpenTransaction open, SessionRow row, IReadOnlyList<InboxRow> rows) => (_open, Row, Inbox) = (open, row, rows);

    public SessionRow Row { get; }

    /// <summary>What is due, in the order to handle it; it begins with a dead row when the session waits for an operator.</summary>
    public IReadOnlyList<InboxRow> Inbox { get; }

    /// <summary>Whether something was queued that a dispatcher is to do.</summary>
    public bool HasEffects { get; private set; }

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
            _events.Add((number, happened));
            ReadTables(happened, number, after);
        }

        // A session's time never runs backwards. Where the clock was set back, timers are set by the clock all the same,
        // or an answer would wait until the clock has caught up.
        var ahead = before.LastAt > received ? before.LastAt - received : TimeSpan.Zero;
        foreach (var effect in decision.Effects)
            Perform(effect, ahead, now);
        if (InSlack && decision.Events.Any(e => e is SessionEvent.Scored) && after.Mode == SessionMode.Practice)
            Queue(SlackPost.Scorecard, number, now, [], NewSlackPost.LaneOf(Row.SessionId));
    }

    public void Done(InboxRow row, DateTimeOffset now) => Add(
        "update inbox set state = 'done', done_at = $4 where workspace_id = $1 and session_id = $2 and inbox_id = $3",
        row.InboxId, now.ToUniversalTime());

    /// <summary>Sets a row aside; its session waits until an operator has seen to it.</summary>
    public void Dead(InboxRow row, string error) => Add(
        "update inbox set state = 'dead', attempts = attempts + 1, error = $4 where workspace_id = $1 and session_id = $2 and inbox_id = $3",
        row.InboxId, error);

    /// <summary>A scorecard beside the session's own, which stays what it is.</summary>
    public void AddScorecard(Session session, Guid id, Scorecard card, DateTimeOffset at)
    {
        _texts.AddRange(card.ModelTexts());
        ScorecardRows.Write(this, session, id, card, at, origin: "rescore");
    }

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

        InsertFirst();
        await _open.CommitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    /// <summary>Adds a statement whose first two parameters are the workspace and the session.</summary>
    internal void Add(string sql, params ReadOnlySpan<object> values) => _open.Writes.Add(Statement(sql, values));

    private void ReadTables(SessionEvent happened, int number, Session after)
    {
        switch (happened)
        {
            case SessionEvent.Said e:
                _texts.Add(e.Text);
                break;
            case SessionEvent.TurnEdited e:
                _texts.Add(e.Text);
                Add("update turn set text_id = $4, edited_at = $5 where workspace_id = $1 and session_id = $2 and n = $3",
                    e.N, e.Text.Id, e.At.ToUniversalTime());
                break;
            case SessionEvent.TurnDeleted e:
                Add("update turn set deleted_at = $4 where workspace_id = $1 and session_id = $2 and n = $3", e.N, e.At.ToUniversalTime());
                break;
            case SessionEvent.LateChangeNoted { Text: { } text }:
                _texts.Add(text);
                break;
            case SessionEvent.Scored e:
                _texts.AddRange(e.Scorecard.ModelTexts());
                ScorecardRows.Write(this, after, DerivedId.Of(after.Id, number, "scorecard"), e.Scorecard, e.At);
                break;
        }
    }

    // One statement a table, before those that change what was inserted.
    private void InsertFirst()
    {
        var said = _events.Select(e => e.Happened).OfType<SessionEvent.Said>().ToArray();
        var inserts = new List<NpgsqlBatchCommand>();
        if (_events.Count > 0)
        {
            inserts.Add(Statement(
                "insert into session_event select $1, $2, number, type, $3, at, data from unnest($4, $5, $6, $7) as e (number, type, at, data)",
                [
                    StoredJson.EventVersion,
                    Parameters.Array(NpgsqlDbType.Integer, _events, e => e.Number),
                    Parameters.Array(NpgsqlDbType.Text, _events, e => StoredJson.TypeOf(e.Happened)),
                    Parameters.Array(NpgsqlDbType.TimestampTz, _events, e => e.Happened.At.UtcDateTime),
                    Parameters.Array(NpgsqlDbType.Jsonb, _events, e => StoredJson.Write(e.Happened)),
                ]));
        }

        if (_texts.Count > 0)
        {
            inserts.Add(Statement(
                "insert into turn_text (workspace_id, session_id, text_id, body) select $1, $2, id, body from unnest($3, $4) as t (id, body)",
                [Parameters.Array(NpgsqlDbType.Uuid, _texts, t => t.Id), Parameters.Array(NpgsqlDbType.Text, _texts, t => t.Value)]));
        }

        if (said.Length > 0)
        {
            inserts.Add(Statement(
                """
                insert into turn
                select $1, $2, n, speaker, step, kind, key, text_id, at
                from unnest($3, $4, $5, $6, $7, $8, $9) as t (n, speaker, step, kind, key, text_id, at)
                """,
                [
                    Parameters.Array(NpgsqlDbType.Integer, said, e => e.N),
                    Parameters.Array(NpgsqlDbType.Text, said, e => Words.Name(e.Speaker)),
                    Parameters.Array(NpgsqlDbType.Text, said, e => Words.Name(e.Step)),
                    Parameters.Array(NpgsqlDbType.Text, said, e => Words.Name(e.Kind)),
                    Parameters.Array(NpgsqlDbType.Text, said, e => e.Key),
                    Parameters.Array(NpgsqlDbType.Uuid, said, e => e.Text.Id),
                    Parameters.Array(NpgsqlDbType.TimestampTz, said, e => e.At.UtcDateTime),
                ]));
        }

        for (var i = 0; i < inserts.Count; i++)
            _open.Writes.Insert(i, inserts[i]);
    }

    private NpgsqlBatchCommand Statement(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddAll(Row.WorkspaceId, Row.SessionId);
        command.Parameters.AddAll(values);
        return command;
    }

    // The web page and the terminal read turns from the session itself; Slack has to be told.
    private bool InSlack => Row.Channel == SlackThread.InSlack;

    private void Queue(string kind, int eventNumber, DateTimeOffset now, JsonObject? body = null, string? lane = null)
    {
        HasEffects = true;
        Add(
            """
            insert into outbox (workspace_id, session_id, effect_id, event_number, kind, body, due_at, created_at, lane)
            values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
            """,
            DerivedId.Of(Row.SessionId, eventNumber, kind),
            eventNumber,
            kind,
            Parameters.Json(body?.ToJsonString() ?? "{}"),
            now.ToUniversalTime(),
            Parameters.Text(lane));
    }

    // From a candidate's message on until it is answered.
    private void ShowBusy(DateTimeOffset now)
    {
        if (InSlack)
            _open.Writes.Add(SlackPosts.Insert(Row.WorkspaceId, NewSlackPost.StatusOf(Row.SessionId), now));
    }

    private void Perform(Effect effect, TimeSpan ahead, DateTimeOffset now)
    {
        switch (effect)
        {
            case Effect.SetTimer timer:
                // Older timers of the kind are stale; taking them away spares a look at the session for each.
                var kind = "timer_" + Words.Name(timer.Kind);
                Add(
                    """
                    with older as (
                      delete from inbox where workspace_id = $1 and session_id = $2 and kind = $3 and state = 'due' and timer_event < $4)
                    insert into inbox (workspace_id, session_id, kind, delivery_key, timer_event, received_at, due_at)
                    values ($1, $2, $3, $5, $4, $6, $6)
                    """,
                    kind, timer.EventNumber, $"{kind}:{timer.EventNumber}", (timer.Due - ahead).ToUniversalTime());
                if (timer.Kind == TimerKind.Quiet)
                    ShowBusy(now);
                break;
            case Effect.RequestGrade grade:
                Queue("request_grade", grade.EventNumber, now);
                ShowBusy(now);
                break;
            case Effect.RequestWording wording:
                Queue("request_wording", wording.EventNumber, now);
                ShowBusy(now);
                break;
            case Effect.Post post when InSlack:
                Queue(SlackPost.Turn, post.Turn, now, new JsonObject { ["turn"] = post.Turn }, NewSlackPost.LaneOf(Row.SessionId));
                break;
        }
    }
}
