using System.CommandLine;
using System.Runtime.InteropServices;

namespace BotPlatform.Benchmarks.Load;

/// <param name="Rounds">How often each is measured; the two take turns.</param>
/// <param name="Seconds">Of one measurement.</param>
/// <param name="Interviews">In whose threads the messages are written, one after the other.</param>
/// <param name="Connections">At how many connections, one after the other.</param>
internal sealed record SlackEventsOptions(int Rounds, int Seconds, int Interviews, int[] Connections);

/// <summary>
/// <c>slack-events</c>: how fast signed events are acknowledged, by the service, which commits each to PostgreSQL before, and
/// by bolt's receiver for HTTP, which keeps nothing.
/// </summary>
internal static class SlackEventsCommand
{
    public static RootCommand Create()
    {
        var rounds = Number("--rounds", "How often each is measured, in turns", 3);
        var seconds = Number("--seconds", "How long one measurement takes", 5);
        var interviews = Number("--interviews", "Interviews in whose threads messages are written", 20);
        var connections = new Option<int[]>("--connections") { Description = "At how many connections, one after the other", DefaultValueFactory = _ => [1, 8, 32], AllowMultipleArgumentsPerToken = true };
        var command = new RootCommand("Sends the same events of Slack to bolt and to the service, and prints how fast they are acknowledged") { rounds, seconds, interviews, connections };
        command.SetAction((parsed, cancellation) => RunAsync(
            new SlackEventsOptions(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(interviews), parsed.GetValue(connections)!), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(SlackEventsOptions options, CancellationToken cancellation)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        await using var slack = await SlackStub.StartAsync();
        await using var bolt = await BoltReceiver.StartAsync(cancellation);
        await using var service = await StartedService.StartAsync(cancellation, quietPeriod: 5, slack.Environment());
        await slack.OpenAsync(service.Address, options.Interviews, cancellation);
        var events = new SlackEvents(slack.Threads());

        if (!await new EventLoad(bolt.Address, events).VerifiesAsync(cancellation) || !await new EventLoad(service.Address, events).VerifiesAsync(cancellation))
            throw new InvalidOperationException("a forged event was not refused");
        var (failures, heard, taken, first) = (0, 0, 0, 0);
        foreach (var connections in options.Connections)
        {
            var (ofBolt, ours) = (new EventLoad(bolt.Address, events), new EventLoad(service.Address, events));
            for (var round = 0; round <= options.Rounds; round++, first += 1_000_000)
            {
                // The first round only warms up. What the service has taken it goes on working at; that is not bolt's to bear.
                await ofBolt.RunAsync(connections, first, options.Seconds, measured: round > 0, cancellation);
                await ours.RunAsync(connections, first, options.Seconds, measured: round > 0, cancellation);
                await SettleAsync(service, cancellation);
            }

            Console.WriteLine($"{connections} connection{(connections == 1 ? "" : "s")}");
            Console.WriteLine($"  bolt:    {ofBolt}");
            Console.WriteLine($"  service: {ours}");
            Console.WriteLine($"  ratio:   {ours.PerSecond / ofBolt.PerSecond:0.00}");
            failures += ofBolt.Failures + ours.Failures;
            heard += ofBolt.Sent;
            taken += ours.Sent;
        }

        Console.WriteLine(service.Memory());
        var byBolt = await bolt.StopAsync();
        Console.WriteLine($"bolt acknowledged {heard} events and its listener heard {byBolt}");
        var committed = await service.CountAsync("select count(*) from slack_delivery", cancellation);
        Console.WriteLine($"the service acknowledged {taken} events and has committed {committed}");
        return failures == 0 && heard == byBolt && taken == committed ? 0 : 1;
    }

    private static async Task SettleAsync(StartedService service, CancellationToken cancellation)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            var before = service.Processor().Service;
            await Task.Delay(1000, cancellation);
            if ((service.Processor().Service - before).TotalMilliseconds < 100)
                return;
        }

        Console.WriteLine("the service was still at work when the next measurement began");
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
