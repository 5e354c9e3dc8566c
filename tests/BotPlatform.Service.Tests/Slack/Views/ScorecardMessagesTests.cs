using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Adapters.Tests.Slack;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Service.Slack.Views;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Views;

public sealed class ScorecardMessagesTests
{
    private static readonly Uri Page = new("https://practice.example/practice/1/scorecard");
    private static readonly string[] HiringWords = ["hire", "strong no", "strong yes", "below mid", "recommend", "insufficient"];

    [Fact]
    public void By_rules_it_looks_as_approved()
    {
        var (session, card) = Cards.ByRules();
        ApprovedJson.Match("scorecard-rules", ScorecardMessages.Of(session, card, page: null).ShouldHaveSingleItem().Blocks);
    }

    [Fact]
    public void By_a_model_it_looks_as_approved()
    {
        var (session, card) = Cards.ByModel();
        ApprovedJson.Match("scorecard-model", ScorecardMessages.Of(session, card, Page).ShouldHaveSingleItem().Blocks);
    }

    [Fact]
    public void It_speaks_of_the_bar_and_never_of_hiring_and_each_criterion_has_its_evidence()
    {
        var (session, card) = Cards.ByRules();
        var message = ScorecardMessages.Of(session, card, Page).ShouldHaveSingleItem();
        message.Blocks.ShouldBeMessage();
        var all = message.Text + message.Blocks.ToJsonString();
        HiringWords.ShouldAllBe(word => !all.Contains(word, StringComparison.OrdinalIgnoreCase));
        message.Blocks.Select(b => b!["accessory"]?["value"]?.GetValue<string>()).OfType<string>()
            .Select(v => ButtonValue.TryParse(v)!.Criterion).ShouldBe(card.Criteria.Select(c => c.Id));
    }

    [Fact]
    public void Whatever_the_texts_are_every_message_fits_and_none_of_them_is_markup()
    {
        var (session, card) = Cards.ByRules();
        for (var seed = 0; seed < 20; seed++)
        {
            var text = HostileText.Of(seed, 1 + seed * 701 % 12_000);
            var hostile = card with
            {
                Criteria = [.. card.Criteria.Select(c => c.With(text, quotes: 300))],
                Next = [.. card.Criteria.Take(3).Select(c => c.With(text, quotes: 300))],
                Notices = [text],
                Flags = [.. Enumerable.Range(1, 300).Select(n => new TurnFlag("junk", n))],
            };
            var messages = ScorecardMessages.Of(session, hostile, Page);
            foreach (var message in messages)
            {
                message.Blocks.ShouldBeMessage();
                Markup(message).ShouldAllBe(m => !m.Contains("<!") && !m.Contains("<@") && !m.Contains(":smile:"));
            }
        }
    }

    private static IEnumerable<string> Markup(SlackMessage message) => message.Blocks
        .Where(b => b!["type"]!.GetValue<string>() == "section")
        .Select(b => b!["text"]!["text"]!.GetValue<string>());
}
