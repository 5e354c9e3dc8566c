using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>A session as lists show it.</summary>
public sealed record SessionRow(
    Guid WorkspaceId,
    Guid SessionId,
    string Channel,
    string OwnerHash,
    string TokenHash,
    string Problem,
    string ProblemHash,
    string? SwapHash,
    string RubricHash,
    string Level,
    string Mode,
    string State,
    string Step,
    int Version,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public SessionKey Key => new(WorkspaceId, SessionId);
}

/// <summary>Sessions: their rows, and the fold of their events.</summary>
public sealed class SessionStore(NpgsqlDataSource source, PinnedContent content)
{
    internal const string Columns = """
        workspace_id as WorkspaceId, session_id as SessionId, channel, owner_hash as OwnerHash, token_hash as TokenHash,
        problem, problem_hash as ProblemHash, swap_hash as SwapHash, rubric_hash as RubricHash, level, mode, state, step,
        version, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    public async Task<SessionRow?> FindAsync(SessionKey key, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<SessionRow>(
            $"select {Columns} from session where workspace_id = @Workspace and session_id = @Session", key);
    }

    /// <summary>Newest first, at most 200.</summary>
    public async Task<IReadOnlyList<SessionRow>> OfOwnerAsync(Guid workspace, string ownerHash, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<SessionRow>(
            $"""
            select {Columns} from session where workspace_id = @workspace and owner_hash = @ownerHash
            order by created_at desc limit 200
            """,
            new { workspace, ownerHash })).AsList();
    }

    /// <summary>Every session's key, oldest first.</summary>
    public Task<IReadOnlyList<SessionKey>> AllAsync(CancellationToken cancellation) => AllAsync(DateTimeOffset.MinValue, cancellation);

    /// <summary>The keys of the sessions that were begun at a time or later, oldest first.</summary>
    public async Task<IReadOnlyList<SessionKey>> AllAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<SessionKey>(
            "select workspace_id as Workspace, session_id as Session from session where created_at >= @since order by created_at, session_id",
            new { since })).AsList();
    }

    /// <summary>The read table's turns, in order; a text that was erased is empty.</summary>
    public async Task<IReadOnlyList<(int N, bool Deleted, string Body)>> TurnsAsync(SessionKey key, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(int, bool, string)>(
            """
            select n, deleted_at is not null, coalesce(body, '') from turn left join turn_text using (workspace_id, session_id, text_id)
            where workspace_id = @Workspace and session_id = @Session order by n
            """,
            key)).AsList();
    }

    /// <summary>The read table's values by criterion, of the scorecard made when the session ended.</summary>
    public async Task<IReadOnlyList<(string Criterion, int? Value)>> ScoresAsync(SessionKey key, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(string, int?)>(
            """
            select criterion, value from score join scorecard using (workspace_id, scorecard_id)
            where workspace_id = @Workspace and session_id = @Session and origin = 'session'
            """,
            key)).AsList();
    }

    /// <summary>Deletes a session with everything that belongs to it.</summary>
    public async Task<bool> DeleteAsync(SessionKey key, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await Deadlocks.RetriedAsync(() => connection.ExecuteAsync(new CommandDefinition(
            "delete from session where workspace_id = @Workspace and session_id = @Session", key, cancellationToken: cancellation))) == 1;
    }

    public async Task<Session> LoadAsync(SessionRow row, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await LoadAsync(connection, row, cancellation);
    }

    internal async Task<Session> LoadAsync(NpgsqlConnection connection, SessionRow row, CancellationToken cancellation)
    {
        var session = await EmptyAsync(row, cancellation);
        return Interview.Apply(session, await EventsAsync(connection, row.Key, after: 0));
    }

    /// <summary>The stored events after a number, with their texts.</summary>
    public async Task<IReadOnlyList<SessionEvent>> EventsAsync(SessionKey key, int after, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await EventsAsync(connection, key, after);
    }

    private async Task<Session> EmptyAsync(SessionRow row, CancellationToken cancellation)
    {
        var books = new List<Interviewing.RuleChecks.RuleBook>
        {
            await content.BookAsync(row.WorkspaceId, row.RubricHash, row.ProblemHash, cancellation),
        };
        if (row.SwapHash is { } swap && swap != row.ProblemHash)
            books.Add(await content.BookAsync(row.WorkspaceId, row.RubricHash, swap, cancellation));
        return Session.Empty(row.SessionId, books);
    }

    private static async Task<IReadOnlyList<SessionEvent>> EventsAsync(NpgsqlConnection connection, SessionKey key, int after)
    {
        // The events first: of what is committed between the two statements, an event without its text would be told as erased.
        using var both = await connection.QueryMultipleAsync(
            """
            select type, schema_version as Version, data::text as Data from session_event
            where workspace_id = @Workspace and session_id = @Session and number > @after order by number;
            select text_id as Id, body from turn_text where workspace_id = @Workspace and session_id = @Session
            """,
            new { key.Workspace, key.Session, after });
        var events = (await both.ReadAsync<(string Type, int Version, string Data)>()).AsList();
        var texts = (await both.ReadAsync<(Guid Id, string Body)>()).ToDictionary(t => t.Id, t => t.Body);
        return [.. events.Select(e => StoredJson.ReadEvent(e.Type, e.Version, e.Data, texts))];
    }
}
