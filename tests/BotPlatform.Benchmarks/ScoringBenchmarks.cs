using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Benchmarks;

/// <summary>Rule checks and scoring of a whole session of 2,500 words, and the checks of its longest answer.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private readonly RuleBook _book = Sample.Book();
    private readonly ImmutableArray<Turn> _turns = Sample.LongInterview();

    [Benchmark]
    public Scorecard ChecksAndScoring() => RuleScoring.Score(_book, Level.Staff, _turns, Circumstances.Unknown);

    [Benchmark]
    public int ChecksOfOneAnswer()
    {
        var longest = _turns.Where(t => t.Speaker == Speaker.Candidate).MaxBy(t => t.Text.Length)!;
        return _book.Examine([.. _turns.Where(t => t.N < longest.N)], [longest], []).Length;
    }
}
