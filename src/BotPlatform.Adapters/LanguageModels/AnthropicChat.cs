using Anthropic;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>Anthropic's library, which is an <see cref="IChatClient"/> of its own, with our instructions marked as worth keeping.</summary>
internal sealed class AnthropicChat(IChatClient inner) : DelegatingChatClient(inner)
{
    private const int DefaultOutputTokens = 8192;

    public static AnthropicChat Connect(ModelEntry model, HttpClient http)
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
        return new AnthropicChat((model.BaseUrl is { } url ? client.WithOptions(o => o with { BaseUrl = url.ToString() }) : client).AsIChatClient(model.Model, DefaultOutputTokens));
    }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        // What is kept is everything up to the mark, so one on the last of the instructions is enough.
        if (all.FindLastIndex(m => m.Role == ChatRole.System) is var last and >= 0)
            all[last] = new ChatMessage(ChatRole.System, [new TextContent(all[last].Text).WithCacheControl(Ttl.Ttl5m)]);
        return base.GetResponseAsync(all, options, cancellationToken);
    }
}
