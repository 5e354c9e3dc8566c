namespace BotPlatform.Adapters.Postgres;

/// <summary>One private server of a data folder: what <c>database status</c> prints.</summary>
/// <param name="Major">PostgreSQL's major version.</param>
/// <param name="Folder">Where its data is.</param>
/// <param name="ProcessId">Its process; null when it does not run.</param>
/// <param name="Port">Its port on 127.0.0.1; null when it does not run.</param>
/// <param name="Clients">Connected clients; null when it does not run or does not answer.</param>
public sealed record ServerStatus(int Major, string Folder, int? ProcessId, int? Port, int? Clients)
{
    /// <summary>Whether it runs.</summary>
    public bool Running => ProcessId is not null;

    /// <summary>The private servers of a data folder, oldest major first; none when it holds no data.</summary>
    public static async Task<IReadOnlyList<ServerStatus>> OfAsync(string dataFolder, CancellationToken cancellation)
    {
        var all = new List<ServerStatus>();
        foreach (var folder in ServerFolder.All(dataFolder)) all.Add(await OfAsync(folder, cancellation));
        return all;
    }

    /// <summary>
    /// Stops the private servers of a data folder, whoever uses them. Gives those that ran, as they were before.
    /// </summary>
    public static async Task<Outcome<IReadOnlyList<ServerStatus>>> StopAsync(
        string dataFolder, CancellationToken cancellation)
    {
        var stopped = new List<ServerStatus>();
        foreach (var folder in ServerFolder.All(dataFolder))
        {
            using var stopping = await FileLock.ExclusiveAsync(folder.Lock, cancellation);
            var status = await OfAsync(folder, cancellation);
            if (!status.Running) continue;
            var (user, refusal) = await ServerUser.ForAsync(folder.Path, cancellation);
            if (refusal is not null) return refusal;
            var binaries = new PostgresBinaries(
                (await folder.ReadStateAsync(cancellation))?.Programs ?? "", folder.Major);
            var ended = await new ServerPrograms(binaries, folder, user, Durable: true).StopAsync(cancellation);
            if (!ended.Ok) return new Refusal($"PostgreSQL {folder.Major} (process {status.ProcessId}) did not stop: {ended.LastLine}");
            stopped.Add(status);
        }

        return stopped;
    }

    private static async Task<ServerStatus> OfAsync(ServerFolder folder, CancellationToken cancellation)
    {
        if (await PostmasterFile.ReadAsync(folder.Cluster, cancellation) is not { } file || !file.IsAlive())
            return new ServerStatus(folder.Major, folder.Path, null, null, null);
        var password = await folder.ReadPasswordAsync(cancellation) ?? "";
        var clients = file.Port is { } port ? await LocalPostgres.ClientsAsync(port, password, cancellation) : null;
        return new ServerStatus(folder.Major, folder.Path, file.ProcessId, file.Port, clients);
    }
}
