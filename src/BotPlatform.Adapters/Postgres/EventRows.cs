using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>What happened in a session, as rows: its events, their texts, and the tables to be read from.</summary>
internal sealed class EventRows(SessionWork work)
{
    private readonly List<(int Number, SessionEvent Happened)> _events = [];
    private readonly List<TurnText> _texts = [];

    public void Add(SessionEvent happened, int number, Session after)
    {
        _events.Add((number, happened));
        switch (happened)
        {
            case SessionEvent.Said e:
                _texts.Add(e.Text);
                break;
            case SessionEvent.TurnEdited e:
                _texts.Add(e.Text);
                work.Add(
                    "update turn set text_id = $4, edited_at = $5 where workspace_id = $1 and session_id = $2 and n = $3",
                    e.N, e.Text.Id, e.At.ToUniversalTime());
                break;
            case SessionEvent.TurnDeleted e:
                work.Add("update turn set deleted_at = $4 where workspace_id = $1 and session_id = $2 and n = $3", e.N, e.At.ToUniversalTime());
                break;
            case SessionEvent.LateChangeNoted { Text: { } text }:
                _texts.Add(text);
                break;
            case SessionEvent.Scored e:
                AddScorecard(after, DerivedId.Of(after.Id, number, "scorecard"), e.Scorecard, e.At, origin: "session");
                break;
        }
    }

    public void AddScorecard(Session session, Guid id, Scorecard card, DateTimeOffset at, string origin)
    {
        _texts.AddRange(card.ModelTexts());
        ScorecardRows.Write(work, session, id, card, at, origin);
    }

    /// <summary>What is new, with one statement a table.</summary>
    public IEnumerable<NpgsqlBatchCommand> Inserts()
    {
        var said = _events.Select(e => e.Happened).OfType<SessionEvent.Said>().ToArray();
        if (_events.Count > 0)
        {
            yield return work.Statement(
                "insert into session_event select $1, $2, number, type, $3, at, data from unnest($4, $5, $6, $7) as e (number, type, at, data)",
                StoredJson.EventVersion,
                Parameters.Array(NpgsqlDbType.Integer, _events, e => e.Number),
                Parameters.Array(NpgsqlDbType.Text, _events, e => StoredJson.TypeOf(e.Happened)),
                Parameters.Array(NpgsqlDbType.TimestampTz, _events, e => e.Happened.At.UtcDateTime),
                Parameters.Array(NpgsqlDbType.Jsonb, _events, e => StoredJson.Write(e.Happened)));
        }

        if (_texts.Count > 0)
        {
            yield return work.Statement(
                "insert into turn_text (workspace_id, session_id, text_id, body) select $1, $2, id, body from unnest($3, $4) as t (id, body)",
                Parameters.Array(NpgsqlDbType.Uuid, _texts, t => t.Id),
                Parameters.Array(NpgsqlDbType.Text, _texts, t => t.Value));
        }

        if (said.Length > 0)
        {
            yield return work.Statement(
                """
                insert into turn
                select $1, $2, n, speaker, step, kind, key, text_id, at
                from unnest($3, $4, $5, $6, $7, $8, $9) as t (n, speaker, step, kind, key, text_id, at)
                """,
                Parameters.Array(NpgsqlDbType.Integer, said, e => e.N),
                Parameters.Array(NpgsqlDbType.Text, said, e => Words.Name(e.Speaker)),
                Parameters.Array(NpgsqlDbType.Text, said, e => Words.Name(e.Step)),
                Parameters.Array(NpgsqlDbType.Text, said, e => Words.Name(e.Kind)),
                Parameters.Array(NpgsqlDbType.Text, said, e => e.Key),
                Parameters.Array(NpgsqlDbType.Uuid, said, e => e.Text.Id),
                Parameters.Array(NpgsqlDbType.TimestampTz, said, e => e.At.UtcDateTime));
        }
    }
}
