using System.Net;
using System.Text;
using System.Text.Json;
using BotPlatform.Tests.Shared.Models;
using Shouldly;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>A double of model servers, and plain calls to it in each of its protocols.</summary>
internal sealed class ModelServerCalls : IAsyncDisposable
{
    public const string Hello = """ "messages": [{ "role": "user", "content": "Hello" }] """;
    public const string Grade = """
        { "type": "object", "properties": { "score": { "type": "integer", "enum": [1, 2, 3, 4] } },
          "required": ["score"], "additionalProperties": false }
        """;

    private ModelServerCalls(ModelServer server) => Server = server;

    public ModelServer Server { get; }

    public HttpClient Http { get; } = new();

    public static async Task<ModelServerCalls> StartAsync() =>
        new(await ModelServer.StartAsync(_ => new ModelAnswer.Text("Hi there"), "key", "gpt", "claude"));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    public async Task<JsonElement> RefusedAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status);
        Server.Requests.ShouldBeEmpty();
        Server.Refused.ShouldNotBeEmpty();
        return (await JsonAsync(response)).GetProperty("error");
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    public Task<HttpResponseMessage> AskOpenAiAsync(
        HttpCompletionOption until = HttpCompletionOption.ResponseContentRead) =>
        OpenAiAsync(Json($$"""{ "model": "gpt", {{Hello}} }"""), "key", until);

    public Task<HttpResponseMessage> AskAnthropicAsync() =>
        AnthropicAsync($$"""{ "model": "claude", "max_tokens": 100, {{Hello}} }""");

    public Task<HttpResponseMessage> OpenAiAsync(string body, string? key = "key") => OpenAiAsync(Json(body), key);

    public async Task<HttpResponseMessage> OpenAiAsync(
        HttpContent content,
        string? key = "key",
        HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Server.OpenAiBase}/chat/completions") { Content = content };
        if (key is not null) request.Headers.Add("Authorization", "Bearer " + key);
        return await Http.SendAsync(request, until);
    }

    public async Task<HttpResponseMessage> AzureAsync(string deployment, string query, string key, string body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(Server.AnthropicBase, $"openai/deployments/{deployment}/chat/completions{query}"));
        request.Headers.Add("api-key", key);
        request.Content = Json(body);
        return await Http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> AnthropicAsync(
        string body, string? version = "2026-10-21", string? key = "x-api-key")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.AnthropicBase, "v1/messages"));
        if (version is not null) request.Headers.Add("anthropic-version", version);
        if (key is not null) request.Headers.Add(key, key == "Authorization" ? "Bearer key" : "key");
        request.Content = Json(body);
        return await Http.SendAsync(request);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
