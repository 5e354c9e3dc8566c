using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class PagesTests(PostgresFixture postgres)
{
    private static readonly string[] HiringWords = ["hire", "strong no", "strong yes", "below mid", "recommend", "insufficient"];

    [Fact]
    public async Task The_start_form_works_without_scripts_and_sent_twice_starts_one_interview()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres);
        var start = await PageAsync(service, "/practice");
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = start.QuerySelector<IHtmlInputElement>("input[name=key]")!.Value,
            ["problem"] = start.QuerySelector<IHtmlInputElement>("input[name=problem]")!.Value,
            ["level"] = "mid",
            ["mode"] = "practice",
            ["accommodation"] = "1.5",
        };
        var first = await service.Http.PostAsync("/practice", new FormUrlEncodedContent(form));
        var second = await service.Http.PostAsync("/practice", new FormUrlEncodedContent(form));
        first.RequestMessage!.RequestUri.ShouldBe(second.RequestMessage!.RequestUri);
        first.RequestMessage.RequestUri!.AbsolutePath.ShouldStartWith("/practice/");

        var list = await PageAsync(service, "/practice");
        list.QuerySelectorAll(".session").Length.ShouldBe(1);
        list.QuerySelector(".session-actions")!.TextContent.ShouldContain("Resume");
        var session = await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{IdOf(list)}");
        session.GetProperty("time").GetProperty("allowed_s").GetInt32().ShouldBe(90 * 60);
    }

    [Theory]
    [InlineData("problem", "no-such-problem")]
    [InlineData("level", "principal")]
    [InlineData("mode", "exam")]
    [InlineData("accommodation", "0.5")]
    [InlineData("accommodation", "plenty")]
    public async Task A_form_with_a_wrong_value_says_what_was_expected(string field, string value)
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres);
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "k",
            ["problem"] = "video-recommendation",
            ["level"] = "mid",
            ["mode"] = "practice",
            ["accommodation"] = "1",
            [field] = value,
        };
        var answer = await service.Http.PostAsync("/practice", new FormUrlEncodedContent(form));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain($"\"{field}\": expected");
    }

    [Theory]
    [InlineData("0.99")]
    [InlineData("3.01")]
    [InlineData("\"2\"")]
    [InlineData("true")]
    [InlineData("1e999")]
    public async Task The_api_takes_more_time_as_a_number_from_one_to_three(string accommodation)
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres);
        var body = $$"""{"problem":"video-recommendation","level":"mid","accommodation":{{accommodation}}}""";
        var answer = await service.Http.PostAsync("/api/v1/sessions", new StringContent(body));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("accommodation");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/practice/nothing")]
    [InlineData("/practice/00000000-0000-0000-0000-00000000abcd")]
    [InlineData("/practice/00000000-0000-0000-0000-00000000abcd/scorecard")]
    public async Task What_is_not_there_is_told_on_a_page(string path)
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres);
        var answer = await service.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is nothing here");
    }

    [Fact]
    public async Task What_is_not_there_in_the_api_is_told_as_problem_details()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres);
        var answer = await service.Http.GetAsync("/api/v1/nowhere");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Before_its_end_an_interview_has_a_page_instead_of_a_scorecard_that_leads_back()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres);
        var id = await StartAsync(service, "practice");
        var page = await PageAsync(service, $"/practice/{id}/scorecard");
        page.QuerySelector("main")!.TextContent.ShouldContain("not over yet");
        page.QuerySelectorAll(".criterion").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scorecard_shows_every_criterion_against_the_bar_and_no_words_of_hiring()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres);
        var id = await StartAsync(service, "practice");
        await SendAsync(service, id, "I aim at retention; p99 of 200 ms, because a slow page loses people.");
        await EndAsync(service, id);
        var page = await PageAsync(service, $"/practice/{id}/scorecard");
        page.QuerySelectorAll(".criterion").Length.ShouldBe(10);
        page.QuerySelectorAll(".criterion .score").ShouldAllBe(s => s.TextContent.Trim().Length > 0);
        foreach (var link in page.QuerySelectorAll(".evidence a"))
            link.GetAttribute("href").ShouldStartWith($"/practice/{id}#turn-");
        var text = page.QuerySelector("main")!.TextContent;
        HiringWords.ShouldAllBe(word => !text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Elsewhere_than_on_loopback_an_assessed_interview_shows_that_answers_are_recorded_and_no_scores()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres, urls: ServiceUnderTest.Everywhere);
        var id = await StartAsync(service, "assessed");
        await CommandAsync(service, id, "agree");
        await SendAsync(service, id, "I aim at retention.");
        await EndAsync(service, id);
        var page = await PageAsync(service, $"/practice/{id}/scorecard");
        page.QuerySelector("main")!.TextContent.ShouldContain("Your answers are recorded");
        page.QuerySelectorAll(".criterion").ShouldBeEmpty();
    }

    [Fact]
    public async Task Elsewhere_than_on_loopback_a_session_opens_to_its_token_and_to_nobody_else()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres, urls: ServiceUnderTest.Everywhere);
        var made = await CreateAsync(service, "practice");
        using var other = new HttpClient { BaseAddress = service.Address };
        var path = $"/practice/{made.GetProperty("id").GetGuid()}";
        (await other.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"{path}?token={made.GetProperty("token").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<IHtmlDocument> PageAsync(ServiceUnderTest service, string path) =>
        await new HtmlParser().ParseDocumentAsync(await service.Http.GetStringAsync(path));

    private static string IdOf(IHtmlDocument list) => list.QuerySelector("[data-session]")!.GetAttribute("data-session")!;

    private static async Task<JsonElement> CreateAsync(ServiceUnderTest service, string mode)
    {
        var answer = await service.Http.PostAsJsonAsync("/api/v1/sessions", new { problem = "video-recommendation", level = "senior", mode });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<Guid> StartAsync(ServiceUnderTest service, string mode) =>
        (await CreateAsync(service, mode)).GetProperty("id").GetGuid();

    private static async Task SendAsync(ServiceUnderTest service, Guid session, string text)
    {
        var answer = await service.Http.PostAsJsonAsync($"/api/v1/sessions/{session}/messages", new { id = "m1", text });
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static async Task CommandAsync(ServiceUnderTest service, Guid session, string command)
    {
        var answer = await service.Http.PostAsJsonAsync($"/api/v1/sessions/{session}/commands", new { command });
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    // Follows the events, so that no time has to be guessed.
    private static async Task EndAsync(ServiceUnderTest service, Guid session)
    {
        await CommandAsync(service, session, "stop");
        await using var events = await service.Http.GetStreamAsync($"/api/v1/sessions/{session}/events");
        using var lines = new StreamReader(events);
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Contains("\"state\":\"ended\"", StringComparison.Ordinal))
                return;
        }
    }
}
