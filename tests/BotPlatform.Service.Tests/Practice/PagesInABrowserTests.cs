using BotPlatform.Tests.Shared;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class PagesInABrowserTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Problem = "video-recommendation";
    private readonly List<string> _errors = [];
    private Chromium _chromium = null!;
    private ServiceUnderTest _service = null!;

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _service = await ServiceUnderTest.StartAsync(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    [Fact]
    public async Task An_interview_goes_from_the_start_to_its_scorecard_with_a_reload_in_the_middle()
    {
        var page = await _chromium.OpenAsync(_service.Address, _errors);
        var interview = await InterviewPage.StartAsync(page, Problem, "senior");
        await interview.AnswerAsync("What should it achieve, and how many people use it each day?");
        await interview.AnswerAsync("I aim at retention. 10k requests per second at the peak, p99 of 200 ms, because a slow page loses people.");
        await page.Locator("[data-step=requirements]").GetByText("now").WaitForAsync();

        await interview.Composer.FillAsync("half a sentence");
        var (questions, own) = (await interview.Questions.AllInnerTextsAsync(), await interview.OwnTurns.AllInnerTextsAsync());
        await page.ReloadAsync();
        await interview.Questions.Nth(questions.Count - 1).WaitForAsync();
        (await interview.Questions.AllInnerTextsAsync()).ShouldBe(questions);
        (await interview.OwnTurns.AllInnerTextsAsync()).ShouldBe(own);
        (await interview.Composer.InputValueAsync()).ShouldBe("half a sentence");

        await SkipToTheEndAsync(interview);
        await interview.ScorecardLink.ClickAsync();
        await page.Locator("#requirements").WaitForAsync();
        (await page.Locator("article.criterion").CountAsync()).ShouldBe(10);
        (await page.Locator(".summary").InnerTextAsync()).ShouldContain("Rules only");
        _errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_written_while_the_service_is_away_is_sent_again_under_the_same_id()
    {
        var page = await _chromium.OpenAsync(_service.Address);
        var interview = await InterviewPage.StartAsync(page, Problem, "mid");
        var bodies = new List<string>();
        await page.RouteAsync("**/messages", async route =>
        {
            bodies.Add(route.Request.PostData!);
            // Once the request gets lost, once the service took it and the answer got lost.
            if (bodies.Count == 2)
                await route.FetchAsync();
            if (bodies.Count <= 2)
                await route.AbortAsync();
            else
                await route.ContinueAsync();
        });

        await interview.SendAsync("Which people use it?");
        await page.GetByText("Not sent yet – retrying").WaitForAsync();
        await interview.OwnTurns.First.WaitForAsync();
        await Assertions.Expect(interview.Pending).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await interview.Questions.Nth(1).WaitForAsync();
        (await interview.OwnTurns.CountAsync()).ShouldBe(1);
        bodies.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Text_is_shown_as_it_was_written_and_never_as_markup()
    {
        var page = await _chromium.OpenAsync(_service.Address, _errors);
        var interview = await InterviewPage.StartAsync(page, Problem, "mid");
        const string Text = "<img src=x onerror=alert(1)>\n```\n<b>score</b> = a & b\n```\nand <i>so</i> on";
        await interview.AnswerAsync(Text);
        (await interview.OwnTurns.First.Locator("p[dir=auto]").First.InnerTextAsync()).ShouldBe("<img src=x onerror=alert(1)>");
        (await interview.OwnTurns.First.Locator("pre").InnerTextAsync()).ShouldBe("<b>score</b> = a & b");
        (await page.Locator(".turn img, .turn b, .turn i").CountAsync()).ShouldBe(0);
        _errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_can_be_changed_and_taken_back()
    {
        var page = await _chromium.OpenAsync(_service.Address, _errors);
        var interview = await InterviewPage.StartAsync(page, Problem, "mid");
        await interview.AnswerAsync("Who are teh users?");
        var own = interview.OwnTurns.First;
        await own.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await own.GetByLabel("Change your message").FillAsync("Who are the users?");
        await own.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(own.Locator(".body")).ToHaveTextAsync("Who are the users?");

        await own.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Assertions.Expect(own.Locator(".body")).ToHaveTextAsync("Message deleted");
        _errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stopping_asks_first_and_a_session_can_be_deleted_from_the_list()
    {
        var page = await _chromium.OpenAsync(_service.Address, _errors);
        var interview = await InterviewPage.StartAsync(page, Problem, "mid");
        await interview.SendAsync("stop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Carry on" }).ClickAsync();
        await Assertions.Expect(interview.Composer).ToBeVisibleAsync();
        await interview.CommandAsync("stop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop and score" }).ClickAsync();
        await interview.ScorecardLink.WaitForAsync();

        await page.GotoAsync("/practice");
        await page.Locator("[data-delete]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".session")).ToHaveCountAsync(0);
        _errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_pages_have_no_serious_barriers(ColorScheme colors)
    {
        var page = await _chromium.OpenAsync(_service.Address, colors: colors);
        await page.GotoAsync("/practice");
        await page.Locator("summary").ClickAsync();
        await page.ShouldHaveNoBarriersAsync();
        var interview = await InterviewPage.StartAsync(page, Problem, "staff");
        await interview.AnswerAsync("I aim at retention.\n```\nscore = p * watch\n```");
        await interview.CommandAsync("hint");
        await page.Locator(".turn.notice").WaitForAsync();
        await page.ShouldHaveNoBarriersAsync();
        await SkipToTheEndAsync(interview);
        await page.ShouldHaveNoBarriersAsync();
        await interview.ScorecardLink.ClickAsync();
        await page.Locator("#requirements").WaitForAsync();
        await page.EvaluateAsync("for (const d of document.querySelectorAll('details')) d.open = true");
        await page.ShouldHaveNoBarriersAsync();
        await page.GotoAsync("/practice/nowhere");
        await page.ShouldHaveNoBarriersAsync();
    }

    private static async Task SkipToTheEndAsync(InterviewPage interview)
    {
        while (!await interview.ScorecardLink.IsVisibleAsync())
            await interview.UntilNextQuestionAsync(() => interview.CommandAsync("skip"));
    }
}
