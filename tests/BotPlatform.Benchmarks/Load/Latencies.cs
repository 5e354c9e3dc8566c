using System.Collections.Concurrent;
using System.Diagnostics;

namespace BotPlatform.Benchmarks.Load;

/// <summary>Times of one kind, from when a message was to be sent.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(long since) => _milliseconds.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);

    public override string ToString()
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? "none" : $"p50 {At(0.50):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms, max {sorted[^1]:0.0} ms";

        double At(double share) => sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)];
    }
}
