using System.Diagnostics;
using System.Runtime.InteropServices;
using BotPlatform.Tests.Shared;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Peers;

/// <summary>Software of others that is installed in <c>tests/Slack.Peers</c>, run by the Node that is installed with it.</summary>
internal static class Peer
{
    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "Slack.Peers");

    /// <summary>Starts a script; what it prints and reads is piped.</summary>
    public static Process Start(string script, params string[] arguments)
    {
        return Process.Start(new ProcessStartInfo(Node(), [Path.Combine(Folder, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Folder,
        })!;
    }

    // Where nothing is installed the test is skipped; a build server has everything.
    private static string Node()
    {
        var node = Path.Combine(Folder, "node_modules", $"node-linux-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}", "bin", "node");
        if (File.Exists(node))
            return node;
        const string Why = "Slack's own software is not installed; run npm ci in tests/Slack.Peers (on Linux; needs npm)";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Why);
        Assert.Skip(Why);
        return "";
    }
}
