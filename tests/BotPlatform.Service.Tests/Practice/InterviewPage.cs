using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>What a candidate does on the pages, and sees there.</summary>
internal sealed partial class InterviewPage(IPage page)
{
    public ILocator Questions => page.Locator(".turn.question");

    public ILocator OwnTurns => page.Locator(".turn.candidate:not(.pending)");

    public ILocator Pending => page.Locator(".turn.pending");

    public ILocator Composer => page.Locator("#text");

    public ILocator ScorecardLink => page.Locator("#scorecard");

    public static async Task<InterviewPage> StartAsync(IPage page, string problem, string level)
    {
        await page.GotoAsync("/practice");
        await page.Locator($"input[name=problem][value={problem}]").CheckAsync();
        await page.Locator($"input[name=level][value={level}]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the interview" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Session());
        var interview = new InterviewPage(page);
        await interview.Composer.WaitForAsync();
        return interview;
    }

    public async Task SendAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Does something and waits until the interviewer has gone on, or has ended the interview.</summary>
    public async Task UntilNextQuestionAsync(Func<Task> act)
    {
        var asked = await Questions.CountAsync();
        await act();
        await Questions.Nth(asked).Or(page.Locator("#over:not([hidden])")).First.WaitForAsync();
    }

    public Task AnswerAsync(string text) => UntilNextQuestionAsync(() => SendAsync(text));

    public Task CommandAsync(string command) => page.Locator($"#tools [data-command={command}]").ClickAsync();

    [GeneratedRegex("/practice/[0-9a-f-]{36}$", RegexOptions.None, 1000)]
    private static partial Regex Session();
}
