using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class ClauseTests
{
    [Theory]
    [InlineData("New recordings count within 30 minutes, at p99 of 250 ms.", "30 minutes", "New recordings count within 30 minutes")]
    [InlineData("New recordings count within 30 minutes, at p99 of 250 ms.", "250 ms", "at p99 of 250 ms")]
    [InlineData("- and so 60k hikers * 5 = 300k walks\n- more", "300k walks", "60k hikers * 5 = 300k walks")]
    [InlineData("from 4.1 to 4.3 days a week (roughly)", "4.3 days", "from 4.1 to 4.3 days a week")]
    [InlineData("9B recordings", "9B recordings", "9B recordings")]
    public void A_figure_is_read_back_with_the_words_that_say_what_it_is_of(string text, string figure, string clause) =>
        Around(text, figure, mayStandAlone: !figure.Contains("minutes", StringComparison.Ordinal)).ShouldBe(clause);

    [Theory]
    [InlineData("10 minutes", "10 minutes")]
    [InlineData("Sure, 50%.", "50%")]
    [InlineData("Is 30 minutes enough?", "30 minutes")]
    public void A_figure_of_nothing_and_one_that_was_asked_about_are_not_read_back(string text, string figure) =>
        Around(text, figure, mayStandAlone: false).ShouldBeNull();

    [Fact]
    public void In_a_long_clause_a_figure_stands_alone_where_it_can()
    {
        var text = "they told me that on a day like any other we could well expect some 60k hikers or possibly a few more";

        Around(text, "60k hikers", mayStandAlone: true).ShouldBe("60k hikers");
        Around(text, "60k hikers", mayStandAlone: false).ShouldBeNull();
    }

    [Fact]
    public void A_span_outside_the_text_is_none() => Clause.Around("short", new Span(1, 3, 10), mayStandAlone: true).ShouldBeNull();

    private static string? Around(string text, string figure, bool mayStandAlone) =>
        Clause.Around(text, new Span(1, text.IndexOf(figure, StringComparison.Ordinal), figure.Length), mayStandAlone);
}
