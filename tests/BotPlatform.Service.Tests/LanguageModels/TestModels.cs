using System.Collections.Immutable;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Tests.Shared.Models;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>Models that the double serves.</summary>
internal static class TestModels
{
    public static ModelEntry OpenAi(ModelServer server, params ModelRole[] roles) => new(
        "first", ModelProvider.OpenAi, ModelServer.DefaultModel, server.OpenAiBase, "test-key", Roles(roles), Temperature: 0.2, new ModelPrice(2, 8), Concurrency: 64, TimeSpan.FromSeconds(20));

    public static ModelEntry Anthropic(ModelServer server, params ModelRole[] roles) => new(
        "second", ModelProvider.Anthropic, ModelServer.DefaultModel, server.AnthropicBase, "test-key", Roles(roles), Temperature: null, Price: null, Concurrency: 64, TimeSpan.FromSeconds(20));

    public static ModelSettings Settings(params ModelEntry[] models) => ModelSettings.None with { Models = [.. models] };

    private static ImmutableHashSet<ModelRole> Roles(ModelRole[] roles) => roles.Length == 0 ? [ModelRole.Interviewer, ModelRole.Grader] : [.. roles];
}
