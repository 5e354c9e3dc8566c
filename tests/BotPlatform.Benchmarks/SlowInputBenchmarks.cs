using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Benchmarks;

/// <summary>Scoring of answers made to be slow, at lengths that show how the time grows: to four times as much, no more.</summary>
[MemoryDiagnoser]
public class SlowInputBenchmarks
{
    private readonly RuleBook _book = Sample.Book();
    private ImmutableArray<Turn> _turns = [];

    [ParamsSource(nameof(Inputs))]
    public string Input { get; set; } = "";

    [Params(62_500, 250_000, 1_000_000)]
    public int Characters { get; set; }

    public static IEnumerable<string> Inputs => SlowInputs.Names;

    [GlobalSetup]
    public void Setup() => _turns = SlowInputs.Of(Input, _book.Rubric, Characters);

    [Benchmark]
    public Scorecard Score() => RuleScoring.Score(_book, Level.Staff, _turns, Circumstances.Unknown);
}
