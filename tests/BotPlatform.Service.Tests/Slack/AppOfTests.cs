using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>What arrived at the app, and how it was signed.</summary>
internal sealed record Arrived(string Path, string Body, IHeaderDictionary Headers)
{
    /// <summary>The event's envelope, or the payload of an interaction.</summary>
    public JsonElement Json => JsonElement.Parse(Form("payload") ?? Body);

    public JsonElement Event => Json.GetProperty("event");

    public string? Form(string name) =>
        Headers.ContentType == "application/json" ? null : new FormReader(Body).ReadForm().GetValueOrDefault(name).FirstOrDefault();
}

/// <summary>The side that Slack talks to: keeps what arrives and answers what the test says.</summary>
internal sealed class AppOfTests : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<Arrived> _arrived = [];

    private AppOfTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<Arrived> Arrived
    {
        get
        {
            lock (_lock) return [.. _arrived];
        }
    }

    public IReadOnlyList<JsonElement> Events => [.. Arrived.Where(one => one.Path == "/slack/events").Select(one => one.Event)];

    /// <summary>Status, content type and body of the next answers.</summary>
    public Func<Arrived, (int Status, string Type, string Body)> Answer { get; set; } = _ => (200, "text/plain", "");

    public static async Task<AppOfTests> StartAsync()
    {
        var app = new AppOfTests();
        await app._app.StartAsync();
        return app;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var arrived = new Arrived(context.Request.Path, body, new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
        lock (_lock) _arrived.Add(arrived);
        var (status, type, text) = Answer(arrived);
        if (status == 0)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        await context.Response.WriteAsync(text);
    }
}
