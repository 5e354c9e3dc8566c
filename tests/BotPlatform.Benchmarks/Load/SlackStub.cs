using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace BotPlatform.Benchmarks.Load;

/// <summary>The least of a Slack: takes every call, gives channels and timestamps, and keeps in which thread each person is.</summary>
internal sealed class SlackStub : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _threads = new(StringComparer.Ordinal);
    private int _posts;

    private SlackStub()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public static async Task<SlackStub> StartAsync()
    {
        var stub = new SlackStub();
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>What connects a service to it.</summary>
    public IReadOnlyDictionary<string, string> Environment() => new Dictionary<string, string>
    {
        ["Slack__SigningSecret"] = SlackEvents.Secret,
        ["Slack__BotToken"] = "xoxb-benchmark",
        ["Slack__ApiBaseUrl"] = new Uri(new Uri(_app.Urls.First()), "/api/").ToString(),
    };

    /// <summary>Who is interviewed, and where.</summary>
    public IReadOnlyList<(string User, string Channel, string Thread)> Threads() =>
        [.. _threads.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => ("U" + t.Key[1..], t.Key, t.Value))];

    /// <summary>Begins so many interviews and waits until each has its thread, for which the service takes the time that Slack's limits ask for.</summary>
    public async Task OpenAsync(Uri service, int interviews, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        // The team is taken in first.
        while (_threads.IsEmpty)
        {
            await StartAsync(http, service, 0, either.Token);
            await Task.Delay(500, either.Token);
        }

        for (var n = 1; n < interviews; n++)
            await StartAsync(http, service, n, either.Token);
        while (_threads.Count < interviews)
            await Task.Delay(100, either.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task StartAsync(HttpClient http, Uri service, int number, CancellationToken cancellation)
    {
        using var request = SlackEvents.Start(service, $"U{number:D5}", "video-recommendation");
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var arguments = await JsonDocument.ParseAsync(context.Request.HasJsonContentType() ? context.Request.Body : new MemoryStream("{}"u8.ToArray()));
        string? Argument(string name) => arguments.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
        object answer;
        switch (context.Request.Path.Value!["/api/".Length..])
        {
            case "auth.test":
                answer = new { ok = true, team_id = SlackEvents.Team, user_id = "U0BOT1", team = "Benchmark" };
                break;
            case "conversations.open":
                answer = new { ok = true, channel = new { id = "D" + Argument("users")![1..] } };
                break;
            case "chat.postMessage":
                var ts = string.Create(CultureInfo.InvariantCulture, $"1700000000.{Interlocked.Increment(ref _posts):D6}");
                if (Argument("thread_ts") is null)
                    _threads.TryAdd(Argument("channel")!, ts);
                answer = new { ok = true, channel = Argument("channel"), ts };
                break;
            default:
                answer = new { ok = true };
                break;
        }

        await context.Response.WriteAsJsonAsync(answer);
    }
}
