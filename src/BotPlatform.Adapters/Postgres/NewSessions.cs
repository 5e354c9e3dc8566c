using System.Collections.Immutable;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;
using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

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

/// <summary>Makes sessions, each with everything that it needs from its first moment on.</summary>
public sealed class NewSessions(NpgsqlDataSource source)
{
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
                Level = Words.Name(made.Start.Level),
                Mode = Words.Name(made.Start.Mode),
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
}
