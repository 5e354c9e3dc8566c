using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Service;
using BotPlatform.Service.Hosting;
using BotPlatform.Service.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;

namespace BotPlatform.Benchmarks.Load;

/// <param name="AtOnce">Grades in flight; they begin evenly spread, so that as many are under way as end.</param>
/// <param name="Latency">Milliseconds that the model takes for each reply.</param>
internal sealed record GradingOptions(int AtOnce, int Latency, int Samples, int Seconds, int Warmup);

/// <summary><c>grades</c>: what grading takes on top of the model's own time, with a double of the model in this process.</summary>
internal static class GradingCommand
{
    public static RootCommand Create()
    {
        var atOnce = Number("--at-once", "Grades in flight", 50);
        var latency = Number("--latency", "Milliseconds that the model takes for a reply", 200);
        var samples = Number("--samples", "Samples of each grade", ModelSettings.DefaultSamples);
        var seconds = Number("--seconds", "How long to measure", 20);
        var warmup = Number("--warmup", "Seconds before the measurement", 5);
        var command = new RootCommand("Grades a long session again and again, and prints what it takes beyond the model's latency") { atOnce, latency, samples, seconds, warmup };
        command.SetAction((parsed, cancellation) => RunAsync(
            new GradingOptions(parsed.GetValue(atOnce), parsed.GetValue(latency), parsed.GetValue(samples), parsed.GetValue(seconds), parsed.GetValue(warmup)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(GradingOptions options, CancellationToken cancellation)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        var folder = TestFolder.Create();
        if (!(await MigratedDatabase.OpenAsync(new DatabaseOptions(ConnectionString: null, folder), Console.WriteLine, cancellation)).TryGet(out var database, out var refusal))
            throw new InvalidOperationException(refusal);
        await using (database)
        {
            ModelAnswer? reply = null;
            await using var server = await ModelServer.StartAsync(
                r => new ModelAnswer.Delayed(TimeSpan.FromMilliseconds(options.Latency), reply ??= GoodReplies.To(r)));
            using var models = new Models(Settings(server, options), TimeProvider.System, () => 0.5);
            using var telemetry = new Telemetry();
            var calls = new ModelCalls(database.Source);
            var grader = new Grader(models);
            var task = Task();
            var newId = Ids.From(TimeProvider.System);

            await GradeAsync(options.Warmup, new Latencies());
            var measured = new Latencies();
            var (processor, started) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
            await GradeAsync(options.Seconds, measured);
            var used = (Process.GetCurrentProcess().TotalProcessorTime - processor) / Stopwatch.GetElapsedTime(started);

            Console.WriteLine($"{measured.Count} grades of {options.Samples} samples, {options.AtOnce} at once, the model takes {options.Latency} ms");
            Console.WriteLine($"beyond the model: {measured}");
            Console.WriteLine($"processor: {used:0.00} cores, the double's part included; {server.Refused.Count} requests refused");
            return server.Refused.Count == 0 ? 0 : 1;

            async Task GradeAsync(int seconds, Latencies latencies)
            {
                var under = new List<Task>();
                var (start, each) = (Stopwatch.GetTimestamp(), (double)options.Latency / options.AtOnce / 1000);
                for (var i = 0; i * each < seconds; i++)
                {
                    var at = start + (long)(i * each * Stopwatch.Frequency);
                    while (Stopwatch.GetTimestamp() < at)
                        await System.Threading.Tasks.Task.Delay(1, cancellation);
                    under.Add(OneAsync(at, latencies));
                }

                await System.Threading.Tasks.Task.WhenAll(under);
            }

            async Task OneAsync(long at, Latencies latencies)
            {
                var key = new SessionKey(Workspace.Local, newId());
                var asking = new Asking(telemetry, newId, (call, token) => calls.KeepAsync(key, key.Session, call, TimeProvider.System.GetUtcNow(), token));
                var graded = await grader.GradeAsync(task, [], asking, cancellation);
                latencies.Add(at + (long)(options.Latency / 1000.0 * Stopwatch.Frequency));
                if (graded.Grade is null)
                    throw new InvalidOperationException(graded.Why);
            }
        }
    }

    private static ModelSettings Settings(ModelServer server, GradingOptions options) => ModelSettings.None with
    {
        Samples = options.Samples,
        Models = [new ModelEntry("double", ModelProvider.OpenAi, ModelServer.DefaultModel, server.OpenAiBase, "test-key", [ModelRole.Grader], Temperature: null, Price: null, Concurrency: 1000, ModelEntry.DefaultTimeout)],
    };

    private static ToGrade Task()
    {
        var (book, turns) = (Sample.Book(), Sample.LongInterview());
        var prompt = ContentFolder.Load(Repository.Root).Prompt(PromptFile.Grader)!;
        return new ToGrade(book, Level.Staff, turns, RuleScoring.Score(book, Level.Staff, turns, Circumstances.Unknown), prompt.Hash, prompt.Text, "DATA-0123456789ABCDEF0123456789ABCDEF");
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
