using System.Diagnostics;
using System.Globalization;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Hosting;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Benchmarks.Load;

/// <summary>The program in a process of its own, with a private PostgreSQL that writes to disk as in earnest.</summary>
internal sealed class StartedService : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly int _postmaster;

    private StartedService(Process process, string folder, Uri address)
    {
        (_process, _folder, Address) = (process, folder, address);
        var file = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        _postmaster = int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
    }

    public Uri Address { get; }

    /// <param name="environment">Variables of the program alone.</param>
    public static async Task<StartedService> StartAsync(
        CancellationToken cancellation, int quietPeriod = 0, IReadOnlyDictionary<string, string>? environment = null)
    {
        var folder = TestFolder.Create();
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(Server).Assembly.Location, "serve", "--urls", "http://127.0.0.1:0", "--data-dir", folder, "--quiet-period", $"{quietPeriod}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            Console.WriteLine("| " + line);
            if (line.StartsWith("Practise at ", StringComparison.Ordinal))
                return new StartedService(process, folder, new Uri(new Uri(line.Split(' ')[2]), "/"));
        }

        throw new InvalidOperationException("the service ended before it was ready");
    }

    /// <summary>Processor time of the service and of its PostgreSQL since they were started.</summary>
    public (TimeSpan Service, TimeSpan Database) Processor() => (_process.TotalProcessorTime, ProcessorOf(_postmaster));

    /// <summary>The only number that a query of its database gives.</summary>
    public async Task<long> CountAsync(string sql, CancellationToken cancellation)
    {
        if (!(await Database.OpenAsync(new DatabaseOptions(ConnectionString: null, _folder), _ => { }, cancellation)).TryGet(out var database, out var refusal))
            throw new InvalidOperationException(refusal);
        await using (database)
        {
            await using var command = database.Source.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync(cancellation))!;
        }
    }

    /// <summary>What the service's own process holds; PostgreSQL is not in it.</summary>
    public string Memory() => $"service: {Status("VmRSS")} resident, {Status("VmHWM")} at most; {ManagedHeap.Read(_process.Id)} managed";

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Status(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return $"{long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024} MB";
    }

    // A process and all its children, living and gone: see proc(5), counted in hundredths of a second.
    private static TimeSpan ProcessorOf(int parent)
    {
        var ticks = 0L;
        foreach (var process in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => char.IsDigit(n![0])))
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{process}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var own = process == parent.ToString(CultureInfo.InvariantCulture);
                if (own || fields[1] == parent.ToString(CultureInfo.InvariantCulture))
                    ticks += fields[11..(own ? 15 : 13)].Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return TimeSpan.FromMilliseconds(ticks * 10);
    }
}
