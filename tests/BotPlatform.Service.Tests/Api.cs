using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace BotPlatform.Service.Tests;

/// <summary>The HTTP API as tests speak it.</summary>
internal static class Api
{
    public const string Sessions = "/api/v1/sessions";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Begins a session, waits until the interviewer has spoken, however busy the machine, and gives its id.</summary>
    public static async Task<string> BeginAsync(
        this HttpClient http, string problem = SmallContent.Problem, string level = "mid", string mode = "practice")
    {
        using var response = await http.PostAsJsonAsync(Sessions, new { problem, level, mode });
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (await response.BodyAsync()).GetProperty("id").GetString()!;
        await http.UntilAsync(id, s => s.State() != "new");
        return id;
    }

    public static Task<HttpResponseMessage> SayAsync(this HttpClient http, string session, string id, string text) =>
        http.PostAsJsonAsync($"{Sessions}/{session}/messages", new { id, text });

    public static Task<HttpResponseMessage> CommandAsync(this HttpClient http, string session, string command) =>
        http.PostAsJsonAsync($"{Sessions}/{session}/commands", new { command });

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient http, string path, string json) =>
        http.PostBytesAsync(path, Encoding.UTF8.GetBytes(json));

    public static async Task<HttpResponseMessage> PostBytesAsync(this HttpClient http, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return await http.PostAsync(path, content);
    }

    public static async Task<JsonElement> SessionAsync(this HttpClient http, string session)
    {
        using var response = await http.GetAsync($"{Sessions}/{session}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.BodyAsync();
    }

    /// <summary>The session once it is as expected; fails with what it is instead.</summary>
    public static async Task<JsonElement> UntilAsync(this HttpClient http, string session, Func<JsonElement, bool> expected)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var now = await http.SessionAsync(session);
            if (expected(now))
                return now;
            limit.IsCancellationRequested.ShouldBeFalse($"the session stayed like this: {now}");
            await Task.Delay(10);
        }
    }

    /// <summary>Says something, and waits until the interviewer has answered it.</summary>
    public static async Task<JsonElement> SayAndHearAsync(this HttpClient http, string session, string id, string text)
    {
        using var response = await http.SayAsync(session, id, text);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return await http.UntilAsync(session, s => s.Said().Any(t => t.Id == id) && s.Turns()[^1].Speaker == "interviewer");
    }

    public static IReadOnlyList<ToldTurn> Turns(this JsonElement session) =>
        [.. session.GetProperty("turns").EnumerateArray().Select(t => new ToldTurn(
            t.GetProperty("n").GetInt32(),
            t.GetProperty("speaker").GetString()!,
            t.GetProperty("text").GetString()!,
            t.GetProperty("id").GetString(),
            t.GetProperty("deleted").GetBoolean()))];

    /// <summary>What the candidate said.</summary>
    public static IReadOnlyList<ToldTurn> Said(this JsonElement session) => [.. session.Turns().Where(t => t.Speaker == "candidate")];

    public static string State(this JsonElement session) => session.GetProperty("state").GetString()!;

    public static async Task<JsonElement> BodyAsync(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).Clone();

    /// <summary>An error as every error is told: problem details, whose one sentence is given back.</summary>
    public static async Task<string> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await response.BodyAsync();
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }
}

internal sealed record ToldTurn(int N, string Speaker, string Text, string? Id, bool Deleted);
