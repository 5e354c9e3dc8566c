using BenchmarkDotNet.Attributes;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Benchmarks;

/// <summary>One decision: a message that completes an answer, what it shows being given, up to the next question.</summary>
[MemoryDiagnoser]
public class DecideBenchmarks
{
    private readonly Session _session = Sample.Session(turns: 60);
    private readonly Input _answer = Sample.Answer("next");
    private readonly DateTimeOffset _now = Sample.Start.AddHours(1);

    [Benchmark]
    public Decision Decide() => Interview.Decide(_session, _answer, _now);
}
