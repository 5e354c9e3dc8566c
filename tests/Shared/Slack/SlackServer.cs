using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>
/// Stands in for Slack: workspaces with people who write, click and fill in forms, and the Web API that an app answers
/// with. Takes what Slack takes, refuses what it refuses, and notes what a careful app would not do.
/// </summary>
public sealed partial class SlackServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Api _api;
    private readonly HttpWay _http;
    private readonly SocketWay _way;

    private SlackServer(SlackOptions options)
    {
        World = new World(options);
        World.Tokens[options.AppToken] = new Token(options.AppToken, null, ["connections:write"]);
        _api = new Api(this);
        _http = new HttpWay(options);
        Telling = new Telling(World, _http, _stopping.Token);
        OAuth = new OAuth(World);
        _way = new SocketWay(World);
        SocketLink = new SocketLink(World, _way, _stopping.Token);
        Socket = new SlackSocket(_way);
        World.Tell = (team, inner) => Telling.Start(() => TellAsync(team, inner));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            GatedStream.Beneath(context);
            return next(context);
        });
        _app.UseWebSockets();
        _app.Run(HandleAsync);
    }

    /// <summary>Where the methods are: each by its name.</summary>
    public Uri ApiBaseUrl => new(BaseUrl, "/api/");

    public Uri BaseUrl => new(_app.Urls.First());

    public SlackFaults Faults { get; } = new();

    /// <summary>A line for every call that was refused, and for everything that Slack would let pass and a careful app would not do.</summary>
    public IReadOnlyList<string> Refusals => World.Locked<IReadOnlyList<string>>(() => [.. World.Refusals]);

    /// <summary>Every call of the Web API, in order.</summary>
    public IReadOnlyList<SlackCall> Calls => World.Locked<IReadOnlyList<SlackCall>>(() => [.. World.Calls]);

    /// <summary>The page where somebody allows the app into their workspace.</summary>
    public Uri AuthorizeUrl => new(BaseUrl, "/oauth/v2/authorize");

    internal World World { get; }

    internal OAuth OAuth { get; }

    public static async Task<SlackServer> StartAsync(SlackOptions? options = null)
    {
        var server = new SlackServer(options ?? new SlackOptions());
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A workspace that has the app installed.</summary>
    /// <param name="scopes">None for the usual ones.</param>
    public SlackTeam AddTeam(string id, params IReadOnlyList<string> scopes) =>
        World.Locked(() => World.Teams[id] = new SlackTeam(this, id, scopes));

    /// <summary>Who stands before the page that asks to install the app, and whether they allow it.</summary>
    public void InstallAs(SlackPerson person, bool allows = true) => World.Locked(() => OAuth.Asked = (person, allows));

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        _stopping.Dispose();
    }

    internal async Task WaitAsync(TimeSpan time, CancellationToken aborted)
    {
        if (time <= TimeSpan.Zero) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping.Token);
        await Task.Delay(time, World.Options.Time, either.Token);
    }

    internal async Task WaitAsync(HeldCalls? held, CancellationToken aborted)
    {
        if (held is null) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping.Token);
        await held.WaitAsync(either.Token);
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            var path = context.Request.Path.Value ?? "";
            if (path.StartsWith("/api/", StringComparison.Ordinal)) await _api.HandleAsync(context, path["/api/".Length..]);
            else if (path.StartsWith("/actions/", StringComparison.Ordinal)) await Answers.HandleAsync(this, context);
            else if (path == "/oauth/v2/authorize") await OAuth.AuthorizeAsync(context);
            else if (path == "/link/") await SocketLink.HandleAsync(context);
            else await NotFoundAsync(context);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
#pragma warning disable CA1031 // Whatever breaks here, the test is to hear of it.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            World.Refuse($"{context.Request.Path}: {wrong}");
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private Task NotFoundAsync(HttpContext context)
    {
        World.Refuse($"{context.Request.Method} {context.Request.Path}: not found");
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("not found", Encoding.UTF8, context.RequestAborted);
    }
}
