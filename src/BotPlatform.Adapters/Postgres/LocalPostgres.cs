using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
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

    private const int StartAttempts = 5;
    private readonly PostgresBinaries binaries;
    private readonly ServerUser? user;
    private readonly bool durable;
    private readonly string password;
    private IDisposable? presence;

    private LocalPostgres(PostgresBinaries binaries, ServerFolder folder, ServerUser? user, bool durable, string password) =>
        (this.binaries, Folder, this.user, this.durable, this.password) = (binaries, folder, user, durable, password);

    internal ServerFolder Folder { get; }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The server's process.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The major version of server and data.</summary>
    public int Major => binaries.Major;

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
            if (!File.Exists(folder.Version) && await InitialiseAsync(folder, binaries, user, durable, say, cancellation) is { } failed)
                return failed;
            if (await folder.ReadPasswordAsync(cancellation) is not { } secret)
                return new Refusal($"{folder.Password} is missing: put it back, or move {folder.Path} away to begin anew");
            var server = new LocalPostgres(binaries, folder, user, durable, secret);
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

        return (await StopAsync(Folder, binaries.Folder, user, cancellation)).Ok;
    }

    internal static Task<ProgramResult> StopAsync(
        ServerFolder folder, string programs, ServerUser? user, CancellationToken cancellation) =>
        Programs.RunAsync(
            user,
            new PostgresBinaries(programs, folder.Major).Program("pg_ctl"),
            ["stop", "-D", folder.Cluster, "-m", "fast", "-w", "-t", "120"],
            cancellation);

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

    private static string Connection(int port, string password, string database) => new NpgsqlConnectionStringBuilder
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
    }.ConnectionString;

    private static async Task<Refusal?> InitialiseAsync(
        ServerFolder folder, PostgresBinaries binaries, ServerUser? user, bool durable, Action<string> say, CancellationToken cancellation)
    {
        say($"creating a private PostgreSQL {binaries.Major} database in {folder.Path}");
        if (Directory.Exists(folder.NewCluster)) Directory.Delete(folder.NewCluster, recursive: true);
        if (await folder.WritePasswordAsync(RandomNumberGenerator.GetHexString(40, lowercase: true), user, cancellation) is { } refusal)
            return refusal;
        string[] locale = binaries.Major >= 17
            ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            : [OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C"];
        var made = await Programs.RunAsync(
            user,
            binaries.Program("initdb"),
            [
                "-D", folder.NewCluster, "-U", Role, "--pwfile", folder.Password, "--auth=scram-sha-256",
                "--encoding=UTF8", .. locale, "--data-checksums", .. durable ? (string[])[] : ["--no-sync"],
            ],
            cancellation);
        if (!made.Ok) return new Refusal($"PostgreSQL could not create its data in {folder.Path}: {made.LastLine}");
        // A renamed folder is complete: a process killed while it was made leaves nothing that looks like data.
        Directory.Move(folder.NewCluster, folder.Cluster);
        return null;
    }

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
            if (await StartServerAsync(say, cancellation) is { } refusal) return refusal;
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

    private async Task<Refusal?> StartServerAsync(Action<string> say, CancellationToken cancellation)
    {
        say($"starting PostgreSQL {Major} in {Folder.Path}");
        var port = (await Folder.ReadStateAsync(cancellation))?.Port ?? 0;
        // Another program may take the port first; what a killed server leaves in memory takes a moment to go.
        for (var attempt = 1; ; attempt++)
        {
            port = attempt <= 2 && IsFree(port) ? port : FreePort();
            var started = await Programs.RunAsync(
                user,
                binaries.Program("pg_ctl"),
                ["start", "-D", Folder.Cluster, "-w", "-t", "600", "-l", Folder.Log, "-o", Settings(port, durable)],
                cancellation);
            if (started.Ok)
            {
                await Folder.WriteStateAsync(new ServerState(port, binaries.Folder), cancellation);
                return null;
            }

            if (attempt == StartAttempts)
                return new Refusal($"PostgreSQL {Major} does not start: {await Folder.LastFatalAsync(cancellation) ?? started.LastLine}");
            await Task.Delay(300 * attempt, cancellation);
        }
    }

    // Rows and statements stay out of the server's log, since they contain what candidates wrote.
    private static string Settings(int port, bool durable) => string.Join(' ', [
        $"-p {port}",
        "-c listen_addresses=127.0.0.1",
        "-c unix_socket_directories=",
        "-c max_connections=100",
        "-c shared_buffers=128MB",
        "-c log_error_verbosity=terse",
        "-c log_min_error_statement=panic",
        .. durable ? (string[])[] : ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"],
    ]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        if (port == 0) return false;
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
