using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>The double of model servers keeps what it promises: tests of clients are worth no more than it is.</summary>
public sealed class ModelServerTests : IAsyncLifetime
{
    private const string Hello = """ "messages": [{ "role": "user", "content": "Hello" }] """;
    private const string Grade = """
        { "type": "object", "properties": { "score": { "type": "integer", "enum": [1, 2, 3, 4] } },
          "required": ["score"], "additionalProperties": false }
        """;

    private readonly HttpClient _http = new();
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await ModelServer.StartAsync(_ => new ModelAnswer.Text("Hi there"), "key", "gpt", "claude");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Answers_as_OpenAI_does()
    {
        var response = await OpenAiAsync($$"""
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

        var request = _server.Requests.ShouldHaveSingleItem();
        request.Protocol.ShouldBe("openai");
        request.Model.ShouldBe("gpt");
        request.System.ShouldBe("You are an interviewer.\n\nBe brief.");
        request.Messages.ShouldBe([("user", "Hello"), ("assistant", "Hi"), ("user", "Go on")]);
        request.Schema!.Value.GetProperty("required")[0].GetString().ShouldBe("score");
        request.Headers["authorization"].ShouldBe("Bearer key");
        _server.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_as_Azure_does_for_a_deployment()
    {
        var response = await AzureAsync("gpt", "?api-version=2024-10-21", "key", $$"""{ {{Hello}} }""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(response)).GetProperty("model").GetString().ShouldBe("gpt-2026-01-01");
        _server.Requests.ShouldHaveSingleItem().Protocol.ShouldBe("azure");
    }

    [Theory]
    [InlineData("2023-06-01", """, "temperature": 0.5""")]
    [InlineData("2026-10-21", "")]
    public async Task Answers_as_Anthropic_does(string version, string sampling)
    {
        var response = await AnthropicAsync($$"""
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

        var request = _server.Requests.ShouldHaveSingleItem();
        request.Protocol.ShouldBe("anthropic");
        request.System.ShouldBe("You are an interviewer.");
        request.Messages.ShouldBe([("user", "Hello"), ("assistant", "Hi"), ("user", "Go on")]);
        request.Schema.ShouldNotBeNull();
    }

    [Fact]
    public async Task Takes_Anthropics_key_in_either_header()
    {
        (await AnthropicAsync($$"""{ "model": "claude", "max_tokens": 9, {{Hello}} }""", key: "x-api-key")).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        (await AnthropicAsync($$"""{ "model": "claude", "max_tokens": 9, {{Hello}} }""", key: "Authorization")).StatusCode
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Counts_a_long_prompt_seen_before_as_cached()
    {
        var prompt = new string('x', 8000);
        var openai = $$"""{ "model": "gpt", "messages": [{ "role": "system", "content": "{{prompt}}" }, { "role": "user", "content": "Go" }] }""";
        var anthropic = $$"""
            { "model": "claude", "max_tokens": 9, {{Hello}},
              "system": [{ "type": "text", "text": "{{prompt}}", "cache_control": { "type": "ephemeral", "ttl": "1h" } }] }
            """;

        await OpenAiAsync(openai);
        var again = (await JsonAsync(await OpenAiAsync(openai))).GetProperty("usage");
        var first = (await JsonAsync(await AnthropicAsync(anthropic))).GetProperty("usage");
        var second = (await JsonAsync(await AnthropicAsync(anthropic))).GetProperty("usage");

        again.GetProperty("prompt_tokens").GetInt32().ShouldBe(2001);
        again.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32().ShouldBe(2000);
        first.GetProperty("cache_creation_input_tokens").GetInt32().ShouldBe(2000);
        second.GetProperty("cache_read_input_tokens").GetInt32().ShouldBe(2000);
        second.GetProperty("input_tokens").GetInt32().ShouldBe(2);
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
        var error = await RefusedAsync(await OpenAiAsync(body), HttpStatusCode.BadRequest);
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
        var response = await OpenAiAsync($$"""{ "model": "gpt", {{Hello}}, "{{name}}": {{value}} }""");

        var error = await RefusedAsync(response, HttpStatusCode.BadRequest);
        error.GetProperty("message").GetString()!.ShouldContain(name);
        error.GetProperty("param").GetString().ShouldBe(unknown ? null : name);
    }

    [Theory]
    [InlineData("""{ "type": "array", "items": { "type": "string" } }""", "root")]
    [InlineData("""{ "anyOf": [{ "type": "object", "properties": {}, "required": [], "additionalProperties": false }] }""", "root")]
    [InlineData("""{ "type": "object", "properties": {}, "required": [] }""", "additionalProperties")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": false }""", "required")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string" } }, "required": [], "additionalProperties": false }""", "Missing 'a'")]
    [InlineData("""{ "type": "object", "properties": {}, "required": ["a"], "additionalProperties": false }""", "Extra required key 'a'")]
    [InlineData("""{ "type": "object", "required": [], "additionalProperties": false }""", "properties")]
    public async Task Refuses_a_schema_whose_objects_are_not_closed(string schema, string why) =>
        (await RefusedAsync(await OpenAiAsync(WithSchema(schema)), HttpStatusCode.BadRequest))
            .GetProperty("message").GetString()!.ShouldContain(why);

    [Theory]
    [InlineData("""{ "type": "string", "maxLength": 3 }""", "maxLength")]
    [InlineData("""{ "type": "string", "minimum": 3 }""", "minimum")]
    [InlineData("""{ "type": "number", "minItems": 3 }""", "minItems")]
    [InlineData("""{ "$ref": "#" }""", "$ref")]
    [InlineData("""{ "description": "anything" }""", "'type'")]
    [InlineData("""{ "type": "text" }""", "'type'")]
    [InlineData("""{ "type": "string", "enum": [] }""", "enum")]
    [InlineData("""{ "anyOf": [] }""", "anyOf")]
    [InlineData("""{ "anyOf": [{ "type": "string", "format": "date" }] }""", "'anyOf', '0'")]
    [InlineData("""{ "type": "array" }""", "items")]
    [InlineData("""{ "type": "array", "items": { "type": "object" } }""", "In context=('properties', 'a', 'items')")]
    public async Task Refuses_a_schema_with_what_strict_ones_cannot_say(string property, string why) =>
        (await RefusedAsync(await OpenAiAsync(WithSchema(Object(property))), HttpStatusCode.BadRequest))
            .GetProperty("message").GetString()!.ShouldContain(why);

    [Theory]
    [InlineData("""{ "type": ["integer", "null"], "minimum": 1, "maximum": 4, "description": "of four" }""")]
    [InlineData("""{ "anyOf": [{ "type": "string", "enum": ["a"] }, { "type": "null" }] }""")]
    [InlineData("""{ "type": "array", "minItems": 1, "maxItems": 3, "items": { "type": "boolean" } }""")]
    public async Task Takes_a_schema_with_what_strict_ones_can_say(string property) =>
        (await OpenAiAsync(WithSchema(Object(property)))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData(9, HttpStatusCode.OK)]
    [InlineData(10, HttpStatusCode.BadRequest)]
    public async Task Refuses_a_schema_of_more_than_ten_levels(int below, HttpStatusCode status)
    {
        var schema = """{ "type": "string" }""";
        for (var level = 0; level <= below; level++) schema = Object(schema);
        (await OpenAiAsync(WithSchema(schema))).StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("""{ "type": "json_schema" }""")]
    [InlineData("""{ "type": "json_schema", "json_schema": { "name": "a grade", "strict": true, "schema": {} } }""")]
    [InlineData("""{ "type": "json_schema", "json_schema": { "name": "grade", "strict": true } }""")]
    [InlineData("""{ "type": "json_schema", "json_schema": { "name": "grade", "schema": {} } }""")]
    [InlineData("""{ "type": "json_object" }""")]
    [InlineData("""{ "type": "xml" }""")]
    public async Task Refuses_a_response_format_that_OpenAI_would_not_take(string format) =>
        await RefusedAsync(await OpenAiAsync($$"""{ "model": "gpt", {{Hello}}, "response_format": {{format}} }"""), HttpStatusCode.BadRequest);

    [Fact]
    public async Task Refuses_strangers_and_unknown_models_as_OpenAI_does()
    {
        var body = $$"""{ "model": "other", {{Hello}} }""";
        (await RefusedAsync(await OpenAiAsync(body, key: "wrong"), HttpStatusCode.Unauthorized)).GetProperty("code").GetString()
            .ShouldBe("invalid_api_key");
        (await RefusedAsync(await OpenAiAsync(body, key: null), HttpStatusCode.Unauthorized)).GetProperty("message").GetString()
            .ShouldNotBeNull();
        (await RefusedAsync(await OpenAiAsync(body), HttpStatusCode.NotFound)).GetProperty("code").GetString()
            .ShouldBe("model_not_found");
        _server.Refused.Count.ShouldBe(3);
        _server.Refused[2].ShouldStartWith("POST /v1/chat/completions: 404 ");
    }

    [Theory]
    [InlineData("gpt", "?api-version=2024-10-21", "wrong", HttpStatusCode.Unauthorized, "401")]
    [InlineData("gpt", "", "key", HttpStatusCode.NotFound, "404")]
    [InlineData("gpt", "?api-version=latest", "key", HttpStatusCode.NotFound, "404")]
    [InlineData("other", "?api-version=2024-10-21", "key", HttpStatusCode.NotFound, "DeploymentNotFound")]
    public async Task Refuses_what_Azure_would_not_take(string deployment, string query, string key, HttpStatusCode status, string code) =>
        (await RefusedAsync(await AzureAsync(deployment, query, key, $$"""{ {{Hello}} }"""), status)).GetProperty("code").GetString()
            .ShouldBe(code);

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
        var error = await RefusedAsync(await AnthropicAsync(body), HttpStatusCode.BadRequest);
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
        var response = await AnthropicAsync($$"""{ "model": "claude", "max_tokens": 9, {{Hello}}, "{{name}}": {{value}} }""", version);
        (await RefusedAsync(response, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain(name);
    }

    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 1 }""", "minimum")]
    [InlineData("""{ "type": "array", "maxItems": 3, "items": { "type": "string" } }""", "maxItems")]
    [InlineData("""{ "type": "array", "minItems": 2, "items": { "type": "string" } }""", "minItems")]
    public async Task Refuses_a_schema_with_what_Anthropic_does_not_hold_a_model_to(string property, string why)
    {
        var response = await AnthropicAsync($$"""
            { "model": "claude", "max_tokens": 9, {{Hello}},
              "output_config": { "format": { "type": "json_schema", "schema": {{Object(property)}} } } }
            """);
        (await RefusedAsync(response, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain(why);
    }

    [Fact]
    public async Task Refuses_strangers_old_callers_and_unknown_models_as_Anthropic_does()
    {
        var body = $$"""{ "model": "other", "max_tokens": 9, {{Hello}} }""";
        var stranger = await AnthropicAsync(body, key: null);
        var unversioned = await AnthropicAsync(body, version: null);
        var wrong = await AnthropicAsync(body, version: "2020-01-01");
        var unknown = await AnthropicAsync(body);

        (await RefusedAsync(stranger, HttpStatusCode.Unauthorized)).GetProperty("type").GetString().ShouldBe("authentication_error");
        (await RefusedAsync(unversioned, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain("anthropic-version");
        (await RefusedAsync(wrong, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain("2020-01-01");
        (await RefusedAsync(unknown, HttpStatusCode.NotFound)).GetProperty("type").GetString().ShouldBe("not_found_error");
    }

    [Fact]
    public async Task Refuses_other_addresses_methods_and_content_types()
    {
        (await _http.GetAsync(new Uri(_server.AnthropicBase, "v1/models"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _http.GetAsync(new Uri(_server.AnthropicBase, "v1/messages"))).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using var text = new StringContent($$"""{ "model": "gpt", {{Hello}} }""", Encoding.UTF8, "text/plain");
        (await OpenAiAsync(text)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var latin = new ByteArrayContent([(byte)'"', 0xe9, (byte)'"']) { Headers = { { "Content-Type", "application/json" } } };
        (await OpenAiAsync(latin)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _server.Refused.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(429, "rate_limit_error", "requests")]
    [InlineData(500, "api_error", "server_error")]
    [InlineData(529, "overloaded_error", "server_error")]
    public async Task Fails_with_a_status_and_a_time_to_wait(int status, string anthropicType, string openAiType)
    {
        _server.Answer = _ => new ModelAnswer.Status(status, RetryAfterSeconds: 7);

        var openai = await AskOpenAiAsync();
        var anthropic = await AskAnthropicAsync();

        ((int)openai.StatusCode).ShouldBe(status);
        openai.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await JsonAsync(openai)).GetProperty("error").GetProperty("type").GetString().ShouldBe(openAiType);
        ((int)anthropic.StatusCode).ShouldBe(status);
        anthropic.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await JsonAsync(anthropic)).GetProperty("error").GetProperty("type").GetString().ShouldBe(anthropicType);
        _server.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Declines_in_each_protocols_place_for_it()
    {
        _server.Answer = _ => new ModelAnswer.Refusal("I can't help with that.");

        var message = (await JsonAsync(await AskOpenAiAsync())).GetProperty("choices")[0].GetProperty("message");
        message.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        message.GetProperty("refusal").GetString().ShouldBe("I can't help with that.");
        (await JsonAsync(await AskAnthropicAsync())).GetProperty("stop_reason").GetString().ShouldBe("refusal");
    }

    [Fact]
    public async Task Calls_a_tool_instead_of_answering()
    {
        _server.Answer = _ => new ModelAnswer.ToolCall("search");

        var choice = (await JsonAsync(await AskOpenAiAsync())).GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        choice.GetProperty("message").GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        choice.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString()
            .ShouldBe("search");
        var message = await JsonAsync(await AskAnthropicAsync());
        message.GetProperty("stop_reason").GetString().ShouldBe("tool_use");
        message.GetProperty("content")[0].GetProperty("name").GetString().ShouldBe("search");
    }

    [Fact]
    public async Task Runs_out_of_tokens()
    {
        _server.Answer = _ => new ModelAnswer.Cut("""{"score": """);

        var choice = (await JsonAsync(await AskOpenAiAsync())).GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("length");
        choice.GetProperty("message").GetProperty("content").GetString().ShouldBe("""{"score": """);
        (await JsonAsync(await AskAnthropicAsync())).GetProperty("stop_reason").GetString().ShouldBe("max_tokens");
    }

    [Fact]
    public async Task Answers_without_a_choice()
    {
        _server.Answer = _ => new ModelAnswer.EmptyChoices();

        (await JsonAsync(await AskOpenAiAsync())).GetProperty("choices").GetArrayLength().ShouldBe(0);
        (await JsonAsync(await AskAnthropicAsync())).GetProperty("content").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Answers_with_a_huge_text()
    {
        _server.Answer = _ => new ModelAnswer.Huge(3_000_000);

        var reply = await JsonAsync(await AskOpenAiAsync());
        reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Length.ShouldBe(3_000_000);
        reply.GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBe(750_000);
    }

    [Fact]
    public async Task Answers_with_what_is_not_JSON()
    {
        _server.Answer = _ => new ModelAnswer.BrokenBody();
        var broken = await AskOpenAiAsync();
        broken.StatusCode.ShouldBe(HttpStatusCode.OK);
        broken.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        await Should.ThrowAsync<JsonException>(() => JsonAsync(broken));

        _server.Answer = _ => new ModelAnswer.WrongContentType();
        (await AskAnthropicAsync()).Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task Breaks_off_a_body_so_that_only_its_JSON_shows_it()
    {
        _server.Answer = _ => new ModelAnswer.HalfJson("Hi there");

        var response = await AskOpenAiAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.Contains("Content-Length").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync()).ShouldStartWith("""{"id":"chatcmpl-""");
        await Should.ThrowAsync<JsonException>(() => JsonAsync(response));
    }

    [Fact]
    public async Task Cuts_a_connection_before_or_after_the_headers()
    {
        _server.Answer = _ => new ModelAnswer.CutConnection(AfterHeaders: false);
        await Should.ThrowAsync<HttpRequestException>(() => AskOpenAiAsync());

        _server.Answer = _ => new ModelAnswer.CutConnection(AfterHeaders: true);
        var response = await AskOpenAiAsync(HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(1000);
        await Should.ThrowAsync<Exception>(() => response.Content.ReadAsStringAsync());

        _server.Answer = _ => new ModelAnswer.Text("And on");
        (await AskOpenAiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_late_and_many_at_once()
    {
        var delay = TimeSpan.FromMilliseconds(400);
        _server.Answer = _ => new ModelAnswer.Delayed(delay, new ModelAnswer.Text("At last"));

        var watch = Stopwatch.StartNew();
        var responses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskOpenAiAsync()));
        watch.Elapsed.ShouldBeGreaterThan(delay - TimeSpan.FromMilliseconds(20));
        responses.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);

        _server.MostAtOnce.ShouldBe(4);
        _server.Requests.Select(request => request.Number).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Ends_without_waiting_for_late_answers()
    {
        _server.Answer = _ => new ModelAnswer.Delayed(TimeSpan.FromHours(1), new ModelAnswer.Text("Too late"));

        var left = AskOpenAiAsync();
        while (_server.Requests.Count == 0) await Task.Delay(5);
        await _server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<HttpRequestException>(() => left);
    }

    [Fact]
    public async Task Says_when_the_test_has_no_answer()
    {
        _server.Answer = _ => throw new InvalidOperationException("not this one");

        (await AskOpenAiAsync()).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        _server.Refused.ShouldHaveSingleItem().ShouldEndWith("the test had no answer to request 1: not this one");
    }

    private static string Object(string property) =>
        $$"""{ "type": "object", "properties": { "a": {{property}} }, "required": ["a"], "additionalProperties": false }""";

    private static string WithSchema(string schema) => $$"""
        { "model": "gpt", {{Hello}},
          "response_format": { "type": "json_schema", "json_schema": { "name": "grade", "strict": true, "schema": {{schema}} } } }
        """;

    private async Task<JsonElement> RefusedAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status);
        _server.Requests.ShouldBeEmpty();
        _server.Refused.ShouldNotBeEmpty();
        return (await JsonAsync(response)).GetProperty("error");
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    private Task<HttpResponseMessage> AskOpenAiAsync(
        HttpCompletionOption until = HttpCompletionOption.ResponseContentRead) =>
        OpenAiAsync(Json($$"""{ "model": "gpt", {{Hello}} }"""), "key", until);

    private Task<HttpResponseMessage> AskAnthropicAsync() =>
        AnthropicAsync($$"""{ "model": "claude", "max_tokens": 100, {{Hello}} }""");

    private Task<HttpResponseMessage> OpenAiAsync(string body, string? key = "key") => OpenAiAsync(Json(body), key);

    private async Task<HttpResponseMessage> OpenAiAsync(
        HttpContent content,
        string? key = "key",
        HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_server.OpenAiBase}/chat/completions") { Content = content };
        if (key is not null) request.Headers.Add("Authorization", "Bearer " + key);
        return await _http.SendAsync(request, until);
    }

    private async Task<HttpResponseMessage> AzureAsync(string deployment, string query, string key, string body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(_server.AnthropicBase, $"openai/deployments/{deployment}/chat/completions{query}"));
        request.Headers.Add("api-key", key);
        request.Content = Json(body);
        return await _http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> AnthropicAsync(
        string body, string? version = "2026-10-21", string? key = "x-api-key")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.AnthropicBase, "v1/messages"));
        if (version is not null) request.Headers.Add("anthropic-version", version);
        if (key is not null) request.Headers.Add(key, key == "Authorization" ? "Bearer key" : "key");
        request.Content = Json(body);
        return await _http.SendAsync(request);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
