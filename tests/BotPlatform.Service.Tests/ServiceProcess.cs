using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BotPlatform.Service.Hosting;

namespace BotPlatform.Service.Tests;

/// <summary>The program itself as a process of its own, which can be killed.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    /// <summary>A port that nobody listens on, so that the program can come back where it was.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var text = await output + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }

    /// <summary>Starts the program, and waits until it takes requests.</summary>
    public static Task<ServiceProcess> ServeAsync(int port, string dataFolder, params string[] arguments) =>
        ServeAsync(port, dataFolder, new Dictionary<string, string>(), arguments);

    /// <param name="environment">Variables of the program alone.</param>
    public static async Task<ServiceProcess> ServeAsync(int port, string dataFolder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = Start(["serve", "--urls", $"http://127.0.0.1:{port}", "--data-dir", dataFolder, .. arguments], environment);
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("Practise at", StringComparison.Ordinal))
                return new ServiceProcess(process);
        }

        throw new InvalidOperationException($"the service ended: {await errors}");
    }

    /// <summary>SIGKILL: it does nothing any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public bool IsRunning => !_process.HasExited;

    /// <summary>Asks it to end, as Ctrl+C does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Server).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Whoever runs the tests may have keys of their own set; nothing here is sent to anyone.
        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("OPENAI_", StringComparison.Ordinal) || k.StartsWith("ANTHROPIC_", StringComparison.Ordinal) || k.StartsWith("BOTPLATFORM_", StringComparison.Ordinal) || k.StartsWith("SLACK_", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
