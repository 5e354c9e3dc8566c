using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace BotPlatform.Adapters.Postgres;

/// <summary>What PostgreSQL's own programs do for a private server. The caller holds the folder's lock.</summary>
internal sealed record ServerPrograms(PostgresBinaries Binaries, ServerFolder Folder, ServerUser? User, bool Durable)
{
    private const int StartAttempts = 5;

    /// <summary>Creates an empty cluster, and the password of its only role.</summary>
    public async Task<Refusal?> CreateClusterAsync(Action<string> say, CancellationToken cancellation)
    {
        say($"creating a private PostgreSQL {Binaries.Major} database in {Folder.Path}");
        if (Directory.Exists(Folder.NewCluster)) Directory.Delete(Folder.NewCluster, recursive: true);
        if (await Folder.WritePasswordAsync(RandomNumberGenerator.GetHexString(40, lowercase: true), User, cancellation) is { } refusal)
            return refusal;
        string[] locale = Binaries.Major >= 17
            ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            : [OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C"];
        var made = await Programs.RunAsync(
            User,
            Binaries.Program("initdb"),
            [
                "-D", Folder.NewCluster, "-U", LocalPostgres.Role, "--pwfile", Folder.Password, "--auth=scram-sha-256",
                "--encoding=UTF8", .. locale, "--data-checksums", .. Durable ? (string[])[] : ["--no-sync"],
            ],
            cancellation);
        if (!made.Ok) return new Refusal($"PostgreSQL could not create its data in {Folder.Path}: {made.LastLine}");
        // A renamed folder is complete: a process killed while it was made leaves nothing that looks like data.
        Directory.Move(Folder.NewCluster, Folder.Cluster);
        return null;
    }

    /// <summary>Starts the server on the port it had before if that is free, and waits until it answers.</summary>
    public async Task<Refusal?> StartAsync(Action<string> say, CancellationToken cancellation)
    {
        say($"starting PostgreSQL {Folder.Major} in {Folder.Path}");
        var port = (await Folder.ReadStateAsync(cancellation))?.Port ?? 0;
        // Another program may take the port first; what a killed server leaves in memory takes a moment to go.
        for (var attempt = 1; ; attempt++)
        {
            port = attempt <= 2 && IsFree(port) ? port : FreePort();
            var started = await Programs.RunAsync(
                User,
                Binaries.Program("pg_ctl"),
                ["start", "-D", Folder.Cluster, "-w", "-t", "600", "-l", Folder.Log, "-o", Settings(port)],
                cancellation);
            if (started.Ok)
            {
                await Folder.WriteStateAsync(new ServerState(port, Binaries.Folder), cancellation);
                return null;
            }

            if (attempt == StartAttempts)
                return new Refusal($"PostgreSQL {Folder.Major} does not start: {await Folder.LastFatalAsync(cancellation) ?? started.LastLine}");
            await Task.Delay(300 * attempt, cancellation);
        }
    }

    /// <summary>Stops the server, ending what its clients do.</summary>
    public Task<ProgramResult> StopAsync(CancellationToken cancellation) => Programs.RunAsync(
        User,
        Binaries.Program("pg_ctl"),
        ["stop", "-D", Folder.Cluster, "-m", "fast", "-w", "-t", "120"],
        cancellation);

    // Failing statements reach their client, but not the server's log: they contain what candidates wrote.
    private string Settings(int port) => string.Join(' ', [
        $"-p {port}",
        "-c listen_addresses=127.0.0.1",
        "-c unix_socket_directories=",
        "-c max_connections=100",
        "-c shared_buffers=128MB",
        // Many events in a short time: rarer checkpoints, and less written after each.
        "-c max_wal_size=2GB",
        "-c wal_compression=on",
        "-c log_error_verbosity=terse",
        "-c log_min_messages=log",
        "-c log_min_error_statement=panic",
        .. Durable ? (string[])[] : ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"],
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
