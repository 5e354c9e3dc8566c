using Microsoft.Playwright;
using Xunit;

namespace BotPlatform.Service.Tests;

/// <summary>
/// Debian's chromium, driven by Playwright. A machine without it leaves browser tests out and says so; CI must have it.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Path = "/usr/bin/chromium";
    private static int s_said;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        if (!File.Exists(Path) && Environment.GetEnvironmentVariable("CI") != "true")
            LeaveOut($"Left out: no browser at {Path} (Debian: apt-get install chromium), so the pages were not tried in one.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
        });
        return new Chromium(playwright, browser);
    }

    // The runner lists skipped tests without their reason; a person at the machine should read it, once.
    private static void LeaveOut(string why)
    {
        if (Interlocked.Exchange(ref s_said, 1) == 0)
            TestContext.Current.SendDiagnosticMessage(why);
        Assert.Skip(why);
    }

    /// <summary>A page of a fresh profile; what goes wrong in its scripts is added to <paramref name="errors"/>.</summary>
    public async Task<IPage> OpenAsync(Uri address, List<string>? errors = null, ColorScheme colors = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => errors?.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors?.Add(message.Text);
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
