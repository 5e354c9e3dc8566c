using BotPlatform.Interviewing.Problems;
using BotPlatform.Service.Slack.Views;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Views;

public sealed class TrendsTests
{
    private static readonly PastInterview Later = HomeViewTests.Past(4, "feed", 3, [3, null, 2]);
    private static readonly PastInterview Earlier = HomeViewTests.Past(2, "feed", 2, [2, 1, 4]);

    [Fact]
    public void The_same_problem_at_the_same_level_is_compared_from_the_oldest_on()
    {
        var trend = Trends.Of([Later, Earlier]).ShouldHaveSingleItem();
        trend.Sessions.ShouldBe(2);
        trend.Criteria.Select(c => $"{c.Title}: {string.Join(' ', c.Values)}").ShouldBe(["Criterion 0: 2 3", "Criterion 2: 4 2"]);
    }

    [Fact]
    public void What_differs_in_problem_level_or_way_of_scoring_is_not()
    {
        Trends.Of([Later]).ShouldBeEmpty();
        Trends.Of([Later, Earlier with { Slug = "ads" }]).ShouldBeEmpty();
        Trends.Of([Later, Earlier with { Level = Level.Mid }]).ShouldBeEmpty();
        Trends.Of([Later, Earlier with { Card = Earlier.Card! with { Basis = "model 1.0.0" } }]).ShouldBeEmpty();
        Trends.Of([Later, Earlier with { Card = null }]).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_scored_only_once_shows_nothing() =>
        Trends.Of([HomeViewTests.Past(4, "feed", 3, [null, 2]), HomeViewTests.Past(2, "feed", 3, [2, null])]).ShouldBeEmpty();

    [Fact]
    public void What_was_practised_last_comes_first() => Trends.Of(
        [Later, Earlier, HomeViewTests.Past(1, "ads", 3, [1]), HomeViewTests.Past(9, "ads", 3, [1])]).Select(t => t.Title).ShouldBe(["Title of ads", "Title of feed"]);
}
