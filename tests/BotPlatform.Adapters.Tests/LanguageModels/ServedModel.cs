using System.Collections.Immutable;
using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Tests.Shared.Models;
using ModelRequest = BotPlatform.Adapters.LanguageModels.ModelRequest;
using ServedRequest = BotPlatform.Tests.Shared.Models.ModelRequest;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>One model at the double of its provider, asked as the service asks it.</summary>
internal sealed class ServedModel : IAsyncDisposable
{
    public const string Candidate = "The candidate's own words.";
    public const string Boundary = "DATA-0123456789ABCDEF";

    private readonly Models _models;

    private ServedModel(ModelServer server, Models models) => (Server, _models) = (server, models);

    public ModelServer Server { get; }

    public ModelConnection Connection => _models.All[0];

    public static Task<ServedModel> StartAsync(ModelProvider provider, ModelAnswer answer) => StartAsync(provider, _ => answer);

    /// <param name="change">What is unusual about the model.</param>
    public static async Task<ServedModel> StartAsync(
        ModelProvider provider, Func<ServedRequest, ModelAnswer> answer, TimeProvider? time = null, Func<ModelEntry, ModelEntry>? change = null)
    {
        var server = await ModelServer.StartAsync(answer);
        var entry = Entry(server, provider);
        var settings = ModelSettings.None with { Models = [change?.Invoke(entry) ?? entry] };
        return new ServedModel(server, new Models(settings, time ?? TimeProvider.System, () => 0.5));
    }

    public static ModelEntry Entry(ModelServer server, ModelProvider provider) => new(
        "served",
        provider,
        ModelServer.DefaultModel,
        provider == ModelProvider.OpenAi ? server.OpenAiBase : server.AnthropicBase,
        "test-key",
        [ModelRole.Grader],
        Temperature: null,
        new ModelPrice(2, 8),
        Concurrency: 16,
        SkippingTime.Unskipped);

    public static ModelRequest Request(string boundary = Boundary, string sample = "1") => new(
        ["You are asked in a test.", "These instructions are the same each time."],
        $"{boundary}\n{JsonSerializer.Serialize(Candidate)}\n{boundary}",
        boundary,
        "answer",
        JsonSerializer.SerializeToElement(new
        {
            type = "object",
            properties = new { said = new { type = "string" } },
            required = ImmutableArray.Create("said"),
            additionalProperties = false,
        }),
        MostOutputTokens: 500,
        sample);

    public Task<(ModelReply? Reply, ModelFailure? Failure)> AskAsync(bool persistent = false, CancellationToken cancellation = default) =>
        Connection.AskAsync(Request(), persistent, cancellation);

    public async ValueTask DisposeAsync()
    {
        _models.Dispose();
        await Server.DisposeAsync();
    }
}
