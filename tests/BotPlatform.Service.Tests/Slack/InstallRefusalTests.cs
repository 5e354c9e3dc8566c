using System.Net;
using System.Web;
using BotPlatform.Service.Slack;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Installations that come to nothing: each says why on a page, and changes nothing.</summary>
public sealed class InstallRefusalTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Whoever_says_no_in_Slack_reads_that_nothing_was_changed()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        here.Slack.InstallAs(here.Admin, allows: false);
        await ShouldRefuseAsync(here, await here.InstallAsync(), HttpStatusCode.Forbidden, "not allowed in Slack");
        here.Exchanges("authorization_code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("empty")]
    [InlineData("changed")]
    [InlineData("garbled")]
    [InlineData("another")]
    [InlineData("only in the address")]
    public async Task A_state_that_is_not_the_browsers_own_is_refused(string how)
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        var (slack, cookie) = await here.BeginAsync();
        var (back, own) = (HttpUtility.ParseQueryString(await here.AskAsync(slack)), cookie.Split(';')[0]);
        var other = HttpUtility.ParseQueryString((await here.BeginAsync()).Slack.Query)["state"];
        switch (how)
        {
            case "none":
                back.Remove("state");
                break;
            case "empty":
                (back["state"], own) = ("", InstallState.Cookie + "=");
                break;
            case "changed":
                back["state"] = (back["state"]![0] == 'A' ? "B" : "A") + back["state"]![1..];
                own = $"{InstallState.Cookie}={back["state"]}";
                break;
            case "garbled":
                back["state"] = back["state"]![..^1] + "!";
                own = $"{InstallState.Cookie}={back["state"]}";
                break;
            case "another":
                back["state"] = other;
                break;
        }

        var came = await here.ReturnAsync("?" + back, how == "only in the address" ? null : own);
        await ShouldRefuseAsync(here, came, HttpStatusCode.BadRequest, "begun in another browser");
        here.Exchanges("authorization_code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(600, HttpStatusCode.OK)]
    [InlineData(601, HttpStatusCode.BadRequest)]
    public async Task A_state_lasts_ten_minutes(int seconds, HttpStatusCode expected)
    {
        var time = new MovedTime();
        await using var here = await InstallableSlack.StartAsync(postgres, time);
        var (slack, cookie) = await here.BeginAsync();
        time.Move(seconds);
        var back = await here.AskAsync(slack);
        (await here.ReturnAsync(back, cookie.Split(';')[0])).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Without_a_code_nothing_is_asked_for()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        await ShouldRefuseAsync(here, await here.InstallAsync(back => back.Remove("code")), HttpStatusCode.BadRequest, "without saying that you allowed it");
        here.Exchanges("authorization_code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bad_client_secret", HttpStatusCode.InternalServerError, "not set up rightly", "check Slack:ClientId and Slack:ClientSecret")]
    [InlineData("bad_redirect_uri", HttpStatusCode.InternalServerError, "not set up rightly", "add https://interviews.example/slack/oauth")]
    [InlineData("invalid_code", HttpStatusCode.BadRequest, "is too old", "invalid_code")]
    [InlineData("something_new", HttpStatusCode.BadGateway, "Slack refused it", "something_new")]
    [InlineData("internal_error", HttpStatusCode.ServiceUnavailable, "did not answer as it should", "internal_error")]
    public async Task What_Slack_refuses_is_told_to_the_visitor_and_to_the_operator(string error, HttpStatusCode status, string said, string logged)
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        here.Slack.Faults.Error("oauth.v2.access", error);
        await ShouldRefuseAsync(here, await here.InstallAsync(), status, said);
        here.Logs.Lines.ShouldContain(l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains(logged, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Slack_that_is_away_or_wants_fewer_calls_is_tried_again_later()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        here.Slack.Faults.Status("oauth.v2.access", 503);
        here.Slack.Faults.NotJson("oauth.v2.access");
        here.Slack.Faults.RateLimit("oauth.v2.access", 0);
        for (var i = 0; i < 3; i++)
            await ShouldRefuseAsync(here, await here.InstallAsync(), HttpStatusCode.ServiceUnavailable, "start again in a minute");
        (await here.InstallAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldRefuseAsync(InstallableSlack here, (HttpStatusCode Status, string Page, string SetCookie) came, HttpStatusCode status, string said)
    {
        came.Status.ShouldBe(status);
        came.Page.ShouldContain("The app was not installed");
        came.Page.ShouldContain(said);
        came.Page.ShouldNotContain("1764.");
        if (status != HttpStatusCode.InternalServerError)
            came.Page.ShouldContain("https://interviews.example/slack/install");
        here.Logs.Lines.ShouldAllBe(l => !l.Contains("1764.", StringComparison.Ordinal));
        (await here.StoredAsync()).ShouldBeNull();
    }
}
