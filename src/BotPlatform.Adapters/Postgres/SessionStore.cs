using System.Collections.Immutable;
using System.Text.Json;
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

/// <summary>What a new session is made of.</summary>
/// <param name="SwapHash">Hash of the problem that a content notice offers instead.</param>
public sealed record NewSession(
    SessionKey Key,
    string Channel,
    string OwnerHash,
    string TokenHash,
    string Problem,
    string? SwapHash,
    string RubricHash,
    Input.Started Start,
    ImmutableArray<StoredText> Texts)
{
    /// <summary>Whose it is in Slack, where it runs in a thread; null elsewhere.</summary>
    public string? SlackUser { get; init; }
}

/// <summary>Sessions: their rows, and the fold of their events.</summary>
public sealed class SessionStore(NpgsqlDataSource source, PinnedContent content)
{
    internal const string Columns = """
        workspace_id as WorkspaceId, session_id as SessionId, channel, owner_hash as OwnerHash, token_hash as TokenHash,
        problem, problem_hash as ProblemHash, swap_hash as SwapHash, rubric_hash as RubricHash, level, mode, state, step,
        version, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    /// <summary>
    /// Commits a new session with its start in the inbox. With an idempotency key seen before: the session made
    /// then, or null when that request was a different one. In Slack a person has one open interview at a time: where
    /// there is one, it is that.
    /// </summary>
    public async Task<Guid?> CreateAsync(
        NewSession made, DateTimeOffset now, string? idempotencyKey, string requestHash, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (made.SlackUser is { } user && await OpenInSlackAsync(connection, made.Key.Workspace, user) is { } open)
            return open;
        await PinnedContent.StoreAsync(connection, made.Key.Workspace, made.Texts, now);
        await connection.ExecuteAsync(
            """
            insert into session (workspace_id, session_id, channel, owner_hash, token_hash, problem, problem_hash, swap_hash,
              rubric_hash, level, mode, state, step, version, created_at, updated_at)
            values (@Workspace, @Session, @Channel, @OwnerHash, @TokenHash, @Problem, @ProblemHash, @SwapHash,
              @RubricHash, @Level, @Mode, 'new', 'requirements', 0, @now, @now)
            """,
            new
            {
                made.Key.Workspace,
                made.Key.Session,
                made.Channel,
                made.OwnerHash,
                made.TokenHash,
                made.Problem,
                made.Start.ProblemHash,
                made.SwapHash,
                made.RubricHash,
                Level = Interviewing.Words.Name(made.Start.Level),
                Mode = Interviewing.Words.Name(made.Start.Mode),
                now,
            });
        if (idempotencyKey is not null)
        {
            var kept = await connection.ExecuteAsync(
                """
                insert into request_key (workspace_id, owner_hash, key, request_hash, session_id, created_at)
                values (@Workspace, @OwnerHash, @idempotencyKey, @requestHash, @Session, @now) on conflict do nothing
                """,
                new { made.Key.Workspace, made.OwnerHash, idempotencyKey, requestHash, made.Key.Session, now });
            if (kept == 0)
            {
                await transaction.RollbackAsync(cancellation);
                return await connection.QuerySingleOrDefaultAsync<Guid?>(
                    """
                    select session_id from request_key
                    where workspace_id = @Workspace and owner_hash = @OwnerHash and key = @idempotencyKey and request_hash = @requestHash
                    """,
                    new { made.Key.Workspace, made.OwnerHash, idempotencyKey, requestHash });
            }
        }

        if (made.SlackUser is not null)
            await BeginThreadAsync(connection, made, now, cancellation);
        await Inbox.InsertAsync(connection, made.Key, new InboxItem("start", null, made.Start, now), Caller.Local, onlyOpen: false, cancellation);
        await transaction.CommitAsync(cancellation);
        return made.Key.Session;
    }

    private static async Task<Guid?> OpenInSlackAsync(NpgsqlConnection connection, Guid workspace, string user)
    {
        // Held until the end of the transaction: a form that is sent twice must not find room for two.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@workspace::text || @user, 0))", new { workspace, user });
        return (await SlackThreads.OpenOfAsync(connection, workspace, user))?.SessionId;
    }

    // Its first post is queued here, ahead of everything that the interviewer will say.
    private static async Task BeginThreadAsync(NpgsqlConnection connection, NewSession made, DateTimeOffset now, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(
            "insert into slack_thread (workspace_id, session_id, user_id) values (@Workspace, @Session, @SlackUser)",
            new { made.Key.Workspace, made.Key.Session, made.SlackUser });
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(SlackPosts.Insert(
            made.Key.Workspace,
            new NewSlackPost(DerivedId.Of(made.Key.Session, 0, SlackPost.Root), made.Key.Session, SlackPost.Root, [], NewSlackPost.LaneOf(made.Key.Session)),
            now));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

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
        return await Deadlocks.RetriedAsync(() => connection.ExecuteAsync(
            "delete from session where workspace_id = @Workspace and session_id = @Session", key)) == 1;
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
