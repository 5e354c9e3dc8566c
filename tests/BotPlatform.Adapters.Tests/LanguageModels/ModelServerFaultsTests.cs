using System.Net;
using System.Text.Json;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;
using static BotPlatform.Adapters.Tests.LanguageModels.ModelServerCalls;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>The double goes wrong in the ways in which providers do, each in its protocol.</summary>
public sealed class ModelServerFaultsTests : IAsyncLifetime
{
    private ModelServerCalls _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await ModelServerCalls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Theory]
    [InlineData(429, "rate_limit_error", "requests")]
    [InlineData(500, "api_error", "server_error")]
    [InlineData(529, "overloaded_error", "server_error")]
    public async Task Fails_with_a_status_and_a_time_to_wait(int status, string anthropicType, string openAiType)
    {
        _calls.Server.Answer = _ => new ModelAnswer.Status(status, RetryAfterSeconds: 7);

        var openai = await _calls.AskOpenAiAsync();
        var anthropic = await _calls.AskAnthropicAsync();

        ((int)openai.StatusCode).ShouldBe(status);
        openai.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await JsonAsync(openai)).GetProperty("error").GetProperty("type").GetString().ShouldBe(openAiType);
        ((int)anthropic.StatusCode).ShouldBe(status);
        anthropic.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await JsonAsync(anthropic)).GetProperty("error").GetProperty("type").GetString().ShouldBe(anthropicType);
        _calls.Server.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Declines_in_each_protocols_place_for_it()
    {
        _calls.Server.Answer = _ => new ModelAnswer.Refusal("I can't help with that.");

        var message = (await JsonAsync(await _calls.AskOpenAiAsync())).GetProperty("choices")[0].GetProperty("message");
        message.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        message.GetProperty("refusal").GetString().ShouldBe("I can't help with that.");
        (await JsonAsync(await _calls.AskAnthropicAsync())).GetProperty("stop_reason").GetString().ShouldBe("refusal");
    }

    [Fact]
    public async Task Calls_a_tool_instead_of_answering()
    {
        _calls.Server.Answer = _ => new ModelAnswer.ToolCall("search");

        var choice = (await JsonAsync(await _calls.AskOpenAiAsync())).GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        choice.GetProperty("message").GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        choice.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString()
            .ShouldBe("search");
        var message = await JsonAsync(await _calls.AskAnthropicAsync());
        message.GetProperty("stop_reason").GetString().ShouldBe("tool_use");
        message.GetProperty("content")[0].GetProperty("name").GetString().ShouldBe("search");
    }

    [Fact]
    public async Task Runs_out_of_tokens()
    {
        _calls.Server.Answer = _ => new ModelAnswer.Cut("""{"score": """);

        var choice = (await JsonAsync(await _calls.AskOpenAiAsync())).GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("length");
        choice.GetProperty("message").GetProperty("content").GetString().ShouldBe("""{"score": """);
        (await JsonAsync(await _calls.AskAnthropicAsync())).GetProperty("stop_reason").GetString().ShouldBe("max_tokens");
    }

    [Fact]
    public async Task Answers_without_a_choice()
    {
        _calls.Server.Answer = _ => new ModelAnswer.EmptyChoices();

        (await JsonAsync(await _calls.AskOpenAiAsync())).GetProperty("choices").GetArrayLength().ShouldBe(0);
        (await JsonAsync(await _calls.AskAnthropicAsync())).GetProperty("content").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Answers_with_a_huge_text()
    {
        _calls.Server.Answer = _ => new ModelAnswer.Huge(3_000_000);

        var reply = await JsonAsync(await _calls.AskOpenAiAsync());
        reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Length.ShouldBe(3_000_000);
        reply.GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBe(750_000);
    }

    [Fact]
    public async Task Answers_with_what_is_not_JSON()
    {
        _calls.Server.Answer = _ => new ModelAnswer.BrokenBody();
        var broken = await _calls.AskOpenAiAsync();
        broken.StatusCode.ShouldBe(HttpStatusCode.OK);
        broken.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        await Should.ThrowAsync<JsonException>(() => JsonAsync(broken));

        _calls.Server.Answer = _ => new ModelAnswer.WrongContentType();
        (await _calls.AskAnthropicAsync()).Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task Breaks_off_a_body_so_that_only_its_JSON_shows_it()
    {
        _calls.Server.Answer = _ => new ModelAnswer.HalfJson("Hi there");

        var response = await _calls.AskOpenAiAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.Contains("Content-Length").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync()).ShouldStartWith("""{"id":"chatcmpl-""");
        await Should.ThrowAsync<JsonException>(() => JsonAsync(response));
    }

    [Fact]
    public async Task Cuts_a_connection_before_or_after_the_headers()
    {
        _calls.Server.Answer = _ => new ModelAnswer.CutConnection(AfterHeaders: false);
        await Should.ThrowAsync<HttpRequestException>(() => _calls.AskOpenAiAsync());

        _calls.Server.Answer = _ => new ModelAnswer.CutConnection(AfterHeaders: true);
        var response = await _calls.AskOpenAiAsync(HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(1000);
        await Should.ThrowAsync<Exception>(() => response.Content.ReadAsStringAsync());

        _calls.Server.Answer = _ => new ModelAnswer.Text("And on");
        (await _calls.AskOpenAiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
