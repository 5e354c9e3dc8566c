using System.Text.Json.Nodes;
using BotPlatform.Adapters.Tests.Slack;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Views;

public sealed class EvidenceModalTests
{
    private static readonly Uri Page = new("https://practice.example/practice/1/scorecard");

    [Theory]
    [InlineData("requirements", "scored")]
    [InlineData("data", "declined")]
    [InlineData("monitoring", "not-asked")]
    public void It_looks_as_approved(string criterion, string state)
    {
        var (session, card) = Cards.ByRules();
        ApprovedJson.Match("evidence-" + state, EvidenceModal.Of(session, card, criterion)!);
    }

    [Fact]
    public void With_a_models_part_it_looks_as_approved()
    {
        var (session, card) = Cards.ByModel();
        ApprovedJson.Match("evidence-model", EvidenceModal.Of(session, card, "requirements", Page)!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("Requirements")]
    public void There_is_no_window_for_a_criterion_that_is_not_there(string criterion)
    {
        var (session, card) = Cards.ByRules();
        EvidenceModal.Of(session, card, criterion).ShouldBeNull();
    }

    [Fact]
    public void Long_quotes_are_split_and_never_cut()
    {
        var (session, card) = Cards.ByRules();
        var text = HostileText.Of(7, 10_000);
        var view = EvidenceModal.Of(session, With(card, text, quotes: 2), "requirements", Page)!;
        view.ShouldBeView();
        var quotes = Quotes(view);
        string.Concat(quotes.SelectMany(q => q.Where(c => !char.IsWhiteSpace(c))))
            .ShouldBe(string.Concat(Enumerable.Repeat(text, 2).SelectMany(t => t.Where(c => !char.IsWhiteSpace(c)))));
    }

    [Fact]
    public void What_a_window_does_not_hold_is_counted_and_said()
    {
        var (session, card) = Cards.ByRules();
        var view = EvidenceModal.Of(session, With(card, "We rank by dwell.", quotes: 300), "requirements", Page)!;
        view.ShouldBeView();
        var shown = Quotes(view).Count;
        shown.ShouldBeGreaterThan(80);
        view.ToJsonString().ShouldContain($"{300 - shown} more quotes would not fit in this window; the scorecard on the web has every one.");
        EvidenceModal.Of(session, With(card, "We rank by dwell.", quotes: 300), "requirements")!.ToJsonString().ShouldContain("an export from the home tab has every one.");
        view["blocks"]!.AsArray().Count.ShouldBe(100);
    }

    [Fact]
    public void Whatever_the_texts_are_it_fits()
    {
        var (session, card) = Cards.ByRules();
        for (var seed = 0; seed < 40; seed++)
        {
            var text = seed == 0 ? HostileText.Unbroken(4_000) : HostileText.Of(seed, 1 + seed * 701 % 4_000);
            EvidenceModal.Of(session, With(card, text, quotes: seed * 8), "requirements", Page)!.ShouldBeView();
            var hostile = card with { Criteria = [.. card.Criteria.Select(c => c.With(text, quotes: 300, checks: 200))] };
            EvidenceModal.Of(session, hostile, "requirements", Page)!.ShouldBeView();
        }
    }

    private static CandidateScorecard With(CandidateScorecard card, string text, int quotes) => card with
    {
        Criteria = [.. card.Criteria.Select(c => c.With(text, quotes) with { Title = c.Title, Why = "Why.", Bar = "The bar.", Raise = "Say more." })],
    };

    private static List<string> Quotes(JsonObject view) =>
    [
        .. view["blocks"]!.AsArray()
            .Where(b => b!["type"]!.GetValue<string>() == "rich_text")
            .SelectMany(b => b!["elements"]!.AsArray())
            .Where(p => p!["type"]!.GetValue<string>() == "rich_text_quote")
            .Select(p => p!["elements"]![0]!["text"]!.GetValue<string>()),
    ];
}
