using System.IO.Compression;
using System.Text.Json;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Brings the data of a <see cref="DatabaseDump"/> back.</summary>
public static class DatabaseRestore
{
    /// <summary>
    /// Builds the schema as it was when the dump was made, loads the rows, and applies the migrations since: all in one
    /// transaction, so that after any failure the database is what it was before.
    /// </summary>
    /// <param name="source">A database that nobody else uses meanwhile.</param>
    /// <param name="migrations">The migrations folder.</param>
    /// <param name="file">The dump.</param>
    /// <param name="replace">Whether rows that the database already holds may be lost.</param>
    /// <param name="cancellation">Stops, and changes nothing.</param>
    public static async Task<Outcome<DumpSummary>> RunAsync(
        NpgsqlDataSource source, string migrations, string file, bool replace, CancellationToken cancellation)
    {
        if (!(await Migrations.ReadAsync(migrations, cancellation)).TryGet(out var files, out var unreadable))
            return new Refusal(unreadable);
        try
        {
            await using var stream = File.OpenRead(file);
            await using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            if (Parse<DumpHeader>(await reader.ReadLineAsync(cancellation)) is not { Format: DumpHeader.Name } header)
                return new Refusal($"{file} is not a dump that `database dump` wrote");
            if (header.Version > DumpHeader.Current || header.Migration > files.Count)
            {
                return new Refusal($"{file} was made by a newer version (migration {header.Migration}, this version knows "
                    + $"{files.Count}): restore it with that version or a newer one");
            }

            source.Clear();
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await Migrations.LockAsync(connection, cancellation);
            if (await OthersAsync(connection, cancellation) is { } inUse) return inUse;
            var restored = await RestoreAsync(connection, files, header, reader, file, replace, cancellation);
            if (restored.Refused is null) await transaction.CommitAsync(cancellation);
            return restored;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return new Refusal($"{file} is damaged, or not a dump that `database dump` wrote. Nothing was changed.");
        }
        catch (PostgresException e)
        {
            return new Refusal($"{file} cannot be restored: {e.MessageText}. Nothing was changed.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal($"cannot read {file}: {e.Message}");
        }
    }

    private static async Task<Outcome<DumpSummary>> RestoreAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Migration> files,
        DumpHeader header,
        StreamReader reader,
        string file,
        bool replace,
        CancellationToken cancellation)
    {
        var before = await CountAsync(connection, cancellation);
        await ExecuteAsync(
            connection, "drop schema public cascade; create schema public; grant usage on schema public to public", cancellation);
        foreach (var migration in files.Take(header.Migration))
            if (await Migrations.ApplyAsync(connection, migration, cancellation) is { } failed) return failed;
        var made = await CountAsync(connection, cancellation);
        // Rows that migrations themselves insert are nobody's data.
        if (!replace && before.FirstOrDefault(t => t.Value > made.GetValueOrDefault(t.Key)) is { Key: { } table, Value: var rows })
        {
            return new Refusal($"the database already holds data ({rows} rows in {table}): "
                + "restore into an empty one, or say --replace to lose what is there");
        }

        var foreignKeys = await ForeignKeysAsync(connection, cancellation);
        // Rows come in the order of their tables' names, and as they are: nothing checks or reacts meanwhile.
        await ExecuteAsync(connection, string.Join(';', foreignKeys.Select(k => k.Drop)), cancellation);
        foreach (var loaded in header.Tables)
            await ExecuteAsync(connection, $"alter table public.{loaded.Sql} disable trigger user; truncate public.{loaded.Sql}", cancellation);
        var counts = new List<long>();
        foreach (var loaded in header.Tables) counts.Add(await LoadAsync(connection, loaded, reader, cancellation));
        var trailer = Parse<DumpTrailer>(await reader.ReadLineAsync(cancellation));
        // Reading on to the end makes gzip compare its checksum.
        if (trailer is null || !trailer.Rows.SequenceEqual(counts) || await reader.ReadLineAsync(cancellation) is not null)
            return new Refusal($"{file} is incomplete: its rows are not those that were counted. Nothing was changed.");
        foreach (var (sequence, value) in trailer.Sequences)
        {
            await using var set = new NpgsqlCommand("select setval($1::regclass, $2)", connection);
            set.Parameters.Add(new() { Value = $"public.{DumpTable.Quote(sequence)}" });
            set.Parameters.Add(new() { Value = value });
            await set.ExecuteNonQueryAsync(cancellation);
        }

        await ExecuteAsync(connection, string.Join(';', foreignKeys.Select(k => k.Add)), cancellation);
        foreach (var loaded in header.Tables)
            await ExecuteAsync(connection, $"alter table public.{loaded.Sql} enable trigger user", cancellation);
        foreach (var migration in files.Skip(header.Migration))
            if (await Migrations.ApplyAsync(connection, migration, cancellation) is { } failed) return failed;
        return new DumpSummary(header.Migration, header.Tables.Count, counts.Sum());
    }

    private static async Task<long> LoadAsync(
        NpgsqlConnection connection, DumpTable table, StreamReader reader, CancellationToken cancellation)
    {
        var rows = 0L;
        var writer = await connection.BeginTextImportAsync(
            $"copy public.{table.Sql} ({table.ColumnsSql}) from stdin", cancellation);
        try
        {
            while (true)
            {
                var line = await reader.ReadLineAsync(cancellation) ?? throw new EndOfStreamException();
                if (line == DatabaseDump.EndOfTable) break;
                await writer.WriteAsync(line.AsMemory(), cancellation);
                await writer.WriteAsync('\n');
                rows++;
            }
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or OperationCanceledException)
        {
            // Disposing it as well would flush lines into a copy that has ended.
            await writer.CancelAsync();
            throw;
        }

        await writer.DisposeAsync();
        return rows;
    }

    private static async Task<Refusal?> OthersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
            """,
            connection);
        // Connections that we closed a moment ago are still being ended by the server.
        for (var patience = 20; ; patience--)
        {
            var others = (long)(await command.ExecuteScalarAsync(cancellation))!;
            if (others == 0) return null;
            if (patience == 0)
                return new Refusal($"{others} other connections use this database: stop the service first, then restore");
            await Task.Delay(100, cancellation);
        }
    }

    private static async Task<Dictionary<string, long>> CountAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await DatabaseDump.TablesAsync(connection, cancellation))
        {
            await using var count = new NpgsqlCommand($"select count(*) from public.{table.Sql}", connection) { CommandTimeout = 0 };
            counts.Add(table.Name, (long)(await count.ExecuteScalarAsync(cancellation))!);
        }

        return counts;
    }

    private static async Task<IReadOnlyList<(string Drop, string Add)>> ForeignKeysAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select format('alter table %s drop constraint %I', conrelid::regclass, conname),
              format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint
            where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace
            """,
            connection);
        var keys = new List<(string, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) keys.Add((reader.GetString(0), reader.GetString(1)));
        return keys;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        if (sql.Length == 0) return;
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static T? Parse<T>(string? line) where T : class
    {
        try
        {
            return line is null ? null : JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
