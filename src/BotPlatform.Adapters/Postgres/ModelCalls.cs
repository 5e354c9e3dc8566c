using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>One call to a language model, as it is stored.</summary>
/// <param name="Role">interviewer or grader.</param>
/// <param name="Name">What operators call the model.</param>
/// <param name="Model">As its provider reported it.</param>
/// <param name="Parameters">JSON.</param>
/// <param name="Cost">US dollars; null without a configured price.</param>
/// <param name="Outcome">replied, unreadable, or the failure.</param>
/// <param name="Body">The raw reply; null when none came.</param>
public sealed record ModelCall(
    Guid CallId,
    string Role,
    string Sample,
    string Name,
    string Model,
    string Parameters,
    string RequestHash,
    string PromptHash,
    string RubricHash,
    int InputTokens,
    int OutputTokens,
    int CachedTokens,
    double? Cost,
    int LatencyMs,
    string Outcome,
    string? Body);

/// <summary>A reply that came before, so that it need not be paid for again.</summary>
public sealed record KeptReply(string Sample, string Model, string Body);

/// <summary>What was spent, in tokens and US dollars.</summary>
public sealed record ModelSpending(long SessionTokens, double SessionCost, long DayTokens, double DayCost);

/// <summary>Calls to language models: what was asked and answered, and what it cost.</summary>
public sealed class ModelCalls(NpgsqlDataSource source)
{
    public const string Replied = "replied";

    /// <param name="effect">What it was for; replies of a grade are found by it.</param>
    public async Task KeepAsync(SessionKey key, Guid effect, ModelCall call, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        // A session that was deleted in the meantime keeps its bill, and no text.
        await connection.ExecuteAsync(
            """
            insert into model_call (workspace_id, call_id, session_id, effect_id, role, sample, name, model, parameters, request_hash, prompt_hash,
              rubric_hash, input_tokens, output_tokens, cached_tokens, cost, latency_ms, outcome, called_at)
            values (@Workspace, @CallId, @Session, @effect, @Role, @Sample, @Name, @Model, @Parameters::jsonb, @RequestHash, @PromptHash,
              @RubricHash, @InputTokens, @OutputTokens, @CachedTokens, @Cost, @LatencyMs, @Outcome, @now);
            insert into model_reply (workspace_id, call_id, session_id, body)
            select workspace_id, @CallId, session_id, @Body from session where workspace_id = @Workspace and session_id = @Session and @Body::text is not null
            """,
            new
            {
                key.Workspace,
                key.Session,
                effect,
                call.CallId,
                call.Role,
                call.Sample,
                call.Name,
                Model = Storable(call.Model),
                call.Parameters,
                call.RequestHash,
                call.PromptHash,
                call.RubricHash,
                call.InputTokens,
                call.OutputTokens,
                call.CachedTokens,
                call.Cost,
                call.LatencyMs,
                call.Outcome,
                Body = call.Body is null ? null : Storable(call.Body),
                now,
            });
    }

    /// <summary>The readable replies to an effect that are kept still, in the order in which they came.</summary>
    public async Task<IReadOnlyList<KeptReply>> RepliesAsync(SessionKey key, Guid effect, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<KeptReply>(
            $"""
            select sample, model, body from model_call c join model_reply using (workspace_id, call_id)
            where c.workspace_id = @Workspace and c.effect_id = @effect and outcome = '{Replied}' order by called_at, call_id
            """,
            new { key.Workspace, effect })).AsList();
    }

    /// <param name="dayStart">From when on the day's spending counts.</param>
    public async Task<ModelSpending> SpentAsync(SessionKey key, DateTimeOffset dayStart, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<ModelSpending>(
            """
            select coalesce(s.tokens, 0)::bigint as SessionTokens, coalesce(s.cost, 0) as SessionCost, coalesce(d.tokens, 0)::bigint as DayTokens, coalesce(d.cost, 0) as DayCost
            from (select sum(input_tokens::bigint + output_tokens) as tokens, sum(cost) as cost from model_call where workspace_id = @Workspace and session_id = @Session) s,
              (select sum(input_tokens::bigint + output_tokens) as tokens, sum(cost) as cost from model_call where workspace_id = @Workspace and called_at >= @dayStart) d
            """,
            new { key.Workspace, key.Session, dayStart });
    }

    /// <summary>Whether a workspace lets what candidates write go to language models.</summary>
    public async Task<bool> AllowedAsync(Guid workspace, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<bool>("select models_allowed from workspace where workspace_id = @workspace", new { workspace });
    }

    /// <summary>Says so for every workspace.</summary>
    public async Task AllowAsync(bool allowed, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("update workspace set models_allowed = @allowed", new { allowed });
    }

    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
