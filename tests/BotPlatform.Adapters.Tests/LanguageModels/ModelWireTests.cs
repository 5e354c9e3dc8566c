using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;
using ModelRequest = BotPlatform.Adapters.LanguageModels.ModelRequest;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>What goes over the wire to each provider, and what is read from a good reply.</summary>
public sealed class ModelWireTests
{
    private const string Reply = """{ "said": "Hello" }""";

    public static TheoryData<ModelProvider> Providers => new(Enum.GetValues<ModelProvider>());

    [Theory]
    [InlineData(ModelProvider.OpenAi, 0.2, "0.2")]
    [InlineData(ModelProvider.AzureOpenAi, 0.0, "0")]
    [InlineData(ModelProvider.OpenAi, null, null)]
    [InlineData(ModelProvider.Anthropic, 0.2, null)]
    [InlineData(ModelProvider.Anthropic, null, null)]
    public async Task A_temperature_is_sent_where_one_is_configured_and_never_to_Anthropic(ModelProvider provider, double? configured, string? sent)
    {
        await using var model = await ServedModel.StartAsync(provider, _ => new ModelAnswer.Text(Reply), change: e => e with { Temperature = configured });

        (await model.AskAsync()).Reply.ShouldNotBeNull();

        using var body = JsonDocument.Parse(model.Server.Requests[0].Body);
        (body.RootElement.TryGetProperty("temperature", out var temperature) ? temperature.GetRawText() : null).ShouldBe(sent);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Instructions_go_in_a_system_role_and_what_the_candidate_said_never_does(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(provider, new ModelAnswer.Text(Reply));

        (await model.AskAsync()).Reply.ShouldNotBeNull();

        var asked = model.Server.Requests[0];
        asked.System.ShouldBe("You are asked in a test.\n\nThese instructions are the same each time.");
        asked.Messages.ShouldBe([("user", ServedModel.Request().User)]);
        asked.Schema!.Value.GetProperty("required")[0].GetString().ShouldBe("said");
    }

    [Fact]
    public async Task Anthropic_is_told_to_keep_the_instructions_up_to_the_last()
    {
        await using var model = await ServedModel.StartAsync(ModelProvider.Anthropic, new ModelAnswer.Text(Reply));

        (await model.AskAsync()).Reply.ShouldNotBeNull();

        using var body = JsonDocument.Parse(model.Server.Requests[0].Body);
        var blocks = body.RootElement.GetProperty("system").EnumerateArray().ToArray();
        blocks.Select(b => b.TryGetProperty("cache_control", out _)).ShouldBe([false, true]);
        body.RootElement.GetProperty("messages").GetRawText().ShouldNotContain("cache_control");
    }

    [Fact]
    public async Task Azure_is_asked_for_a_deployment_with_its_own_header()
    {
        await using var model = await ServedModel.StartAsync(ModelProvider.AzureOpenAi, new ModelAnswer.Text(Reply));

        (await model.AskAsync()).Reply.ShouldNotBeNull();

        var asked = model.Server.Requests.ShouldHaveSingleItem();
        (asked.Protocol, asked.Model, asked.Headers["api-key"]).ShouldBe(("azure", ModelServer.DefaultModel, "test-key"));
        asked.Headers.ContainsKey("authorization").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Samples_are_asked_alike_and_sessions_differ_in_the_data_alone(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(provider, new ModelAnswer.Text(Reply));

        foreach (var request in (ModelRequest[])[ServedModel.Request(), ServedModel.Request(sample: "2"), ServedModel.Request(boundary: "DATA-FEDCBA9876543210")])
            (await model.Connection.AskAsync(request, persistent: false, TestContext.Current.CancellationToken)).Reply.ShouldNotBeNull();

        var bodies = model.Server.Requests.Select(r => r.Body).ToArray();
        bodies[1].ShouldBe(bodies[0]);
        bodies[2].Replace("DATA-FEDCBA9876543210", ServedModel.Boundary).ShouldBe(bodies[0]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_was_used_is_read_with_the_part_that_the_provider_had_kept(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(provider, new ModelAnswer.Text(Reply));
        var request = ServedModel.Request() with { System = [new string('x', 8000)] };

        var first = (await model.Connection.AskAsync(request, persistent: false, TestContext.Current.CancellationToken)).Reply!;
        var second = (await model.Connection.AskAsync(request, persistent: false, TestContext.Current.CancellationToken)).Reply!;

        first.InputTokens.ShouldBeGreaterThan(2000);
        second.InputTokens.ShouldBe(first.InputTokens, "what was kept is part of the input");
        (first.CachedTokens, second.CachedTokens).ShouldBe((0, 2000));
        first.Model.ShouldStartWith(ModelServer.DefaultModel);
        first.Cost.ShouldNotBeNull().ShouldBe(((first.InputTokens * 2) + (first.OutputTokens * 8)) / 1e6, 1e-9);
    }

    [Fact]
    public async Task The_name_that_a_provider_reports_is_kept_short_and_plain()
    {
        var name = "odd\0\u001b\ud83d\ude00" + new string('x', 5000);
        await using var server = await ModelServer.StartAsync(_ => new ModelAnswer.Text(Reply), models: name);
        using var models = new Models(ModelSettings.None with { Models = [ServedModel.Entry(server, ModelProvider.Anthropic) with { Model = name }] }, TimeProvider.System, () => 0.5);

        var reply = (await models.All[0].AskAsync(ServedModel.Request(), persistent: false, TestContext.Current.CancellationToken)).Reply!;

        reply.Model.ShouldBe("odd" + new string('x', 97));
    }

    [Theory]
    [InlineData("/gateway", "/gateway/openai/deployments/test-model/chat/completions")]
    [InlineData("/gateway/", "/gateway/openai/deployments/test-model/chat/completions")]
    [InlineData("", "/openai/deployments/test-model/chat/completions")]
    [InlineData("/openai/v1", "/openai/v1/chat/completions")]
    public async Task Azure_behind_a_gateway_is_asked_behind_the_gateway(string path, string asked)
    {
        await using var model = await ServedModel.StartAsync(
            ModelProvider.AzureOpenAi, _ => new ModelAnswer.Text(Reply), change: e => e with { BaseUrl = new Uri(e.BaseUrl!, path) });

        await model.AskAsync();

        (model.Server.Refused.Count == 0 ? "POST /openai/deployments/test-model/chat/completions:" : model.Server.Refused[0]).ShouldStartWith($"POST {asked}:");
    }
}
