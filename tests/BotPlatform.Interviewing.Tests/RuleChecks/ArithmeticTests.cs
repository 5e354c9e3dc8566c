using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.RuleChecks;

public sealed class ArithmeticTests
{
    [Theory]
    [InlineData("2M x 8 = 16M, / 86,400 ≈ 19 per sec")]
    [InlineData("2M clips a day / 86400 = 2 qps")]
    [InlineData("40 × 30 = 120")]
    [InlineData("3M × 256 × 4 bytes = 300 GB")]
    [InlineData("2k qps / 50 = 400")]
    public void A_result_that_is_off_by_more_than_three_is_found(string text) =>
        Answers.Read(Step.Serving, text).Ids(FindingKind.WrongArithmetic).Count.ShouldBe(1);

    [Theory]
    [InlineData("2M x 8 = 16M, / 86,400 ≈ 185 per sec")]
    [InlineData("2M clips x 8 = 190 qps")]
    [InlineData("40 × 30 = 1,200, call it 1k")]
    [InlineData("3M × 256 × 4 B = 3 GB")]
    [InlineData("3M × 256 floats = 3 GB")]
    [InlineData("12 clips x 3 phones = 72M for 2M users")]
    [InlineData("16 × (0.3 × 0.7)² = 9")]
    [InlineData("5 per minute × 10 is 50% of the load")]
    [InlineData("we go 3 to 5 times a day")]
    public void One_that_holds_or_leaves_a_unit_or_a_factor_unsaid_is_not(string text) =>
        Answers.Read(Step.Serving, text).Ids(FindingKind.WrongArithmetic).ShouldBeEmpty();
}
