using System.Globalization;
using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// A private PostgreSQL in the data folder that listens on 127.0.0.1 only. Several processes may use it at once: the
/// first starts it, the others attach, the last to leave stops it.
/// </summary>
/// <remarks>
/// <c>postgres/MAJOR/</c> holds <c>cluster</c> (PostgreSQL's own), <c>password</c>, <c>server.json</c>,
/// <c>server.log</c>, <c>lock</c> (held while starting and stopping) and <c>presence</c> (shared by all who use it).
/// </remarks>
public sealed class LocalPostgres
{
    /// <summary>The only role, and the owner of everything in the cluster.</summary>
    public const string Role = "botplatform";

    private readonly ServerPrograms programs;
    private readonly string password;
    private IDisposable? presence;

    private LocalPostgres(ServerPrograms programs, string password) =>
        (this.programs, this.password) = (programs, password);

    internal ServerFolder Folder => programs.Folder;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The server's process.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The major version of server and data.</summary>
    public int Major => Folder.Major;

    /// <summary>Whether the server already ran when we came.</summary>
    public bool Attached { get; private set; }

    /// <summary>The majors that the data folder holds data of.</summary>
    public static IReadOnlyCollection<int> MajorsWithData(string dataFolder) =>
        [.. ServerFolder.All(dataFolder).Select(f => f.Major)];

    /// <summary>
    /// Starts the server of this data folder, or attaches to it when it runs, creating its cluster the first time.
    /// Recovers from a server that was killed.
    /// </summary>
    /// <param name="dataFolder">The data folder of the product.</param>
    /// <param name="binaries">The PostgreSQL to run.</param>
    /// <param name="durable">False only in tests: faster, and data may be lost with the machine's power.</param>
    /// <param name="say">Hears what takes long, and what the user must know.</param>
    /// <param name="cancellation">Gives up waiting; what was started goes on.</param>
    public static async Task<Outcome<LocalPostgres>> StartAsync(
        string dataFolder, PostgresBinaries binaries, bool durable, Action<string> say, CancellationToken cancellation)
    {
        if (DataFolder.Create(dataFolder) is { } refusal) return refusal;
        var folder = ServerFolder.Of(dataFolder, binaries.Major);
        var (user, noUser) = await ServerUser.ForAsync(folder.Path, cancellation);
        if (noUser is not null) return noUser;
        try
        {
            if (await folder.CreateAsync(user, binaries, cancellation) is { } closed) return closed;
            using var starting = await FileLock.ExclusiveAsync(folder.Lock, cancellation);
            var commands = new ServerPrograms(binaries, folder, user, durable);
            if (!File.Exists(folder.Version) && await commands.CreateClusterAsync(say, cancellation) is { } failed)
                return failed;
            if (await folder.ReadPasswordAsync(cancellation) is not { } secret)
                return new Refusal($"{folder.Password} is missing: put it back, or move {folder.Path} away to begin anew");
            var server = new LocalPostgres(commands, secret);
            if (await server.AttachOrStartAsync(say, cancellation) is { } notStarted) return notStarted;
            server.presence = await FileLock.SharedAsync(folder.Presence, cancellation);
            return server;
        }
        catch (UnauthorizedAccessException e)
        {
            return new Refusal($"{folder.Path} belongs to another user ({e.Message.TrimEnd('.')}): "
                + "run as that user, or choose another folder with --data-dir");
        }
    }

    /// <summary>
    /// Starts the server again if it died meanwhile, on the port it had, so that open data sources find it again.
    /// </summary>
    public async Task<Refusal?> ReviveAsync(Action<string> say, CancellationToken cancellation)
    {
        using var starting = await FileLock.ExclusiveAsync(Folder.Lock, cancellation);
        var before = Port;
        if (await AttachOrStartAsync(say, cancellation) is { } refusal) return refusal;
        return Port == before
            ? null
            : new Refusal($"PostgreSQL is back on port {Port}, as another program took {before}: restart the service");
    }

    /// <summary>A connection string to one database of this server. It contains the password: never print it.</summary>
    public string ConnectionString(string database) => Connection(Port, password, database);

    /// <summary>
    /// Leaves: the server is stopped when no other process of ours and no other client uses it. True when it was stopped.
    /// </summary>
    public async Task<bool> LeaveAsync(CancellationToken cancellation)
    {
        using var stopping = await FileLock.ExclusiveAsync(Folder.Lock, cancellation);
        presence?.Dispose();
        using var alone = FileLock.TryExclusive(Folder.Presence);
        if (alone is null) return false;
        // Connections that we closed a moment ago are still being ended by the server.
        for (var patience = 20; await ClientsAsync(Port, password, cancellation) > 0; patience--)
        {
            if (patience == 0) return false;
            await Task.Delay(100, cancellation);
        }

        return (await programs.StopAsync(cancellation)).Ok;
    }

    /// <summary>How many clients are connected, not counting the one that asks; null when nobody answers.</summary>
    internal static async Task<int?> ClientsAsync(int port, string password, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Connection(port, password, "postgres"));
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand(
                "select count(*)::int from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
                connection);
            return (int?)await command.ExecuteScalarAsync(cancellation);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static string Connection(int port, string password, string database) => Database.SaveWork(new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Role,
        Password = password,
        Database = database,
        Pooling = database != "postgres",
        MaxPoolSize = 40,
        SslMode = SslMode.Disable,
        ApplicationName = "botplatform",
    }).ConnectionString;

    private async Task<Refusal?> AttachOrStartAsync(Action<string> say, CancellationToken cancellation)
    {
        var major = (await File.ReadAllTextAsync(Folder.Version, cancellation)).Trim();
        if (major != Major.ToString(CultureInfo.InvariantCulture))
        {
            return new Refusal($"{Folder.Cluster} holds data of PostgreSQL {major}, which PostgreSQL {Major} cannot open: "
                + $"install PostgreSQL {major}, or move that folder away");
        }

        var (running, silent) = await WaitForRunningAsync(cancellation);
        if (silent is not null) return silent;
        Attached = running is not null;
        if (running is null)
        {
            File.Delete(Path.Combine(Folder.Cluster, "postmaster.pid"));
            if (await programs.StartAsync(say, cancellation) is { } refusal) return refusal;
            running = await PostmasterFile.ReadAsync(Folder.Cluster, cancellation);
        }

        if (running?.Port is not { } port) return new Refusal($"PostgreSQL ended right after its start: see {Folder.Log}");
        (Port, ProcessId) = (port, running.ProcessId);
        return null;
    }

    // A server that starts, recovers or stops just now is waited for. Neither: none runs.
    private async Task<(PostmasterFile? Running, Refusal? Silent)> WaitForRunningAsync(CancellationToken cancellation)
    {
        for (var patience = 1200; ; patience--)
        {
            if (await PostmasterFile.ReadAsync(Folder.Cluster, cancellation) is not { } file || !file.IsAlive())
                return (null, null);
            if (file.Port is { } port && await ClientsAsync(port, password, cancellation) is not null) return (file, null);
            if (patience == 0)
            {
                return (null, new Refusal($"PostgreSQL runs in {Folder.Path} (process {file.ProcessId}) and does not answer: "
                    + $"see {Folder.Log}, or `database stop`"));
            }

            await Task.Delay(100, cancellation);
        }
    }
}
