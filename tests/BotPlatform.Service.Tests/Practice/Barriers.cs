using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>What keeps people who do not see, or do not see well, from using a page.</summary>
internal static class Barriers
{
    public static async Task ShouldHaveNoBarriersAsync(this IPage page)
    {
        var found = await page.RunAxe();
        found.Violations
            .Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id} on {page.Url}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")
            .ShouldBeEmpty();
    }
}
