using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>A file that came with a candidate's message: what it is, not what is in it.</summary>
/// <param name="MessageKey">The channel's own key of the message.</param>
public sealed record Attachment(string MessageKey, string Name, string MediaType, long Bytes, DateTime ReceivedAt);

/// <summary>Files that came with messages. They are not scored.</summary>
public sealed class Attachments(NpgsqlDataSource source)
{
    /// <summary>Those of a session, in the order they came.</summary>
    public async Task<IReadOnlyList<Attachment>> OfAsync(SessionKey key, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Attachment>(
            """
            select message_key as MessageKey, name, media_type as MediaType, bytes, received_at as ReceivedAt
            from attachment where workspace_id = @Workspace and session_id = @Session order by received_at, message_key, ordinal
            """,
            new { key.Workspace, key.Session })).AsList();
    }
}
