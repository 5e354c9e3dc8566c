using System.IO.Compression;
using System.Text.Json;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>What a dump holds: the migration that it was made at, its tables and all their rows.</summary>
public sealed record DumpSummary(int Migration, int Tables, long Rows);

/// <summary>The first line of a dump.</summary>
internal sealed record DumpHeader(
    string Format, int Version, int Migration, DateTimeOffset Made, IReadOnlyList<DumpTable> Tables)
{
    public const string Name = "botplatform-dump";
    public const int Current = 1;
}

internal sealed record DumpTable(string Name, IReadOnlyList<string> Columns)
{
    public string Sql => Quote(Name);
    public string ColumnsSql => string.Join(", ", Columns.Select(Quote));
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>The last line of a dump, by which a truncated file is known.</summary>
internal sealed record DumpTrailer(IReadOnlyList<long> Rows, IReadOnlyDictionary<string, long> Sequences);

/// <summary>Writes all data of a database into one file that any later version reads, without PostgreSQL's own tools.</summary>
/// <remarks>
/// The file is gzipped UTF-8 text in lines: a JSON header with the migration number and the tables with their columns;
/// per table, in that order, its rows as PostgreSQL's text format of <c>copy</c> writes them, ended by a line
/// <c>\.</c>; a JSON trailer with the row counts and the sequences. Text rather than binary, because it does not
/// depend on the object ids of a server, and a person can read it. It covers the schema <c>public</c>.
/// </remarks>
public static class DatabaseDump
{
    internal const string EndOfTable = @"\.";

    /// <summary>Writes the dump as of one moment; a file of that name is replaced once the dump is complete.</summary>
    public static async Task<Outcome<DumpSummary>> WriteAsync(
        NpgsqlDataSource source, string file, CancellationToken cancellation)
    {
        var partial = file + ".partial";
        try
        {
            var summary = await WritePartialAsync(source, partial, cancellation);
            File.Move(partial, file, overwrite: true);
            return summary;
        }
        catch (Exception e) when (e is IOException and not EndOfStreamException or UnauthorizedAccessException)
        {
            return new Refusal($"cannot write {file}: {e.Message}");
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    internal static async Task<IReadOnlyList<DumpTable>> TablesAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.relname::text, array_agg(a.attname::text order by a.attnum)
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and c.relname <> 'schema_migration'
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            group by c.relname
            order by c.relname
            """,
            connection);
        var tables = new List<DumpTable>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            tables.Add(new DumpTable(reader.GetString(0), reader.GetFieldValue<string[]>(1)));
        return tables;
    }

    private static async Task<DumpSummary> WritePartialAsync(
        NpgsqlDataSource source, string partial, CancellationToken cancellation)
    {
        // It holds what candidates wrote.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellation);
        // An error rather than rows silently left out.
        await using (var complete = new NpgsqlCommand("set local row_security = off", connection))
            await complete.ExecuteNonQueryAsync(cancellation);
        var header = new DumpHeader(
            DumpHeader.Name,
            DumpHeader.Current,
            (await Migrations.AppliedAsync(connection, cancellation)).Count,
            await NowAsync(connection, cancellation),
            await TablesAsync(connection, cancellation));
        await using var stream = new FileStream(partial, options);
        await using var gzip = new GZipStream(stream, CompressionLevel.Optimal);
        await using var writer = new StreamWriter(gzip) { NewLine = "\n" };
        await writer.WriteLineAsync(JsonSerializer.Serialize(header, JsonSerializerOptions.Web));
        var rows = new List<long>();
        foreach (var table in header.Tables) rows.Add(await WriteTableAsync(connection, table, writer, cancellation));
        var trailer = new DumpTrailer(rows, await SequencesAsync(connection, cancellation));
        await writer.WriteLineAsync(JsonSerializer.Serialize(trailer, JsonSerializerOptions.Web));
        return new DumpSummary(header.Migration, header.Tables.Count, rows.Sum());
    }

    private static async Task<long> WriteTableAsync(
        NpgsqlConnection connection, DumpTable table, StreamWriter writer, CancellationToken cancellation)
    {
        var rows = 0L;
        using var reader = await connection.BeginTextExportAsync(
            $"copy (select {table.ColumnsSql} from public.{table.Sql}) to stdout", cancellation);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            await writer.WriteLineAsync(line.AsMemory(), cancellation);
            rows++;
        }

        await writer.WriteLineAsync(EndOfTable.AsMemory(), cancellation);
        return rows;
    }

    private static async Task<DateTimeOffset> NowAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select now()", connection);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!);
    }

    // Read after the rows, as sequences know no snapshot: too high is harmless.
    private static async Task<Dictionary<string, long>> SequencesAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select sequencename::text, last_value from pg_sequences
            where schemaname = 'public' and last_value is not null order by 1
            """,
            connection);
        var sequences = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) sequences.Add(reader.GetString(0), reader.GetInt64(1));
        return sequences;
    }
}
