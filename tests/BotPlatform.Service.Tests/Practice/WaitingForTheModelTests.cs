using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Tests.Commands;
using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>What a candidate sees in a browser while a language model grades, and when it has.</summary>
public sealed class WaitingForTheModelTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<string> _errors = [];
    private Chromium _chromium = null!;
    private ModelServer _server = null!;
    private ServiceUnderTest _service = null!;

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _server = await ModelServer.StartAsync(r => GoodReplies.IsGrade(r) ? new ModelAnswer.Status(401) : GoodReplies.To(r));
        _service = await ServiceUnderTest.StartAsync(postgres, models: TestModels.Settings(TestModels.OpenAi(_server)), content: CommandContent.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    [Fact]
    public async Task Chat_and_scorecard_say_that_they_wait_and_show_the_card_by_themselves()
    {
        var page = await _chromium.OpenAsync(_service.Address, _errors);
        var interview = await InterviewPage.StartAsync(page, CommandContent.Problem, "senior");
        await interview.AnswerAsync("I aim at time well spent, because a feed that wastes time loses people.");
        await interview.CommandAsync("stop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop and score" }).ClickAsync();
        await page.GetByText("Waiting for the model").WaitForAsync();
        await page.ShouldHaveNoBarriersAsync();

        await page.GotoAsync(new Uri(page.Url).AbsolutePath + "/scorecard");
        await page.GetByText("Waiting for the model").WaitForAsync();
        await page.ShouldHaveNoBarriersAsync();

        _server.Answer = r => GoodReplies.To(r);
        // Once the failed try is set aside; before that there is nothing to try again.
        while (await new Outbox(_service.Database.Source).RetryAsync(effect: null, TimeProvider.System.GetUtcNow(), CancellationToken.None) == 0)
            await Task.Delay(20);
        await page.Locator("#requirements .parts").WaitForAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.EvaluateAsync("for (const d of document.querySelectorAll('details')) d.open = true");
        await page.ShouldHaveNoBarriersAsync();
        _errors.ShouldBeEmpty();
    }
}
