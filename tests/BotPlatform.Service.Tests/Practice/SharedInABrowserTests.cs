using BotPlatform.Tests.Shared;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>A shared scorecard on a phone and on a desk, by day and by night.</summary>
public sealed class SharedInABrowserTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    [InlineData(1200, ColorScheme.Light)]
    public async Task It_fits_reads_well_and_leads_from_a_quote_to_its_turn(int width, ColorScheme colors)
    {
        await using var chromium = await Chromium.StartAsync();
        await using var service = await ServiceUnderTest.StartAsync(postgres, slack: SharedPage.Slack);
        var session = await SharedPage.EndedOnAsync(
            service,
            "video-recommendation",
            "What should it achieve, and how many people use it each day? I aim at retention, because clicks reward bait.",
            "10k requests per second at the peak, p99 of 200 ms, because a slow page loses people.\n\n```python\ndef score(user, item): return w_long * p_return(user, item) + w_short * p_watch(user, item)  # a long line\n```");
        await SharedPage.AttachAsync(service, session, "m2", "a diagram with quite a long name that somebody has drawn.png", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var errors = new List<string>();
        var page = await chromium.OpenAsync(service.Address, errors, colors);
        await page.SetViewportSizeAsync(width, 900);
        await page.GotoAsync(SharedPage.Link(service, session));
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await page.ShouldHaveNoBarriersAsync();

        var quote = page.Locator(".evidence a").First;
        var turn = (await quote.GetAttributeAsync("href"))!;
        await quote.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + turn);
        await Assertions.Expect(page.Locator(turn)).ToBeInViewportAsync();
        errors.ShouldBeEmpty();
    }
}
