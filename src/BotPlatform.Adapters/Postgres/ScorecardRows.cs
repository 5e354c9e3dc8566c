using System.Text.Json;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>A scorecard as rows that panels can query with plain SQL; quotes are spans, not text.</summary>
internal static class ScorecardRows
{
    /// <param name="id">Of the scorecard.</param>
    public static void Write(SessionWork work, Session session, Guid id, Scorecard card, DateTimeOffset at, string origin)
    {
        work.Add(
            """
            insert into scorecard (workspace_id, session_id, scorecard_id, rater, grader_mode, problem, problem_hash, level, rubric_id,
              rubric_version, rubric_hash, engine, mean, coverage, recommendation, level_shown, notices, flags, scored_at, origin, prompt_hash, language, models)
            values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
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
            Parameters.Texts(card.Notices),
            Parameters.Json(JsonSerializer.Serialize(card.Flags, StoredJson.Options)),
            at.ToUniversalTime(),
            origin,
            Parameters.Text(card.Grader?.PromptHash),
            Parameters.Text(card.Grader?.Language),
            Parameters.Texts(card.Grader?.Models ?? []));
        foreach (var score in card.Scores)
        {
            work.Add(
                """
                insert into score (workspace_id, scorecard_id, criterion, value, state, why, raise, checks, model_value, model_samples, rules_value, review, missing_text_id, raise_text_id)
                select $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 where $2::uuid is not null
                """,
                id,
                score.Criterion,
                Parameters.Integer(score.Value),
                Words.Name(score.State),
                score.Why,
                score.Raise,
                Parameters.Json(JsonSerializer.Serialize(score.Checks, StoredJson.Options)),
                Parameters.Integer(score.Model?.Value),
                new NpgsqlParameter { Value = (object?)score.Model?.Samples.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                Parameters.Integer(score.Rules?.Value),
                Parameters.Texts(score.Review),
                Parameters.Uuid(score.Model?.Missing?.Id),
                Parameters.Uuid(score.Model?.Raise?.Id));
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
