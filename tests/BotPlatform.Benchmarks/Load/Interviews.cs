using System.Diagnostics;
using System.Threading.Channels;

namespace BotPlatform.Benchmarks.Load;

/// <summary>
/// Many candidates. Messages leave at fixed times, whether earlier ones are answered or not, and are timed from
/// then: a service that falls behind cannot slow down its own measurement.
/// </summary>
internal sealed class Interviews(Uri address, LoadOptions options) : IDisposable
{
    private const int OpeningAtOnce = 32;
    private const int StaggeredOver = 20;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = address };
    private readonly Channel<Candidate> _free = Channel.CreateUnbounded<Candidate>();
    private readonly Latencies _acknowledged = new();
    private readonly Latencies _replied = new();
    private TimeSpan _measured;
    private int _failures;
    private int _over;

    public int Failures => _failures;

    public async Task OpenAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, options.Sessions), parallel, async (n, c) =>
        {
            // The first interviews are left at different points, so that not all end at the same time.
            await _free.Writer.WriteAsync(await BeginAsync(leaveAfter: 1 + (n % StaggeredOver), c), c);
        });
        Console.WriteLine($"opened {options.Sessions / Stopwatch.GetElapsedTime(began).TotalSeconds:0} sessions a second");
    }

    public async Task RunAsync(int seconds, bool measured, CancellationToken cancellation)
    {
        var under = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < options.Rate * seconds; i++)
        {
            var at = start + (long)((double)i / options.Rate * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < at)
                await Task.Delay(1, cancellation);
            under.Add(SayAsync(at, measured, cancellation));
        }

        await Task.WhenAll(under);
        _measured = Stopwatch.GetElapsedTime(start);
    }

    public void Report(TextWriter to)
    {
        to.WriteLine($"{options.Sessions} sessions, {options.Rate} messages/s for {options.Seconds} s after {options.Warmup} s of warming up");
        to.WriteLine($"acknowledged: {_acknowledged}");
        if (options.Watched)
            to.WriteLine($"replied:      {_replied}");
        to.WriteLine($"throughput:   {_acknowledged.Count / _measured.TotalSeconds:0} messages/s; {_over} interviews were over and begun anew; {_failures} failures");
    }

    public void Dispose() => _http.Dispose();

    private async Task SayAsync(long at, bool measured, CancellationToken cancellation)
    {
        var candidate = await _free.Reader.ReadAsync(cancellation);
        try
        {
            while (!await candidate.SayAsync(cancellation))
            {
                Interlocked.Increment(ref _over);
                candidate = await BeginAsync(leaveAfter: int.MaxValue, cancellation);
                at = Stopwatch.GetTimestamp();
            }

            if (measured)
                _acknowledged.Add(at);
            if (options.Watched)
            {
                await candidate.HearAsync(cancellation);
                if (measured)
                    _replied.Add(at);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            if (Interlocked.Increment(ref _failures) == 1)
                Console.WriteLine(e.Message);
        }
        finally
        {
            _free.Writer.TryWrite(candidate);
        }
    }

    private Task<Candidate> BeginAsync(int leaveAfter, CancellationToken cancellation) =>
        Candidate.BeginAsync(_http, options, leaveAfter, cancellation);
}
