using System.Net;
using Shouldly;
using Xunit;
using static BotPlatform.Adapters.Tests.LanguageModels.ModelServerCalls;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>The double speaks as Anthropic does, and takes no more than Anthropic would.</summary>
public sealed class ModelServerAnthropicTests : IAsyncLifetime
{
    private ModelServerCalls _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await ModelServerCalls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Theory]
    [InlineData("2023-06-01", """, "temperature": 0.5""")]
    [InlineData("2026-10-21", "")]
    public async Task Answers_as_Anthropic_does(string version, string sampling)
    {
        var response = await _calls.AnthropicAsync($$"""
            { "model": "claude", "max_tokens": 100{{sampling}},
              "system": [{ "type": "text", "text": "You are an interviewer.", "cache_control": { "type": "ephemeral" } }],
              "messages": [{ "role": "user", "content": [{ "type": "text", "text": "Hello" }] },
                { "role": "assistant", "content": "Hi" }, { "role": "user", "content": "Go on" }],
              "output_config": { "format": { "type": "json_schema", "schema": {{Grade}} } } }
            """, version);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("request-id").ShouldHaveSingleItem().ShouldNotBeEmpty();
        var reply = await JsonAsync(response);
        reply.GetProperty("type").GetString().ShouldBe("message");
        reply.GetProperty("role").GetString().ShouldBe("assistant");
        reply.GetProperty("model").GetString().ShouldBe("claude");
        reply.GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("Hi there");
        reply.GetProperty("stop_reason").GetString().ShouldBe("end_turn");
        reply.GetProperty("usage").GetProperty("input_tokens").GetInt32().ShouldBe(9);
        reply.GetProperty("usage").GetProperty("output_tokens").GetInt32().ShouldBe(2);

        var request = _calls.Server.Requests.ShouldHaveSingleItem();
        request.Protocol.ShouldBe("anthropic");
        request.System.ShouldBe("You are an interviewer.");
        request.Messages.ShouldBe([("user", "Hello"), ("assistant", "Hi"), ("user", "Go on")]);
        request.Schema.ShouldNotBeNull();
    }

    [Fact]
    public async Task Takes_Anthropics_key_in_either_header()
    {
        (await _calls.AnthropicAsync($$"""{ "model": "claude", "max_tokens": 9, {{Hello}} }""", key: "x-api-key")).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        (await _calls.AnthropicAsync($$"""{ "model": "claude", "max_tokens": 9, {{Hello}} }""", key: "Authorization")).StatusCode
            .ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{ "max_tokens": 9, "messages": [{ "role": "user", "content": "Hello" }] }""", "model: Field required")]
    [InlineData("""{ "model": "claude", "messages": [{ "role": "user", "content": "Hello" }] }""", "max_tokens: Field required")]
    [InlineData("""{ "model": "claude", "max_tokens": 0, "messages": [{ "role": "user", "content": "Hello" }] }""", "max_tokens")]
    [InlineData("""{ "model": "claude", "max_tokens": 9 }""", "messages")]
    [InlineData("""{ "model": "claude", "max_tokens": 9, "messages": [] }""", "messages")]
    [InlineData("""{ "model": "claude", "max_tokens": 9, "messages": [{ "role": "system", "content": "Hello" }] }""", "messages.0.role")]
    [InlineData("""{ "model": "claude", "max_tokens": 9, "messages": [{ "role": "assistant", "content": "Hello" }] }""", "first message")]
    [InlineData("""{ "model": "claude", "max_tokens": 9, "messages": [{ "role": "user", "content": "a" }, { "role": "user", "content": "b" }] }""", "alternate")]
    [InlineData("""{ "model": "claude", "max_tokens": 9, "messages": [{ "role": "user", "content": "a" }, { "role": "assistant", "content": "b" }] }""", "prefill")]
    [InlineData("""{ "model": "claude", "max_tokens": 9, "messages": [{ "role": "user", "content": " " }] }""", "messages.0.content")]
    [InlineData("""{ "model": "claude", "max_tokens": 9, "messages": [{ "role": "user", "content": [{ "type": "text", "text": "" }] }] }""", "messages.0.content.0.text")]
    [InlineData("""{ "model": "claude", "max_tokens": 9 """, "JSON")]
    public async Task Refuses_a_body_that_Anthropic_would_not_take(string body, string why)
    {
        var error = await _calls.RefusedAsync(await _calls.AnthropicAsync(body), HttpStatusCode.BadRequest);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("message").GetString()!.ShouldContain(why);
    }

    [Theory]
    [InlineData("2023-06-01", "temperature", "1.1")]
    [InlineData("2023-06-01", "temperature", "0.5, \"top_p\": 0.5")]
    [InlineData("2026-10-21", "temperature", "1.0")]
    [InlineData("2026-10-21", "top_p", "1.0")]
    [InlineData("2026-10-21", "top_k", "5")]
    [InlineData("2026-10-21", "stream", "true")]
    [InlineData("2026-10-21", "seed", "1")]
    [InlineData("2026-10-21", "response_format", "{}")]
    [InlineData("2026-10-21", "system", "[{ \"type\": \"image\" }]")]
    [InlineData("2026-10-21", "system", "[{ \"type\": \"text\", \"text\": \"a\", \"cache_control\": {} }]")]
    [InlineData("2026-10-21", "output_config", "{ \"format\": { \"type\": \"json\" } }")]
    [InlineData("2026-10-21", "output_config", "{ \"format\": { \"type\": \"json_schema\" } }")]
    [InlineData("2026-10-21", "output_config", "{ \"format\": { \"type\": \"json_schema\", \"schema\": { \"type\": \"object\", \"properties\": {} } } }")]
    [InlineData("2026-10-21", "output_format", "{ \"type\": \"json_schema\", \"schema\": {} }")]
    [InlineData("2026-10-21", "tools", "[{ \"name\": \"f\" }]")]
    [InlineData("2026-10-21", "tool_choice", "{ \"type\": \"auto\" }")]
    public async Task Refuses_settings_that_Anthropic_would_not_take(string version, string name, string value)
    {
        var response = await _calls.AnthropicAsync($$"""{ "model": "claude", "max_tokens": 9, {{Hello}}, "{{name}}": {{value}} }""", version);
        (await _calls.RefusedAsync(response, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain(name);
    }

    [Fact]
    public async Task Refuses_strangers_old_callers_and_unknown_models_as_Anthropic_does()
    {
        var body = $$"""{ "model": "other", "max_tokens": 9, {{Hello}} }""";
        var stranger = await _calls.AnthropicAsync(body, key: null);
        var unversioned = await _calls.AnthropicAsync(body, version: null);
        var wrong = await _calls.AnthropicAsync(body, version: "2020-01-01");
        var unknown = await _calls.AnthropicAsync(body);

        (await _calls.RefusedAsync(stranger, HttpStatusCode.Unauthorized)).GetProperty("type").GetString().ShouldBe("authentication_error");
        (await _calls.RefusedAsync(unversioned, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain("anthropic-version");
        (await _calls.RefusedAsync(wrong, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain("2020-01-01");
        (await _calls.RefusedAsync(unknown, HttpStatusCode.NotFound)).GetProperty("type").GetString().ShouldBe("not_found_error");
    }
}
