using Anthropic;
using Microsoft.Extensions.AI;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>Anthropic's library, which is an <see cref="IChatClient"/> of its own.</summary>
internal static class AnthropicChat
{
    private const int DefaultOutputTokens = 8192;

    public static IChatClient Connect(ModelEntry model, HttpClient http)
    {
        var client = new AnthropicClient
        {
            ApiKey = model.Key,
            HttpClient = http,
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            // Its own traces can be made to hold text; ours never do.
            OpenTelemetry = false,
        };
        return (model.BaseUrl is { } url ? client.WithOptions(o => o with { BaseUrl = url.ToString() }) : client).AsIChatClient(model.Model, DefaultOutputTokens);
    }
}
