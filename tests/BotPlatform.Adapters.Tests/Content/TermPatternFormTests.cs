using BotPlatform.Adapters.Content;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

public sealed class TermPatternFormTests
{
    [Theory]
    [InlineData("time split")]
    [InlineData("calibrat*")]
    [InlineData("(a/b test|ab test|split* test)")]
    [InlineData("[daily] users")]
    [InlineData("train .. past")]
    [InlineData("drift & threshold & (page|alert*)")]
    [InlineData("p99 <duration>")]
    [InlineData("([very] long|short) tail")]
    public void The_documented_forms_are_fine(string pattern) => Errors(pattern).ShouldBeEmpty();

    [Theory]
    [InlineData("(a|b", "\"(\" is never closed")]
    [InlineData("a|b)", "\"|\" stands outside of ( )")]
    [InlineData("a]", "\"]\" closes nothing")]
    [InlineData("(a]", "\"]\" closes nothing")]
    [InlineData("(a|)", "a choice is empty")]
    [InlineData("[] users", "a choice is empty")]
    [InlineData("*tion", "\"*\" stands elsewhere than at the end of a word")]
    [InlineData("a*b", "\"*\" stands elsewhere than at the end of a word")]
    [InlineData("<ms", "\"<ms\" is none of <number>, <percent>, <duration>, <count>, <size>, <rate>, <money>")]
    [InlineData("a & b & c & d", "\"&\" joins at most 3 sides")]
    [InlineData("a &", "a side of \"&\" is empty")]
    [InlineData("a ..", "\"..\" needs a word on both sides")]
    public void Anything_else_is_refused_with_what_is_wrong(string pattern, string fault) =>
        Errors(pattern).ShouldBe([$"prompts/problems/feed.yaml:10: expected a term pattern, found \"{pattern}\": {fault}"]);

    private static IEnumerable<string> Errors(string pattern) => ProblemFile
        .Parse(ContentSamples.ProblemPath, ContentSamples.Problem.With("(daily active|dau)", pattern))
        .Errors.Select(e => e.ToString());
}
