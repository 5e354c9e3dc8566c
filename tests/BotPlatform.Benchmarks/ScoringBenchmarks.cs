using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Benchmarks;

/// <summary>Rule checks and scoring of a whole session of 2,500 words, and the checks of its longest answer.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private readonly RuleBook _book = Sample.Book();
    private readonly ImmutableArray<Turn> _turns = Read();

    [Benchmark]
    public Scorecard ChecksAndScoring() => RuleScoring.Score(_book, Level.Staff, _turns, Circumstances.Unknown);

    [Benchmark]
    public int ChecksOfOneAnswer()
    {
        var longest = _turns.Where(t => t.Speaker == Speaker.Candidate).MaxBy(t => t.Text.Length)!;
        return _book.Examine([.. _turns.Where(t => t.N < longest.N)], [longest], []).Length;
    }

    private static ImmutableArray<Turn> Read()
    {
        var file = Path.Combine(Repository.Root, "tests", "gold", "sessions", "D09.json");
        return TranscriptFile.Parse(file, File.ReadAllBytes(file)).TryGet(out var transcript, out var refusal)
            ? transcript.Turns
            : throw new InvalidOperationException(refusal);
    }
}
