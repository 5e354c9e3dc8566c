using System.Diagnostics;
using System.Net;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Benchmarks.Load;

/// <summary>Sends events to one receiver: over each connection the next one as soon as the last is acknowledged.</summary>
internal sealed class EventLoad(Uri to, SlackEvents events)
{
    private readonly List<double> _perSecond = [];
    private readonly Latencies _acknowledged = new();
    private int _failures;
    private int _sent;

    public int Failures => _failures;

    /// <summary>How many were acknowledged, those of the warm-up included.</summary>
    public int Sent => _sent - _failures;

    /// <summary>Whether it refuses what is not signed with its secret: one that does not verify would be faster for that.</summary>
    public async Task<bool> VerifiesAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var request = events.Request(to, 0);
        request.Headers.Remove(Signature.SignatureHeader);
        request.Headers.TryAddWithoutValidation(Signature.SignatureHeader, "v0=" + new string('0', 64));
        using var response = await http.SendAsync(request, cancellation);
        return response.StatusCode == HttpStatusCode.Unauthorized;
    }

    /// <summary>Of the median round.</summary>
    public double PerSecond => _perSecond.Order().ElementAt(_perSecond.Count / 2);

    /// <param name="first">Number of the first event.</param>
    public async Task RunAsync(int connections, int first, int seconds, bool measured, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        var next = first - 1;
        var done = 0;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SendAsync, cancellation)));
        if (measured)
            _perSecond.Add(done / Stopwatch.GetElapsedTime(began).TotalSeconds);

        async Task SendAsync()
        {
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
            {
                using var request = events.Request(to, Interlocked.Increment(ref next));
                var at = Stopwatch.GetTimestamp();
                using var response = await http.SendAsync(request, cancellation);
                if (measured)
                    _acknowledged.Add(at);
                Interlocked.Increment(ref done);
                Interlocked.Increment(ref _sent);
                if (!response.IsSuccessStatusCode && Interlocked.Increment(ref _failures) == 1)
                    Console.WriteLine($"{to} answered {(int)response.StatusCode}");
            }
        }
    }

    public override string ToString() => $"{PerSecond,6:0} requests/s ({string.Join(", ", _perSecond.Select(p => $"{p:0}"))}), {_acknowledged}, {_failures} failures";
}
