using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>A workspace with one candidate, and an app that calls Slack as the tests say.</summary>
internal sealed class SlackClient : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private SlackClient(SlackServer server)
    {
        Server = server;
        Team = server.AddTeam("T0TEAM1");
        Candidate = Team.AddUser("U0CAND1");
        Token = Team.BotToken;
    }

    public SlackServer Server { get; }

    public SlackTeam Team { get; }

    public SlackPerson Candidate { get; }

    public string Token { get; set; }

    public static async Task<SlackClient> StartAsync(SlackOptions? options = null) =>
        new(await SlackServer.StartAsync(options ?? new SlackOptions { Limits = SlackLimits.None }));

    public Task<HttpResponseMessage> SendAsync(string method, HttpContent content) => SendAsync(method, content, $"Bearer {Token}");

    public async Task<HttpResponseMessage> SendAsync(string method, HttpContent content, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.ApiBaseUrl, method)) { Content = content };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _http.SendAsync(request);
    }

    /// <summary>JSON as Slack wants it.</summary>
    public async Task<JsonElement> CallAsync(string method, string json) => await ReadAsync(await SendAsync(method, Json(json)));

    public async Task<JsonElement> FormAsync(string method, params (string Name, string Value)[] fields) =>
        await ReadAsync(await SendAsync(method, new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value))));

    /// <summary>Posts text to the candidate.</summary>
    public async Task<string> PostAsync(string text) =>
        (await CallAsync("chat.postMessage", $$"""{"channel":"{{Candidate.Dm.Id}}","text":"{{text}}"}""")).GetProperty("ts").GetString()!;

    public static StringContent Json(string json) => new(json, new MediaTypeHeaderValue("application/json", "utf-8"));

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    public static string Error(JsonElement answer) => answer.GetProperty("ok").GetBoolean() ? "" : answer.GetProperty("error").GetString()!;

    public static StringContent Text(string text, string type) => new(text, Encoding.UTF8, type);

    /// <summary>One call refused with that code, and nothing else to be said about.</summary>
    public void ShouldHaveRefused(string error)
    {
        if (error.Length == 0) Server.Refusals.ShouldBeEmpty();
        else Server.Refusals.ShouldHaveSingleItem().ShouldContain(error);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>A clock that the test moves; timers run by the real one.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Move(double seconds) => Interlocked.Add(ref _ticks, TimeSpan.FromSeconds(seconds).Ticks);
}
