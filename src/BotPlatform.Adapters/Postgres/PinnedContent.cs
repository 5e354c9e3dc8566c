using System.Collections.Concurrent;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using Dapper;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// Problems and rubrics by hash, as they were when a session pinned them, so that it can be led and scored the
/// same way later. Compiled books are shared: there are few of them.
/// </summary>
/// <param name="read">Makes a book of the text of a rubric and that of a problem.</param>
public sealed class PinnedContent(NpgsqlDataSource source, Func<string, string, RuleBook> read)
{
    private readonly ConcurrentDictionary<(string Rubric, string Problem), RuleBook> _books = new();

    private readonly ConcurrentDictionary<string, string> _prompts = new(StringComparer.Ordinal);

    /// <summary>Stores texts under their hashes; what is there already stays.</summary>
    public static async Task StoreAsync(
        NpgsqlConnection connection, Guid workspace, IReadOnlyCollection<StoredText> texts, DateTimeOffset now)
    {
        // The texts are long, and but for the first time they are there.
        var known = (await connection.QueryAsync<string>(
            "select hash from content where workspace_id = @workspace and hash = any(@hashes)",
            new { workspace, hashes = texts.Select(t => t.Hash).ToArray() })).ToHashSet(StringComparer.Ordinal);
        foreach (var text in texts.Where(t => !known.Contains(t.Hash)))
        {
            await connection.ExecuteAsync(
                """
                insert into content (workspace_id, hash, kind, name, body, first_seen_at)
                values (@workspace, @Hash, @Kind, @Name, @Body, @now) on conflict do nothing
                """,
                new { workspace, text.Hash, text.Kind, text.Name, text.Body, now });
        }
    }

    public async Task<RuleBook> BookAsync(Guid workspace, string rubricHash, string problemHash, CancellationToken cancellation)
    {
        if (_books.TryGetValue((rubricHash, problemHash), out var known))
            return known;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rubric = await TextAsync(connection, workspace, rubricHash);
        var problem = await TextAsync(connection, workspace, problemHash);
        return _books.GetOrAdd((rubricHash, problemHash), _ => read(rubric, problem));
    }

    /// <summary>The text of a pinned prompt.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public async Task<string> PromptAsync(Guid workspace, string hash, CancellationToken cancellation)
    {
        if (_prompts.TryGetValue(hash, out var known))
            return known;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return _prompts.GetOrAdd(hash, await TextAsync(connection, workspace, hash));
    }

    /// <summary>Compiles once what was loaded from files.</summary>
    public RuleBook Keep(Rubric rubric, Problem problem) =>
        _books.GetOrAdd((rubric.Hash, problem.Hash), _ => RuleBook.Compile(rubric, problem));

    private static async Task<string> TextAsync(NpgsqlConnection connection, Guid workspace, string hash) =>
        await connection.QuerySingleOrDefaultAsync<string>(
            "select body from content where workspace_id = @workspace and hash = @hash", new { workspace, hash })
        ?? throw new InvalidDataException($"Pinned content {hash} is not in the database.");
}

/// <param name="Kind">problem, rubric or prompt.</param>
public sealed record StoredText(string Hash, string Kind, string Name, string Body);
