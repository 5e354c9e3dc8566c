using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Benchmarks;

/// <summary>Scoring of one answer put together from real ones, up to 1 MB.</summary>
[MemoryDiagnoser]
public class GrowthBenchmarks
{
    private readonly RuleBook _book = Sample.Book();
    private ImmutableArray<Turn> _turns = [];

    [Params(2_500, 10_000, 40_000, 160_000)]
    public int Words { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // Every seventh word next, so that no sentence comes twice.
        var words = Sample.GoldTurns("D09").Where(t => t.Speaker == Speaker.Candidate)
            .SelectMany(t => t.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var text = string.Join(" ", Enumerable.Range(0, Words).Select(i => words[((7 * i) + (i / words.Length)) % words.Length] + (i % 17 == 16 ? "." : "")));
        _turns = [new Turn(1, Speaker.Interviewer, Step.Data, "How would you build the training data?"), new Turn(2, Speaker.Candidate, Step.Data, text)];
    }

    [Benchmark]
    public Scorecard Score() => RuleScoring.Score(_book, Level.Staff, _turns, Circumstances.Unknown);
}
