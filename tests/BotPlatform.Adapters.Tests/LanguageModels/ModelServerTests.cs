using System.Diagnostics;
using System.Net;
using System.Text;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;
using static BotPlatform.Adapters.Tests.LanguageModels.ModelServerCalls;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>The double of model servers keeps what it promises: tests of clients are worth no more than it is.</summary>
public sealed class ModelServerTests : IAsyncLifetime
{
    private ModelServerCalls _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await ModelServerCalls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task Counts_a_long_prompt_seen_before_as_cached()
    {
        var prompt = new string('x', 8000);
        var openai = $$"""{ "model": "gpt", "messages": [{ "role": "system", "content": "{{prompt}}" }, { "role": "user", "content": "Go" }] }""";
        var anthropic = $$"""
            { "model": "claude", "max_tokens": 9, {{Hello}},
              "system": [{ "type": "text", "text": "{{prompt}}", "cache_control": { "type": "ephemeral", "ttl": "1h" } }] }
            """;

        await _calls.OpenAiAsync(openai);
        var again = (await JsonAsync(await _calls.OpenAiAsync(openai))).GetProperty("usage");
        var first = (await JsonAsync(await _calls.AnthropicAsync(anthropic))).GetProperty("usage");
        var second = (await JsonAsync(await _calls.AnthropicAsync(anthropic))).GetProperty("usage");

        again.GetProperty("prompt_tokens").GetInt32().ShouldBe(2001);
        again.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32().ShouldBe(2000);
        first.GetProperty("cache_creation_input_tokens").GetInt32().ShouldBe(2000);
        second.GetProperty("cache_read_input_tokens").GetInt32().ShouldBe(2000);
        second.GetProperty("input_tokens").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Refuses_other_addresses_methods_and_content_types()
    {
        (await _calls.Http.GetAsync(new Uri(_calls.Server.AnthropicBase, "v1/models"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _calls.Http.GetAsync(new Uri(_calls.Server.AnthropicBase, "v1/messages"))).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using var text = new StringContent($$"""{ "model": "gpt", {{Hello}} }""", Encoding.UTF8, "text/plain");
        (await _calls.OpenAiAsync(text)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var latin = new ByteArrayContent([(byte)'"', 0xe9, (byte)'"']) { Headers = { { "Content-Type", "application/json" } } };
        (await _calls.OpenAiAsync(latin)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _calls.Server.Refused.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Answers_late_and_many_at_once()
    {
        var delay = TimeSpan.FromMilliseconds(400);
        _calls.Server.Answer = _ => new ModelAnswer.Delayed(delay, new ModelAnswer.Text("At last"));

        var watch = Stopwatch.StartNew();
        var responses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _calls.AskOpenAiAsync()));
        watch.Elapsed.ShouldBeGreaterThan(delay - TimeSpan.FromMilliseconds(20));
        responses.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);

        _calls.Server.MostAtOnce.ShouldBe(4);
        _calls.Server.Requests.Select(request => request.Number).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Ends_without_waiting_for_late_answers()
    {
        _calls.Server.Answer = _ => new ModelAnswer.Delayed(TimeSpan.FromHours(1), new ModelAnswer.Text("Too late"));

        var left = _calls.AskOpenAiAsync();
        while (_calls.Server.Requests.Count == 0) await Task.Delay(5);
        await _calls.Server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<HttpRequestException>(() => left);
    }

    [Fact]
    public async Task Says_when_the_test_has_no_answer()
    {
        _calls.Server.Answer = _ => throw new InvalidOperationException("not this one");

        (await _calls.AskOpenAiAsync()).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        _calls.Server.Refused.ShouldHaveSingleItem().ShouldEndWith("the test had no answer to request 1: not this one");
    }
}
