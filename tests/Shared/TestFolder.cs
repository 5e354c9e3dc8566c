using System.Diagnostics;
using System.Globalization;

namespace BotPlatform.Tests.Shared;

/// <summary>Temporary folders that the user of a private PostgreSQL can reach too.</summary>
internal static class TestFolder
{
    private const string Prefix = "botplatform-tests-";

    public static string Create()
    {
        var folder = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder)
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        return folder;
    }

    /// <summary>Folders whose process is gone.</summary>
    public static IEnumerable<string> Leftovers() =>
        Directory.GetDirectories(Path.GetTempPath(), Prefix + "*").Where(folder =>
            !IsRunning(Path.GetFileName(folder)[Prefix.Length..].Split('-')[0]));

    private static bool IsRunning(string processId)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(processId, CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
