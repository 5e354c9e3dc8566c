using System.CommandLine;
using System.Runtime.InteropServices;

namespace BotPlatform.Benchmarks.Load;

/// <param name="Sessions">Sessions that are open at the same time.</param>
/// <param name="Rate">Messages a second over all of them, sent at their time whether earlier ones are answered or not.</param>
/// <param name="Watched">Whether each session has a page open (server-sent events), by which replies are timed.</param>
internal sealed record LoadOptions(int Sessions, int Seconds, int Warmup, int Rate, bool Watched, string Problem, Uri? Url);

/// <summary><c>load</c>: many candidates at once over HTTP, against a service of its own or a running one.</summary>
internal static class LoadCommand
{
    public static RootCommand Create()
    {
        var sessions = Number("--sessions", "Sessions open at the same time", 200);
        var seconds = Number("--seconds", "How long to measure", 30);
        var warmup = Number("--warmup", "Seconds before the measurement", 10);
        var rate = Number("--rate", "Messages a second over all sessions; 0 only opens them", 200);
        var unwatched = new Option<bool>("--unwatched") { Description = "No page is connected, so that only acknowledgements are timed" };
        var problem = new Option<string>("--problem") { Description = "Problem of the sessions", DefaultValueFactory = _ => "video-recommendation" };
        var url = new Option<Uri?>("--url") { Description = "A running service with quiet period 0 (default: one is started, with a database of its own)" };
        var command = new RootCommand("Drives concurrent sessions and prints latencies, throughput and memory")
        {
            sessions, seconds, warmup, rate, unwatched, problem, url,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new LoadOptions(
                parsed.GetValue(sessions),
                parsed.GetValue(seconds),
                parsed.GetValue(warmup),
                parsed.GetValue(rate),
                !parsed.GetValue(unwatched),
                parsed.GetValue(problem)!,
                parsed.GetValue(url)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        await using var service = options.Url is null ? await StartedService.StartAsync(cancellation) : null;
        var interviews = new Interviews(options.Url ?? service!.Address, options);
        await interviews.OpenAsync(cancellation);
        Console.WriteLine($"{options.Sessions} sessions open; {service?.Memory()}");
        if (options.Rate == 0)
            return 0;
        await interviews.RunAsync(options.Warmup, measured: false, cancellation);
        var before = service?.Processor() ?? default;
        await interviews.RunAsync(options.Seconds, measured: true, cancellation);
        interviews.Report(Console.Out);
        if (service is not null)
        {
            var (after, messages) = (service.Processor(), options.Rate * options.Seconds);
            Console.WriteLine(
                $"processor:    {(after.Service - before.Service).TotalMilliseconds / messages:0.00} ms of the service and {(after.Database - before.Database).TotalMilliseconds / messages:0.00} ms of PostgreSQL per message");
        }

        Console.WriteLine(service?.Memory());
        return interviews.Failures == 0 ? 0 : 1;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
