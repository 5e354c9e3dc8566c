using System.Globalization;
using System.Text.Json;

namespace BotPlatform.Adapters.Postgres;

/// <summary>The port of the last start, and the folder of the programs that run the server.</summary>
internal sealed record ServerState(int Port, string Programs);

/// <summary>The folder of one private server: <c>postgres/MAJOR</c> in the data folder.</summary>
internal sealed record ServerFolder(string Path, int Major)
{
    public string Cluster => In("cluster");
    public string NewCluster => In("cluster.new");
    public string Version => System.IO.Path.Combine(Cluster, "PG_VERSION");
    public string Password => In("password");
    public string Log => In("server.log");
    public string Lock => In("lock");
    public string Presence => In("presence");
    private string State => In("server.json");

    private string In(string name) => System.IO.Path.Combine(Path, name);

    public static ServerFolder Of(string dataFolder, int major) => new(
        System.IO.Path.Combine(
            System.IO.Path.GetFullPath(dataFolder), "postgres", major.ToString(CultureInfo.InvariantCulture)),
        major);

    /// <summary>The folders that hold data, oldest major first.</summary>
    public static IReadOnlyList<ServerFolder> All(string dataFolder)
    {
        var parent = System.IO.Path.Combine(System.IO.Path.GetFullPath(dataFolder), "postgres");
        return !Directory.Exists(parent)
            ? []
            : [
                .. from name in Directory.GetDirectories(parent).Select(System.IO.Path.GetFileName)
                   let major = int.TryParse(name, CultureInfo.InvariantCulture, out var m) ? m : 0
                   let folder = Of(dataFolder, major)
                   where major > 0 && File.Exists(folder.Version)
                   orderby major
                   select folder,
            ];
    }

    /// <summary>Creates the folder for the user that the server runs as, and makes sure that this user gets there.</summary>
    public async Task<Refusal?> CreateAsync(ServerUser? user, PostgresBinaries binaries, CancellationToken cancellation)
    {
        var parent = System.IO.Path.GetDirectoryName(Path)!;
        DataFolder.CreateShared(parent);
        DataFolder.CreateShared(Path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, DataFolder.ForOwner);
        if (user is null) return null;
        var owned = await Programs.RunAsync(null, "chown", [$"{user.Uid}:{user.Gid}", Path], cancellation);
        if (!owned.Ok) return new Refusal($"cannot give {Path} to user {user.Name}: {owned.LastLine}");
        foreach (var needed in (string[])[Path, binaries.Folder])
        {
            if (!(await Programs.RunAsync(user, "test", ["-x", needed], cancellation)).Ok)
            {
                return new Refusal($"PostgreSQL refuses to run as root, and user {user.Name} cannot reach {needed}: "
                    + "choose a folder that is open to all with --data-dir (such as /var/lib/botplatform)");
            }
        }

        return null;
    }

    /// <summary>Keeps the password where only the server's user (and root) reads it.</summary>
    public async Task<Refusal?> WritePasswordAsync(string password, ServerUser? user, CancellationToken cancellation)
    {
        File.Delete(Password);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(Password, options))
            await writer.WriteLineAsync(password.AsMemory(), cancellation);
        if (user is null) return null;
        var owned = await Programs.RunAsync(null, "chown", [$"{user.Uid}:{user.Gid}", Password], cancellation);
        return owned.Ok ? null : new Refusal($"cannot give {Password} to user {user.Name}: {owned.LastLine}");
    }

    public async Task<string?> ReadPasswordAsync(CancellationToken cancellation) =>
        File.Exists(Password) ? (await File.ReadAllTextAsync(Password, cancellation)).Trim() : null;

    public async Task<ServerState?> ReadStateAsync(CancellationToken cancellation)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerState>(await File.ReadAllTextAsync(State, cancellation));
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public Task WriteStateAsync(ServerState state, CancellationToken cancellation) =>
        File.WriteAllTextAsync(State, JsonSerializer.Serialize(state), cancellation);

    /// <summary>The last thing that the server's log complains of, for a message of one line.</summary>
    public async Task<string?> LastFatalAsync(CancellationToken cancellation) =>
        !File.Exists(Log)
            ? null
            : (await File.ReadAllLinesAsync(Log, cancellation)).LastOrDefault(line =>
                line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal))
                is { } line ? $"{line} ({Log})" : null;
}
