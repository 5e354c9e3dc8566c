using System.Net;
using System.Text;
using System.Web;
using BotPlatform.Adapters.Slack;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>A team installs the app, from our page over Slack's to ours.</summary>
public sealed class InstallTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_team_that_installs_the_app_can_begin_an_interview()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        var (status, page, _) = await here.InstallAsync();

        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("The app is installed in Workspace T0TEAM1");
        page.ShouldContain("type /interview");
        page.ShouldContain("https://slack.com/app_redirect?app=A0APP1&team=T0TEAM1");
        page.ShouldNotContain("href=\"/practice\"");
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
        (await here.Admin.SlashAsync("/interview")).Body.ShouldBeEmpty();
        here.Admin.Modals.Count.ShouldBe(1);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tokens_stand_nowhere_in_the_clear()
    {
        await using var here = await InstallableSlack.StartAsync(postgres, rotates: true);
        var (_, page, _) = await here.InstallAsync();

        var stored = (await here.StoredAsync())!;
        stored.TokenExpiresAt.ShouldNotBeNull();
        Encoding.Latin1.GetString(stored.Token!).ShouldNotContain("xox");
        Encoding.Latin1.GetString(stored.RefreshToken!).ShouldNotContain("xox");
        page.ShouldNotContain("xox");
        here.Logs.Lines.ShouldAllBe(l => !l.Contains("xox", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_page_asks_for_no_more_than_is_needed_and_marks_the_browser()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        var (slack, cookie) = await here.BeginAsync();

        slack.GetLeftPart(UriPartial.Path).ShouldBe(here.Slack.AuthorizeUrl.ToString());
        var asked = HttpUtility.ParseQueryString(slack.Query);
        asked["scope"]!.Split(',').ShouldBe(SlackOAuth.Scopes);
        asked["redirect_uri"].ShouldBe("https://interviews.example/slack/oauth");
        var parts = cookie.ToLowerInvariant().Split("; ");
        parts.ShouldBeSubsetOf([parts[0], "max-age=600", "path=/slack/oauth", "secure", "samesite=lax", "httponly", .. parts.Where(p => p.StartsWith("expires", StringComparison.Ordinal))]);
        parts.ShouldContain("httponly");
        parts.ShouldContain("secure");
        (await here.BeginAsync()).SetCookie.ShouldNotBe(cookie);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_installs_nothing_again()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        var (slack, cookie) = await here.BeginAsync();
        var back = await here.AskAsync(slack);
        var first = await here.ReturnAsync(back, cookie.Split(';')[0]);
        first.Status.ShouldBe(HttpStatusCode.OK);
        first.SetCookie.ShouldContain("expires=Thu, 01 Jan 1970");
        first.SetCookie.ShouldContain("path=/slack/oauth");

        (await here.ReturnAsync(back, cookie: null)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var kept = await here.ReturnAsync(back, cookie.Split(';')[0]);
        kept.Status.ShouldBe(HttpStatusCode.BadRequest);
        kept.Page.ShouldContain("permission was used before or is too old");
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
    }

    [Fact]
    public async Task An_installation_again_takes_the_new_token()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        await here.InstallAsync();
        var first = await here.TokenAsync();
        await here.InstallAsync();
        (await here.TokenAsync()).ShouldNotBe(first);
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
    }

    [Theory]
    [InlineData("slack/install")]
    [InlineData("slack/oauth?code=1&state=2")]
    public async Task Where_teams_cannot_install_the_app_there_are_no_such_pages(string path)
    {
        await using var one = await SlackInstallation.StartAsync(postgres);
        (await one.Service.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var none = await ServiceUnderTest.StartAsync(postgres);
        (await none.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void The_manifests_ask_for_the_same()
    {
        var folder = Path.Combine(Repository.Root, "deploy", "slack");
        foreach (var manifest in Directory.Exists(folder) ? Directory.GetFiles(folder, "manifest*.yaml") : [])
        {
            var lines = File.ReadAllLines(manifest).Select(l => l.Trim()).ToArray();
            var asked = lines.SkipWhile(l => l != "bot:").Skip(1).Select(l => l.Split('#')[0].Trim()).TakeWhile(l => l.Length == 0 || l[0] == '-').Where(l => l.Length > 0).Select(l => l[1..].Trim());
            asked.Order(StringComparer.Ordinal).ShouldBe(SlackOAuth.Scopes.Order(StringComparer.Ordinal), manifest);
        }
    }
}
