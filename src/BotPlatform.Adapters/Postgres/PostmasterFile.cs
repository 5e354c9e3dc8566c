using System.Diagnostics;
using System.Globalization;

namespace BotPlatform.Adapters.Postgres;

/// <summary>What a running server says of itself in <c>postmaster.pid</c>, which a killed one leaves behind.</summary>
internal sealed record PostmasterFile(int ProcessId, string Cluster, int? Port)
{
    /// <summary>Reads the file of a cluster; null when there is none, or none that says anything yet.</summary>
    public static async Task<PostmasterFile?> ReadAsync(string cluster, CancellationToken cancellation)
    {
        try
        {
            return Parse(await File.ReadAllTextAsync(Path.Combine(cluster, "postmaster.pid"), cancellation));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The lines are: process, data folder, start time, port, and more.</summary>
    public static PostmasterFile? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 2 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)) return null;
        var port = lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var p) ? p : (int?)null;
        return new PostmasterFile(pid, lines[1].Trim(), port);
    }

    /// <summary>
    /// Whether that server still lives. Process numbers come round again (always the same few in a container), so
    /// the process must also be a server of this very cluster.
    /// </summary>
    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            if (!OperatingSystem.IsLinux())
                return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
            var commandLine = File.ReadAllText($"/proc/{ProcessId}/cmdline");
            return commandLine.Contains("postgres", StringComparison.Ordinal)
                && commandLine.Split('\0').Contains(Cluster);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
