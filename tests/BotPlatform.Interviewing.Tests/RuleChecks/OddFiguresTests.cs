using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.RuleChecks;

public sealed class OddFiguresTests
{
    [Theory]
    [InlineData("I assume 500 million recordings a day.", "recordings")]
    [InlineData("The p95 should be 90 seconds.", "latency")]
    [InlineData("A latency of 1 ms.", "latency")]
    public void A_figure_more_than_ten_times_off_is_noted(string text, string quantity) =>
        Answers.Read(Step.Requirements, text).Ids(FindingKind.OddFigure).ShouldBe([quantity]);

    [Theory]
    [InlineData("I assume 2 million recordings a day.")]
    [InlineData("I assume 50 million recordings a day.")]
    [InlineData("The p95 should be 300 ms.")]
    [InlineData("p95 of 300 ms, and 20 ms of that for the network.")]
    [InlineData("The latency report covers 14 recordings.")]
    [InlineData("How many recordings a day, 500 thousand or 5 million?")]
    public void A_plausible_figure_or_one_about_something_else_is_not(string text) =>
        Answers.Read(Step.Requirements, text).Ids(FindingKind.OddFigure).ShouldBeEmpty();
}
