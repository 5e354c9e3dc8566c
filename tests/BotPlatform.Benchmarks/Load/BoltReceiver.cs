using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Benchmarks.Load;

/// <summary>bolt with a listener that only counts, in a process of its own; see <c>tests/Slack.Peers</c>.</summary>
internal sealed class BoltReceiver : IAsyncDisposable
{
    private readonly Process _process;

    private BoltReceiver(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<BoltReceiver> StartAsync(CancellationToken cancellation)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Slack.Peers");
        var node = Path.Combine(folder, "node_modules", $"node-linux-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}", "bin", "node");
        if (!File.Exists(node))
            throw new InvalidOperationException("bolt is not installed; run npm ci in tests/Slack.Peers");
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(node, [Path.Combine(folder, "receiver.mjs"), SlackEvents.Secret, $"{port}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
            Environment = { ["NODE_ENV"] = "production" },
        })!;
        return await process.StandardOutput.ReadLineAsync(cancellation) == "ready"
            ? new BoltReceiver(process, new Uri($"http://127.0.0.1:{port}"))
            : throw new InvalidOperationException("bolt ended before it was ready");
    }

    /// <summary>Ends it.</summary>
    /// <returns>How many messages its listener has heard.</returns>
    public async Task<int> StopAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await stop.WaitForExitAsync();
        var said = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return int.Parse(said.Trim().Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
