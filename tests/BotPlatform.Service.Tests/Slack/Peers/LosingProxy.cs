using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace BotPlatform.Service.Tests.Slack.Peers;

/// <summary>Stands between us and another's Slack, notes what is called, and loses some answers after the call was carried out.</summary>
internal sealed class LosingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly Uri _to;
    private readonly ConcurrentQueue<(string Method, int Status)> _calls = new();

    private LosingProxy(Uri to)
    {
        _to = to;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri ApiBaseUrl => new(new Uri(_app.Urls.First()), "/api/");

    /// <summary>Each call, with the status of its answer.</summary>
    public IReadOnlyList<(string Method, int Status)> Calls => [.. _calls];

    /// <summary>Whether the answer to this call is lost; it is asked once for each.</summary>
    public Func<string, bool> Loses { get; set; } = _ => false;

    public static async Task<LosingProxy> StartAsync(Uri to)
    {
        var proxy = new LosingProxy(to);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var method = context.Request.Path.Value!["/api/".Length..];
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_to, method)) { Content = new ByteArrayContent(body.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        _calls.Enqueue((method, (int)response.StatusCode));
        if (Loses(method))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer);
    }
}
