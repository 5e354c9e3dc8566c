using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Where in Slack an interview runs.</summary>
/// <param name="Channel">The direct message; null until it was opened.</param>
/// <param name="Thread">The timestamp of its first post; null until that is out.</param>
/// <param name="State">The session's.</param>
public sealed record SlackThread(Guid WorkspaceId, Guid SessionId, string UserId, string? Channel, string? Thread, string State, string Problem)
{
    /// <summary>The channel of a session that runs in Slack.</summary>
    public const string InSlack = "slack";

    public SessionKey Key => new(WorkspaceId, SessionId);

    public bool IsOpen => State is not ("ended" or "grading");
}

/// <summary>Which interviews run where in Slack, and whose they are.</summary>
public sealed class SlackThreads(NpgsqlDataSource source)
{
    private const string Select = """
        select t.workspace_id as WorkspaceId, t.session_id as SessionId, t.user_id as UserId, t.channel_id as Channel, t.thread_ts as Thread, s.state, s.problem
        from slack_thread t join session s using (workspace_id, session_id)
        """;

    public async Task<SlackThread?> FindAsync(SessionKey key, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<SlackThread>($"{Select} where t.workspace_id = @Workspace and t.session_id = @Session", key);
    }

    /// <summary>A person's interview that is not over; null when there is none.</summary>
    public async Task<SlackThread?> OpenOfAsync(Guid workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await OpenOfAsync(connection, workspace, user);
    }

    internal static Task<SlackThread?> OpenOfAsync(NpgsqlConnection connection, Guid workspace, string user) => connection.QueryFirstOrDefaultAsync<SlackThread>(
        $"{Select} where t.workspace_id = @workspace and t.user_id = @user and s.state not in ('ended', 'grading') order by s.created_at desc limit 1",
        new { workspace, user });

    /// <summary>All of a person's interviews, newest first.</summary>
    public async Task<IReadOnlyList<SlackThread>> OfAsync(Guid workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<SlackThread>(
            $"{Select} where t.workspace_id = @workspace and t.user_id = @user order by s.created_at desc", new { workspace, user })).AsList();
    }

    /// <summary>
    /// Deletes all of a person's interviews at once, with everything that belongs to them; what of theirs was set aside for an
    /// operator too.
    /// </summary>
    /// <param name="isTheirs">Whether an event as it came in is from them.</param>
    public Task<IReadOnlyList<SessionKey>> DeleteAllOfAsync(Guid workspace, string user, Predicate<byte[]> isTheirs, CancellationToken cancellation) =>
        DeleteAsync(workspace, user, only: null, isTheirs, cancellation);

    /// <summary>Deletes one interview, likewise.</summary>
    /// <param name="isOfIt">Whether an event as it came in belongs to it.</param>
    public Task DeleteAsync(SlackThread thread, Predicate<byte[]> isOfIt, CancellationToken cancellation) =>
        DeleteAsync(thread.WorkspaceId, thread.UserId, thread.SessionId, isOfIt, cancellation);

    private async Task<IReadOnlyList<SessionKey>> DeleteAsync(Guid workspace, string user, Guid? only, Predicate<byte[]> isOfIt, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        // Not looked into by PostgreSQL, which refuses some of what is JSON, and what was set aside may well be of that kind.
        var aside = await connection.QueryAsync<(string EventId, byte[] Body)>(new CommandDefinition(
            "select event_id, body from slack_delivery where workspace_id = @workspace and state = 'dead'", new { workspace }, cancellationToken: cancellation));
        var events = aside.Where(d => isOfIt(d.Body)).Select(d => d.EventId).ToArray();
        return await Deadlocks.RetriedAsync(async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var deleted = (await connection.QueryAsync<SessionKey>(new CommandDefinition(
                """
                with aside as (
                  update slack_delivery set state = 'refused', error = 'deleted', body = ''
                  where workspace_id = @workspace and event_id = any(@events) and state = 'dead')
                delete from session s using slack_thread t
                where t.workspace_id = @workspace and t.user_id = @user and (@only::uuid is null or t.session_id = @only)
                  and s.workspace_id = t.workspace_id and s.session_id = t.session_id
                returning s.workspace_id as Workspace, s.session_id as Session
                """,
                new { workspace, user, only, events },
                transaction,
                cancellationToken: cancellation))).AsList();
            // Whoever gave up on it has said that nothing was changed, and a statement that waited may come through all the same.
            cancellation.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None);
            return deleted;
        });
    }

    /// <summary>Takes down which direct message it is in.</summary>
    public async Task OpenedAsync(SessionKey key, string channel, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            "update slack_thread set channel_id = @channel where workspace_id = @Workspace and session_id = @Session and thread_ts is null",
            new { key.Workspace, key.Session, channel });
    }

    /// <summary>Whose interview it is; null when it is none of Slack's, or gone.</summary>
    internal static Task<string?> UserOfAsync(NpgsqlConnection connection, SessionKey key) => connection.QuerySingleOrDefaultAsync<string?>(
        "select user_id from slack_thread where workspace_id = @Workspace and session_id = @Session", key);

    /// <summary>The threads of these places, as far as there are interviews in them.</summary>
    internal static async Task<IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread>> AtAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(Guid Workspace, string Channel, string Thread)> places)
    {
        if (places.Count == 0)
            return new Dictionary<(Guid, string, string), SlackThread>();
        var found = await connection.QueryAsync<SlackThread>(
            $"""
            {Select} join unnest(@workspaces, @channels, @threads) as p (workspace, channel, thread)
              on t.workspace_id = p.workspace and t.channel_id = p.channel and t.thread_ts = p.thread
            """,
            new { workspaces = places.Select(p => p.Workspace).ToArray(), channels = places.Select(p => p.Channel).ToArray(), threads = places.Select(p => p.Thread).ToArray() });
        return found.ToDictionary(t => (t.WorkspaceId, t.Channel!, t.Thread!));
    }
}
