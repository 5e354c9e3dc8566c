using System.Text.Json;
using System.Text.Json.Nodes;
using BotPlatform.Adapters.Tests.Slack;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Slack.Views;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Views;

public sealed class StartModalTests
{
    private const string Whole = """
        {"values":{
          "problem":{"problem":{"type":"external_select","selected_option":{"text":{"type":"plain_text","text":"A feed"},"value":"feed"}}},
          "level":{"level":{"type":"radio_buttons","selected_option":{"value":"staff"}}},
          "mode":{"mode":{"type":"radio_buttons","selected_option":{"value":"assessed"}}},
          "time":{"time":{"type":"static_select","selected_option":{"value":"1.5"}}}}}
        """;

    [Fact]
    public void It_looks_as_approved()
    {
        var view = StartModal.Of(Talk.Problem("feed"), Level.Senior, TimeSpan.FromMinutes(60), "/interview", "kept");
        view.ShouldBeView();
        ApprovedJson.Match("start", view);
        StartModal.Of(null, Level.Mid, TimeSpan.FromMinutes(45), "/interview").ShouldBeView();
    }

    [Fact]
    public void What_was_chosen_is_read() =>
        StartChoice.Parse(Json(Whole)).ShouldBe(new StartChoice("feed", Level.Staff, SessionMode.Assessed, 1.5));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""{"values":[]}""")]
    [InlineData("""{"values":{"problem":{"problem":{"selected_option":null}},"level":7,"mode":{"mode":{"selected_option":{"value":{}}}}}}""")]
    [InlineData("""{"values":{"problem":{"problem":{"selected_option":{"value":""}}},"level":{"level":{"selected_option":{"value":"Staff"}}},"time":{"time":{"selected_option":{"value":"9"}}}}}""")]
    public void What_is_no_choice_chooses_nothing(string state)
    {
        var choice = StartChoice.Parse(Json(state));
        choice.ShouldBe(new StartChoice(null, null, null));
        StartModal.Missing(choice)!["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["problem", "level", "mode"]);
    }

    [Fact]
    public void A_whole_choice_misses_nothing() => StartModal.Missing(StartChoice.Parse(Json(Whole))).ShouldBeNull();

    [Theory]
    [InlineData("", "Ad clicks, Fraud in payments, Home page, Search for documents")]
    [InlineData("fraud", "Fraud in payments")]
    [InlineData("pay", "Fraud in payments")]
    [InlineData("search", "Search for documents, Home page")]
    [InlineData("HOME page", "Home page")]
    [InlineData("home-page", "Home page")]
    [InlineData("documents search", "Search for documents")]
    [InlineData("zebra", "Ad clicks, Fraud in payments, Home page, Search for documents")]
    public void The_best_match_comes_first(string query, string titles)
    {
        Problem[] problems =
        [
            Of("search-documents", "Search for documents", "Find the right page."),
            Of("payments", "Fraud in payments", "Stop what is stolen."),
            Of("home-page", "Home page", "Rank what search does not find."),
            Of("ads", "Ad clicks", "Who clicks?"),
        ];
        var answer = ProblemOptions.Of(problems, query);
        answer.ShouldBeOptions();
        string.Join(", ", answer["options"]!.AsArray().Select(o => o!["text"]!["text"]!.GetValue<string>())).ShouldBe(titles);
    }

    [Fact]
    public void Whatever_is_offered_or_typed_the_menu_fits()
    {
        var problems = Enumerable.Range(0, 150).Select(n => Of($"p{n}", HostileText.Of(n, 300), HostileText.Of(n, 900))).ToArray();
        for (var seed = 0; seed < 20; seed++)
            ProblemOptions.Of(problems, HostileText.Of(seed, 200)).ShouldBeOptions();
        ProblemOptions.Of([], "x")["options"]!.AsArray().ShouldBeEmpty();
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private static Problem Of(string slug, string title, string summary) => Talk.Problem("feed") with { Slug = slug, Title = title, Summary = summary };
}
