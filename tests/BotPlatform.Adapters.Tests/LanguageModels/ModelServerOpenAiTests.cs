using System.Net;
using Shouldly;
using Xunit;
using static BotPlatform.Adapters.Tests.LanguageModels.ModelServerCalls;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>The double speaks as OpenAI does, and takes no more than OpenAI would.</summary>
public sealed class ModelServerOpenAiTests : IAsyncLifetime
{
    private ModelServerCalls _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await ModelServerCalls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task Answers_as_OpenAI_does()
    {
        var response = await _calls.OpenAiAsync($$"""
            { "model": "gpt", "temperature": 0.5, "max_completion_tokens": 100, "messages": [
                { "role": "system", "content": "You are an interviewer." },
                { "role": "user", "content": [{ "type": "text", "text": "Hello" }] },
                { "role": "assistant", "content": "Hi" },
                { "role": "developer", "content": "Be brief." },
                { "role": "user", "content": "Go on" }],
              "response_format": { "type": "json_schema", "json_schema": { "name": "grade", "strict": true, "schema": {{Grade}} } } }
            """);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-request-id").ShouldHaveSingleItem().ShouldNotBeEmpty();
        var reply = await JsonAsync(response);
        reply.GetProperty("object").GetString().ShouldBe("chat.completion");
        reply.GetProperty("id").GetString().ShouldStartWith("chatcmpl-");
        reply.GetProperty("model").GetString().ShouldBe("gpt-2026-01-01");
        reply.GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("stop");
        reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldBe("Hi there");
        reply.GetProperty("usage").GetProperty("prompt_tokens").GetInt32().ShouldBe(12);
        reply.GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBe(2);
        reply.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(14);

        var request = _calls.Server.Requests.ShouldHaveSingleItem();
        request.Protocol.ShouldBe("openai");
        request.Model.ShouldBe("gpt");
        request.System.ShouldBe("You are an interviewer.\n\nBe brief.");
        request.Messages.ShouldBe([("user", "Hello"), ("assistant", "Hi"), ("user", "Go on")]);
        request.Schema!.Value.GetProperty("required")[0].GetString().ShouldBe("score");
        request.Headers["authorization"].ShouldBe("Bearer key");
        _calls.Server.Refused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "messages": [{ "role": "user", "content": "Hello" }] }""", "model")]
    [InlineData("""{ "model": "gpt" }""", "messages")]
    [InlineData("""{ "model": "gpt", "messages": [] }""", "messages")]
    [InlineData("""{ "model": "gpt", "messages": [{ "role": "tool", "content": "Hello" }] }""", "messages[0].role")]
    [InlineData("""{ "model": "gpt", "messages": [{ "role": "user" }] }""", "messages[0].content")]
    [InlineData("""{ "model": "gpt", "messages": [{ "role": "user", "content": null }] }""", "messages[0].content")]
    [InlineData("""{ "model": "gpt", "messages": [{ "role": "user", "content": [{ "type": "image_url" }] }] }""", "messages[0].content[0].type")]
    [InlineData("""{ "model": "gpt", "messages": [{ "role": "user", "content": "Hello", "id": 1 }] }""", "messages[0].id")]
    [InlineData("""{ "model": "gpt", "messages": [{ "role": "user", "content": "\ud800" }] }""", "messages[0].content")]
    [InlineData("""{ "model": "gpt", "model": "gpt", "messages": [{ "role": "user", "content": "Hello" }] }""", null)]
    [InlineData("""{ "model": "gpt", """, null)]
    [InlineData("""{ "model": "gpt", "\ud800": 1, "messages": [{ "role": "user", "content": "Hello" }] }""", null)]
    [InlineData("""[]""", "body")]
    public async Task Refuses_a_body_that_OpenAI_would_not_take(string body, string? parameter)
    {
        var error = await _calls.RefusedAsync(await _calls.OpenAiAsync(body), HttpStatusCode.BadRequest);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("param").GetString().ShouldBe(parameter);
    }

    [Theory]
    [InlineData("temperature", "-0.1")]
    [InlineData("temperature", "2.1")]
    [InlineData("temperature", "\"0\"")]
    [InlineData("max_tokens", "0")]
    [InlineData("max_completion_tokens", "0")]
    [InlineData("max_completion_tokens", "1.5")]
    [InlineData("stream", "true")]
    [InlineData("n", "2")]
    [InlineData("top_k", "3", true)]
    [InlineData("system", "\"You are\"", true)]
    [InlineData("max_tokens", "5, \"max_completion_tokens\": 5")]
    public async Task Refuses_settings_that_OpenAI_would_not_take(string name, string value, bool unknown = false)
    {
        var response = await _calls.OpenAiAsync($$"""{ "model": "gpt", {{Hello}}, "{{name}}": {{value}} }""");

        var error = await _calls.RefusedAsync(response, HttpStatusCode.BadRequest);
        error.GetProperty("message").GetString()!.ShouldContain(name);
        error.GetProperty("param").GetString().ShouldBe(unknown ? null : name);
    }

    [Theory]
    [InlineData("""{ "type": "json_schema" }""")]
    [InlineData("""{ "type": "json_schema", "json_schema": { "name": "a grade", "strict": true, "schema": {} } }""")]
    [InlineData("""{ "type": "json_schema", "json_schema": { "name": "grade", "strict": true } }""")]
    [InlineData("""{ "type": "json_schema", "json_schema": { "name": "grade", "schema": {} } }""")]
    [InlineData("""{ "type": "json_object" }""")]
    [InlineData("""{ "type": "xml" }""")]
    public async Task Refuses_a_response_format_that_OpenAI_would_not_take(string format) =>
        await _calls.RefusedAsync(await _calls.OpenAiAsync($$"""{ "model": "gpt", {{Hello}}, "response_format": {{format}} }"""), HttpStatusCode.BadRequest);

    [Fact]
    public async Task Refuses_strangers_and_unknown_models_as_OpenAI_does()
    {
        var body = $$"""{ "model": "other", {{Hello}} }""";
        (await _calls.RefusedAsync(await _calls.OpenAiAsync(body, key: "wrong"), HttpStatusCode.Unauthorized)).GetProperty("code").GetString()
            .ShouldBe("invalid_api_key");
        (await _calls.RefusedAsync(await _calls.OpenAiAsync(body, key: null), HttpStatusCode.Unauthorized)).GetProperty("message").GetString()
            .ShouldNotBeNull();
        (await _calls.RefusedAsync(await _calls.OpenAiAsync(body), HttpStatusCode.NotFound)).GetProperty("code").GetString()
            .ShouldBe("model_not_found");
        _calls.Server.Refused.Count.ShouldBe(3);
        _calls.Server.Refused[2].ShouldStartWith("POST /v1/chat/completions: 404 ");
    }
}
