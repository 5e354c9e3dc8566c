using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

public sealed class SlackServerTestsOfInstalling : IAsyncLifetime
{
    private const string Redirect = "http://127.0.0.1/slack/oauth";

    private readonly MovedTime _time = new();
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private SlackClient _slack = null!;

    public async ValueTask InitializeAsync() => await RestartAsync(rotate: false);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    [Theory]
    [InlineData("client_id", "nobody", "invalid_client_id")]
    [InlineData("redirect_uri", "nowhere", "bad_redirect_uri")]
    [InlineData("scope", "", "invalid_scope_requested")]
    public async Task The_page_wants_to_know_who_asks_for_what(string name, string value, string error)
    {
        (await AskAsync((name, value))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _slack.ShouldHaveRefused(error);
    }

    [Fact]
    public async Task Whoever_says_no_is_sent_back_with_that()
    {
        _slack.Server.InstallAs(_slack.Candidate, allows: false);
        var back = HttpUtility.ParseQueryString((await AskAsync()).Headers.Location!.Query);
        back["error"].ShouldBe("access_denied");
        back["state"].ShouldBe("s1");
    }

    [Theory]
    [InlineData("client_id", "nobody", "invalid_client_id")]
    [InlineData("client_secret", "guessed", "bad_client_secret")]
    [InlineData("code", "guessed", "invalid_code")]
    [InlineData("redirect_uri", "http://127.0.0.1/elsewhere", "bad_redirect_uri")]
    [InlineData("grant_type", "password", "invalid_grant_type")]
    [InlineData("grant_type", "authorization_code", "")]
    public async Task A_code_is_exchanged_by_whom_it_was_given_to(string name, string value, string error)
    {
        var answer = await ExchangeAsync(await CodeAsync(), (name, value));
        SlackClient.Error(answer).ShouldBe(error);
        _slack.ShouldHaveRefused(error);
        if (error.Length > 0) return;
        _slack.Token = answer.GetProperty("access_token").GetString()!;
        (await _slack.CallAsync("auth.test", "{}")).GetProperty("team_id").GetString().ShouldBe("T0TEAM1");
        answer.GetProperty("scope").GetString().ShouldBe("chat:write,im:write");
        answer.TryGetProperty("expires_in", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(600, false, "")]
    [InlineData(601, false, "invalid_code")]
    [InlineData(0, true, "invalid_code")]
    public async Task A_code_is_good_once_for_ten_minutes(double seconds, bool again, string error)
    {
        var code = await CodeAsync();
        if (again) await ExchangeAsync(code);
        _time.Move(seconds);
        SlackClient.Error(await ExchangeAsync(code)).ShouldBe(error);
    }

    [Fact]
    public async Task The_client_may_say_who_it_is_in_a_header()
    {
        using var form = new FormUrlEncodedContent([new("code", await CodeAsync()), new("redirect_uri", Redirect)]);
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("1764.5000:client-secret-of-the-tests"));
        SlackClient.Error(await SlackClient.ReadAsync(await _slack.SendAsync("oauth.v2.access", form, basic))).ShouldBeEmpty();
        _slack.Server.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_rotates_expires_and_is_refreshed_once()
    {
        await RestartAsync(rotate: true);
        var first = await ExchangeAsync(await CodeAsync());
        first.GetProperty("expires_in").GetInt32().ShouldBe(43_200);
        var refresh = first.GetProperty("refresh_token").GetString()!;
        _slack.Token = first.GetProperty("access_token").GetString()!;
        _time.Move(43_199);
        SlackClient.Error(await _slack.CallAsync("auth.test", "{}")).ShouldBeEmpty();
        _time.Move(1);
        SlackClient.Error(await _slack.CallAsync("auth.test", "{}")).ShouldBe("token_expired");
        var second = await RefreshAsync(refresh);
        _slack.Token = second.GetProperty("access_token").GetString()!;
        SlackClient.Error(await _slack.CallAsync("auth.test", "{}")).ShouldBeEmpty();
        SlackClient.Error(await RefreshAsync(refresh)).ShouldBe("invalid_refresh_token");
    }

    [Fact]
    public async Task A_workspace_that_left_can_come_back()
    {
        await _slack.Team.UninstallAsync();
        SlackClient.Error(await _slack.CallAsync("auth.test", "{}")).ShouldBe("token_revoked");
        await ExchangeAsync(await CodeAsync());
        _slack.Token = _slack.Team.BotToken;
        SlackClient.Error(await _slack.CallAsync("auth.test", "{}")).ShouldBeEmpty();
    }

    private async Task RestartAsync(bool rotate)
    {
        if (_slack is not null) await _slack.DisposeAsync();
        _slack = await SlackClient.StartAsync(new SlackOptions { Time = _time, Limits = SlackLimits.None, RotateTokens = rotate });
        _slack.Server.InstallAs(_slack.Candidate);
    }

    private async Task<HttpResponseMessage> AskAsync(params (string Name, string Value)[] change)
    {
        var query = HttpUtility.ParseQueryString($"client_id=1764.5000&scope=chat:write,im:write&state=s1&redirect_uri={Redirect}");
        foreach (var (name, value) in change) query[name] = value;
        return await _http.GetAsync(new UriBuilder(_slack.Server.AuthorizeUrl) { Query = query.ToString() }.Uri);
    }

    private async Task<string> CodeAsync()
    {
        var back = (await AskAsync()).Headers.Location!;
        back.AbsolutePath.ShouldBe("/slack/oauth");
        return HttpUtility.ParseQueryString(back.Query)["code"]!;
    }

    private Task<JsonElement> ExchangeAsync(string code, params (string Name, string Value)[] change) =>
        AccessAsync(new() { ["code"] = code, ["redirect_uri"] = Redirect }, change);

    private Task<JsonElement> RefreshAsync(string token) => AccessAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token }, []);

    private async Task<JsonElement> AccessAsync(Dictionary<string, string> fields, (string Name, string Value)[] change)
    {
        (fields["client_id"], fields["client_secret"]) = ("1764.5000", "client-secret-of-the-tests");
        foreach (var (name, value) in change) fields[name] = value;
        using var form = new FormUrlEncodedContent(fields);
        return await SlackClient.ReadAsync(await _slack.SendAsync("oauth.v2.access", form, null));
    }
}
