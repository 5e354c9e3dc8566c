using System.Net;
using System.Web;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Service.Slack;
using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Microsoft.Extensions.Logging;
using Shouldly;
using SlackTeam = BotPlatform.Tests.Shared.Slack.SlackTeam;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>A service that teams install themselves, a Slack with one such team, and somebody with a browser.</summary>
internal sealed class InstallableSlack : IAsyncDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly Uri s_publicUrl = new("https://interviews.example/");
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly SlackOptions _options;

    private InstallableSlack(SlackServer slack, SlackOptions options)
    {
        (Slack, _options) = (slack, options);
        Team = slack.AddTeam("T0TEAM1");
        Admin = Team.AddUser("U0ADMIN");
        slack.InstallAs(Admin);
    }

    public SlackServer Slack { get; }

    public SlackTeam Team { get; }

    public SlackPerson Admin { get; }

    public ServiceUnderTest Service { get; private set; } = null!;

    public KeptLogs Logs { get; } = new();

    public static async Task<InstallableSlack> StartAsync(PostgresFixture postgres, TimeProvider? time = null, bool rotates = false, TestDatabase? database = null)
    {
        var options = new SlackOptions { Limits = SlackLimits.None, Time = time ?? TimeProvider.System, RotateTokens = rotates };
        var here = new InstallableSlack(await SlackServer.StartAsync(options), options);
        here.Service = await here.StartNodeAsync(postgres, database, [Key]);
        here.Slack.DeliverTo(here.Service.Address);
        return here;
    }

    /// <param name="keys">For tokens at rest, the newest first.</param>
    public async Task<ServiceUnderTest> StartNodeAsync(PostgresFixture postgres, TestDatabase? database, params IReadOnlyList<byte[]> keys)
    {
        var settings = new SlackSettings(
            [_options.SigningSecret], null, null, new SlackInstall(_options.ClientId, _options.ClientSecret, keys), Slack.ApiBaseUrl, s_publicUrl, SlackSettings.DefaultCommand);
        var node = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, slack: settings, time: _options.Time, shared: database);
        node.Get<ILoggerFactory>().AddProvider(Logs);
        return node;
    }

    /// <summary>Opens the page where an installation begins: where it leads to, and the cookie it sets.</summary>
    public async Task<(Uri Slack, string SetCookie)> BeginAsync()
    {
        using var answer = await _browser.GetAsync(new Uri(Service.Address, "slack/install"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return (answer.Headers.Location!, answer.Headers.GetValues("Set-Cookie").Single());
    }

    /// <summary>Lets Slack ask, and gives what it sends back in the address.</summary>
    public async Task<string> AskAsync(Uri slack)
    {
        using var answer = await _browser.GetAsync(slack);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.GetLeftPart(UriPartial.Path).ShouldBe("https://interviews.example/slack/oauth");
        return answer.Headers.Location.Query;
    }

    public async Task<(HttpStatusCode Status, string Page, string SetCookie)> ReturnAsync(string query, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Service.Address, "slack/oauth" + query));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var answer = await _browser.SendAsync(request);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Single() : "");
    }

    /// <summary>From the first page to the last.</summary>
    /// <param name="change">Changes what Slack sends back.</param>
    public async Task<(HttpStatusCode Status, string Page, string SetCookie)> InstallAsync(Action<System.Collections.Specialized.NameValueCollection>? change = null)
    {
        var (slack, cookie) = await BeginAsync();
        var back = HttpUtility.ParseQueryString(await AskAsync(slack));
        change?.Invoke(back);
        return await ReturnAsync("?" + back, cookie.Split(';')[0]);
    }

    /// <summary>The team as the database holds it; null for none.</summary>
    public async Task<Adapters.Postgres.SlackTeam?> StoredAsync() => await Service.Get<SlackTeams>().FindAsync(Team.Id, CancellationToken.None);

    /// <summary>What the service speaks with in the team.</summary>
    public async Task<string?> TokenAsync(ServiceUnderTest? node = null)
    {
        var teams = (node ?? Service).Get<SlackTeamsHere>();
        await teams.ReadAsync(CancellationToken.None);
        return teams.TokenOf((await teams.FindAsync(Team.Id, CancellationToken.None))!);
    }

    /// <summary>How often tokens were asked for, with what.</summary>
    public IReadOnlyList<SlackCall> Exchanges(string grant) => [.. Slack.Calls.Where(c => c.Method == "oauth.v2.access" && (c["grant_type"] ?? "authorization_code") == grant)];

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Slack.DisposeAsync();
        _browser.Dispose();
        Logs.Dispose();
    }
}
