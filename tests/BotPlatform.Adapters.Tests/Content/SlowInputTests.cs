using BotPlatform.Adapters.Content;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

/// <summary>Text made to be slow is scored like any other, and twice as much of it is twice the work.</summary>
public sealed class SlowInputTests
{
    private const int Length = 16_000;

    // Linear is 2 and quadratic 4; tables that double when they are full come between.
    private const double MostGrowth = 3;
    private static readonly RuleBook Book = Compiled();

    public static TheoryData<string> Inputs => [.. SlowInputs.Names];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Its_evidence_stands_in_the_text(string input)
    {
        var turns = SlowInputs.Of(input, Book.Rubric, Length);
        var card = Score(turns);

        card.Scores.Length.ShouldBe(10);
        card.Scores.ShouldAllBe(s => s.Value == null || (s.Value >= 1 && s.Value <= 4));
        var byNumber = turns.ToDictionary(t => t.N);
        foreach (var span in card.Scores.SelectMany(s => s.Evidence.Concat(s.Checks.SelectMany(c => c.Spans))))
        {
            byNumber[span.Turn].Speaker.ShouldBe(Speaker.Candidate);
            byNumber[span.Turn].Text.Substring(span.Start, span.Length).Trim().ShouldNotBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Twice_as_much_takes_about_twice_the_memory(string input)
    {
        var once = SlowInputs.Of(input, Book.Rubric, 2 * Length);
        var twice = SlowInputs.Of(input, Book.Rubric, 4 * Length);
        Score(once);

        Allocated(twice).ShouldBeLessThan((long)(MostGrowth * Allocated(once)));
    }

    private static Scorecard Score(IReadOnlyList<Turn> turns) => RuleScoring.Score(Book, Level.Staff, turns, Circumstances.Unknown);

    private static long Allocated(IReadOnlyList<Turn> turns)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Score(turns);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static RuleBook Compiled()
    {
        var content = ContentFolder.Load(Repository.Root);
        return RuleBook.Compile(content.Rubrics[^1], content.Problems.First(p => p.Slug == "video-recommendation"));
    }
}
