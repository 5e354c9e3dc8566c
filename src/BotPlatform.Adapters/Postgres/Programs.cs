using System.ComponentModel;
using System.Diagnostics;

namespace BotPlatform.Adapters.Postgres;

/// <summary>How a program ended, and what it said on both outputs.</summary>
internal sealed record ProgramResult(int ExitCode, string Output)
{
    public bool Ok => ExitCode == 0;

    /// <summary>The first line it said, for a message of one line.</summary>
    public string FirstLine => Lines.FirstOrDefault() ?? $"exit code {ExitCode}";

    /// <summary>The last line it said, for a message of one line.</summary>
    public string LastLine => Lines.LastOrDefault() ?? $"exit code {ExitCode}";

    private string[] Lines =>
        Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal static class Programs
{
    /// <summary>Runs a program to its end, as <paramref name="user"/> when there is one. 127: there is no such program.</summary>
    public static async Task<ProgramResult> RunAsync(
        ServerUser? user, string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        IReadOnlyList<string> command = user is null
            ? [program, .. arguments]
            : ["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups", "--", program, .. arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            // Whatever folder we were started in may be closed to the other user.
            WorkingDirectory = OperatingSystem.IsWindows() ? "" : "/",
        };
        // Messages are read by us and quoted to the user, so they are asked for in one language.
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            try
            {
                var text = await output + await errors;
                await process.WaitForExitAsync(cancellation);
                return new ProgramResult(process.ExitCode, text);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception e)
        {
            return new ProgramResult(127, $"{program}: {e.Message}");
        }
    }
}
