using BotPlatform.Interviewing.RuleChecks;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.RuleChecks;

/// <summary>Matching never tries the same thing twice: the work for a token depends on the pattern and not on the text.</summary>
public sealed class MatchingWorkTests
{
    private const string ManyGaps = "slow .. slow .. slow .. slow .. slow .. slow .. slow .. end";
    private const int Places = 8;

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public void A_pattern_of_many_gaps_that_almost_stands_takes_few_steps_for_each_token(int words)
    {
        var (text, steps) = Read(string.Join(" ", Enumerable.Repeat("slow", words)));

        text.ShouldBe(-1);
        steps.ShouldBeLessThan(words * Places * Places * (TermPattern.LongestGap + 1) * (TermPattern.LongestGap + 1) / 2);
    }

    [Fact]
    public void Where_it_stands_it_is_found() =>
        Read(string.Join(" ", Enumerable.Repeat("slow x x", 7)) + " x x x end").End.ShouldBe(25);

    // The end of the first sequence that stands, and the steps it took.
    private static (int End, int Steps) Read(string words)
    {
        var symbols = new TermSymbols();
        var places = TermSequence.Of(TermPattern.Parse(ManyGaps).Sides[0], symbols).Single();
        var tokens = Tokens.Of(words);
        var text = new SymbolText(tokens, Quantities.Of(tokens), symbols);
        var end = -1;
        for (var i = 0; i < tokens.Count && end < 0; i++)
        {
            foreach (var symbol in text.SymbolsAt(i))
                end = places[0].Symbols.Contains(symbol) ? text.EndOf(places, i, symbol) : end;
        }

        return (end, text.Steps);
    }
}
