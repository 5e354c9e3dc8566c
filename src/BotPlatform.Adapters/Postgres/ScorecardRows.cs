using System.Text.Json;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;
using NpgsqlTypes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>A scorecard as rows that panels can query with plain SQL; quotes are spans, not text.</summary>
internal static class ScorecardRows
{
    public static void Write(SessionWork work, Session session, int eventNumber, SessionEvent.Scored scored)
    {
        var card = scored.Scorecard;
        var id = DerivedId.Of(session.Id, eventNumber, "scorecard");
        work.Add(
            """
            insert into scorecard (workspace_id, session_id, scorecard_id, rater, grader_mode, problem, problem_hash, level, rubric_id,
              rubric_version, rubric_hash, engine, mean, coverage, recommendation, level_shown, notices, flags, scored_at)
            values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            id,
            card.GraderMode,
            card.Problem,
            session.ProblemHash,
            Words.Name(card.Level),
            card.RubricId,
            card.RubricVersion,
            card.RubricHash,
            Interview.Engine,
            (object?)card.Overall.Mean ?? DBNull.Value,
            card.Overall.Coverage,
            Words.Name(card.Overall.Recommendation),
            card.Overall.LevelShown is { } shown ? Words.Name(shown) : (object)DBNull.Value,
            new Npgsql.NpgsqlParameter { Value = card.Notices.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            SessionWork.Json(JsonSerializer.Serialize(card.Flags, StoredJson.Options)),
            scored.At.ToUniversalTime());
        foreach (var score in card.Scores)
        {
            work.Add(
                "insert into score select $1, $3, $4, $5, $6, $7, $8, $9 where $2::uuid is not null",
                id,
                score.Criterion,
                new Npgsql.NpgsqlParameter { Value = (object?)score.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                Words.Name(score.State),
                score.Why,
                score.Raise,
                SessionWork.Json(JsonSerializer.Serialize(score.Checks, StoredJson.Options)));
            var ordinal = 0;
            foreach (var span in score.Evidence)
            {
                work.Add(
                    "insert into evidence (workspace_id, session_id, scorecard_id, criterion, ordinal, turn_n, start_at, length) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                    id, score.Criterion, ordinal++, span.Turn, span.Start, span.Length);
            }
        }
    }
}
