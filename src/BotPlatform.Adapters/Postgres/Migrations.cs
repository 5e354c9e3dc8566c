using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>One file of the migrations folder.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Sql">Its text, with plain line feeds.</param>
/// <param name="Checksum">SHA-256 of <paramref name="Sql"/>, in hex.</param>
public sealed record Migration(int Number, string Name, string Sql, string Checksum);

/// <summary>The database's own note of a migration.</summary>
public sealed record AppliedMigration(int Number, string Name, string Checksum);

/// <summary>What a run found and did: the migrations that it applied, in order, and the number that it ended at.</summary>
public sealed record MigrationRun(IReadOnlyList<Migration> Applied, int Number);

/// <summary>Plain SQL files, <c>NNNN_name.sql</c>, applied once, in order, each in a transaction of its own.</summary>
/// <remarks>What cannot run in a transaction (<c>create index concurrently</c>) has no place in them.</remarks>
public static partial class Migrations
{
    // Any number will do, as long as all nodes take the same one.
    private const long AdvisoryLock = 0x626F7470;

    /// <summary>Reads a migrations folder.</summary>
    public static async Task<Outcome<IReadOnlyList<Migration>>> ReadAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) return new Refusal($"there is no folder {folder} with the migrations");
        var migrations = new List<Migration>();
        foreach (var path in Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (!NamePattern().IsMatch(name))
                return new Refusal($"{path}: a migration is named like 0001_what_it_does.sql");
            var next = $"{migrations.Count + 1:0000}";
            if (!name.StartsWith(next, StringComparison.Ordinal))
                return new Refusal($"{path}: expected number {next} here: migrations are numbered from 0001 without gaps");
            var sql = (await File.ReadAllTextAsync(path, cancellation)).ReplaceLineEndings("\n");
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            migrations.Add(new Migration(migrations.Count + 1, name, sql, checksum));
        }

        return migrations;
    }

    /// <summary>Why these files do not fit what a database has applied; null when they do.</summary>
    public static Refusal? Objection(IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied)
    {
        foreach (var done in applied)
        {
            if (done.Number > files.Count)
            {
                return new Refusal($"the database is newer than this version: it has {applied[^1].Name}, and this version "
                    + $"knows {files.Count} migrations. Run the version that made it, or a newer one.");
            }

            if (files[done.Number - 1].Checksum != done.Checksum)
            {
                return new Refusal($"migrations/{files[done.Number - 1].Name} was changed after this database had applied it: "
                    + "restore the file as it was, and put the change into a new migration.");
            }
        }

        return null;
    }

    /// <summary>Applies what is missing. Several nodes may do so at once: one works, the others wait and find it done.</summary>
    public static async Task<Outcome<MigrationRun>> ApplyAsync(
        NpgsqlDataSource source, string folder, CancellationToken cancellation)
    {
        if (!(await ReadAsync(folder, cancellation)).TryGet(out var files, out var unreadable)) return new Refusal(unreadable);
        var run = new List<Migration>();
        await using var connection = await source.OpenConnectionAsync(cancellation);
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await LockAsync(connection, cancellation);
            var applied = await AppliedAsync(connection, cancellation);
            if (Objection(files, applied) is { } objection) return objection;
            if (applied.Count == files.Count) return new MigrationRun(run, files.Count);
            var next = files[applied.Count];
            if (await ApplyAsync(connection, next, cancellation) is { } failed) return failed;
            await transaction.CommitAsync(cancellation);
            run.Add(next);
        }
    }

    /// <summary>What a database has applied, in order; none when it was never migrated.</summary>
    public static async Task<IReadOnlyList<AppliedMigration>> AppliedAsync(
        NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await AppliedAsync(connection, cancellation);
    }

    internal static async Task<IReadOnlyList<AppliedMigration>> AppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('public.schema_migration') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true) return [];
        var applied = new List<AppliedMigration>();
        await using var command = new NpgsqlCommand(
            "select number, name, checksum from public.schema_migration order by number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            applied.Add(new AppliedMigration(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    /// <summary>Keeps other nodes from migrating until the open transaction ends.</summary>
    internal static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = AdvisoryLock });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Applies one migration in the open transaction.</summary>
    internal static async Task<Refusal?> ApplyAsync(
        NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        try
        {
            // The server splits the statements itself this way, counts positions from the start of the file, and
            // refuses a stray "commit".
            await using var sql = new NpgsqlCommand(
                $"do $migrate$ begin execute $migration$\n{migration.Sql}\n$migration$; end $migrate$", connection);
            sql.CommandTimeout = 0;
            await sql.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e)
        {
            return new Refusal($"migrations/{migration.Name}{Line(e)}: {e.MessageText}. "
                + "Nothing of this file was applied.");
        }

        await using var note = new NpgsqlCommand(
            """
            create table if not exists public.schema_migration (
              number int primary key,
              name text not null,
              checksum text not null,
              applied_at timestamptz not null default now());
            insert into public.schema_migration (number, name, checksum) values (@number, @name, @checksum)
            """,
            connection);
        note.Parameters.AddWithValue("number", migration.Number);
        note.Parameters.AddWithValue("name", migration.Name);
        note.Parameters.AddWithValue("checksum", migration.Checksum);
        await note.ExecuteNonQueryAsync(cancellation);
        return null;
    }

    // Our own line feed comes before the file's first line.
    private static string Line(PostgresException e) =>
        e is { InternalPosition: > 0, InternalQuery: { } query } && e.InternalPosition <= query.Length
            ? $":{query.AsSpan(0, e.InternalPosition).Count('\n')}"
            : "";

    [GeneratedRegex("^[0-9]{4}_[a-z0-9_-]+\\.sql$", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
