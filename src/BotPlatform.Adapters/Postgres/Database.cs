using System.Net.Sockets;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Which database to use.</summary>
/// <param name="ConnectionString">A configured server, which wins; null for a private one in the data folder.</param>
/// <param name="DataFolder">Where a private server keeps its data.</param>
/// <param name="Durable">False only in tests: faster, and data may be lost with the machine's power.</param>
public sealed record DatabaseOptions(string? ConnectionString, string DataFolder, bool Durable = true)
{
    /// <summary>Where to look for PostgreSQL; null for the usual places.</summary>
    public PostgresSearch? Search { get; init; }
}

/// <summary>
/// An open database, on a configured server or on a private one, which is stopped on disposal when nobody else uses it.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>The name of the database on a private server.</summary>
    public const string Name = "botplatform";

    private readonly LocalPostgres? server;

    private Database(NpgsqlDataSource source, LocalPostgres? server) => (Source, this.server) = (source, server);

    /// <summary>Where connections come from.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Whether this is a private server of ours.</summary>
    public bool IsPrivate => server is not null;

    /// <summary>Where it is, for people; without user and password.</summary>
    public string Location { get; private init; } = "";

    /// <summary>
    /// Opens the configured database, or finds PostgreSQL and starts (or attaches to) a private one. It is not migrated.
    /// </summary>
    public static async Task<Outcome<Database>> OpenAsync(
        DatabaseOptions options, Action<string> say, CancellationToken cancellation)
    {
        if (options.ConnectionString is { Length: > 0 } configured) return await ConnectAsync(configured, cancellation);
        var search = options.Search ?? PostgresSearch.Of(options.DataFolder);
        if (!(await PostgresBinaries.FindAsync(search, say, cancellation)).TryGet(out var binaries, out var notFound))
            return new Refusal(notFound);
        SayWhatStaysClosed(options.DataFolder, binaries, say);
        var started = await LocalPostgres.StartAsync(options.DataFolder, binaries, options.Durable, say, cancellation);
        if (!started.TryGet(out var server, out var notStarted)) return new Refusal(notStarted);
        await CreateDatabaseAsync(server, cancellation);
        return new Database(NpgsqlDataSource.Create(server.ConnectionString(Name)), server)
        {
            Location = $"private PostgreSQL {server.Major} in {server.Folder.Path} (127.0.0.1:{server.Port})",
        };
    }

    /// <summary>
    /// Starts a private server again that died meanwhile; does nothing on a configured one. Worth calling when the
    /// database has been away for some seconds.
    /// </summary>
    public async Task<Refusal?> ReviveAsync(Action<string> say, CancellationToken cancellation) =>
        server is null ? null : await server.ReviveAsync(say, cancellation);

    /// <summary>Closes all connections, and stops a private server when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (server is not null) await server.LeaveAsync(CancellationToken.None);
    }

    private static void SayWhatStaysClosed(string dataFolder, PostgresBinaries binaries, Action<string> say)
    {
        foreach (var other in ServerFolder.All(dataFolder).Where(f => f.Major != binaries.Major))
        {
            say($"WARNING: {other.Path} holds data of PostgreSQL {other.Major}, which PostgreSQL {binaries.Major} does not "
                + $"open. To bring it over: install PostgreSQL {other.Major}, `database dump FILE`, remove it again, "
                + "`database restore FILE`. Move the folder away when it is not needed any more.");
        }
    }

    /// <summary>
    /// Connections keep our statements parsed and planned, and are not reset between uses, as nothing of ours outlives
    /// its transaction: together that halves PostgreSQL's work for a message. What a connection string says itself
    /// stays (a pooler may need <c>Max Auto Prepare=0</c>).
    /// </summary>
    internal static NpgsqlConnectionStringBuilder SaveWork(NpgsqlConnectionStringBuilder builder)
    {
        if (!builder.ContainsKey("Max Auto Prepare"))
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (100, 2);
        if (!builder.ContainsKey("No Reset On Close"))
            builder.NoResetOnClose = true;
        return builder;
    }

    private static async Task CreateDatabaseAsync(LocalPostgres server, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        exists.Parameters.Add(new() { Value = Name });
        if (await exists.ExecuteScalarAsync(cancellation) is not null) return;
        try
        {
            await using var create = new NpgsqlCommand($"create database {Name}", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process was faster, and it is there now.
        }
    }

    private static async Task<Outcome<Database>> ConnectAsync(string connectionString, CancellationToken cancellation)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            // What exactly is wrong is not repeated: it may be a part of the password.
            return new Refusal("the connection string cannot be read: write it as "
                + "Host=…;Port=5432;Username=…;Password=…;Database=…");
        }

        if (string.IsNullOrEmpty(builder.Host))
            return new Refusal("the connection string names no host: add Host=…");
        builder.ApplicationName ??= "botplatform";
        SaveWork(builder);
        var location = $"database {builder.Database ?? builder.Username} on {builder.Host}:{builder.Port}";
        var source = NpgsqlDataSource.Create(builder);
        var refusal = await UnreachableAsync(source, location, cancellation);
        if (refusal is null) return new Database(source, null) { Location = location };
        await source.DisposeAsync();
        return refusal;
    }

    private static async Task<Refusal?> UnreachableAsync(
        NpgsqlDataSource source, string location, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return connection.PostgreSqlVersion.Major >= PostgresBinaries.OldestMajor
                ? null
                : new Refusal($"{location} is PostgreSQL {connection.PostgreSqlVersion.Major}: "
                    + $"{PostgresBinaries.OldestMajor} or newer is needed");
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException or ArgumentException)
        {
            var reason = e is PostgresException refused ? refused.MessageText : (e.InnerException ?? e).Message;
            return new Refusal($"cannot open {location}: {reason.ReplaceLineEndings(" ").TrimEnd('.')}. "
                + "Check the connection string, and that the server runs.");
        }
    }
}
