using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>OpenAI's library as an <see cref="IChatClient"/>: plain chat completions, one reply, no streaming, no tools.</summary>
internal sealed class OpenAiChat(ChatClient client) : IChatClient
{
    // The newest stable one that takes a JSON schema.
    private const string AzureVersion = "2024-10-21";

    public static OpenAiChat Connect(ModelEntry model, HttpClient http)
    {
        var azure = model.Provider == ModelProvider.AzureOpenAi;
        var options = new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (model.BaseUrl is { } url)
            options.Endpoint = azure && !url.AbsolutePath.Contains("/openai", StringComparison.Ordinal) ? new Uri($"{url.AbsoluteUri.TrimEnd('/')}/openai/deployments/{Uri.EscapeDataString(model.Model)}") : url;
        // Servers on one's own machine take any key, and the library takes no empty one.
        var key = new ApiKeyCredential(model.Key.Length > 0 ? model.Key : "none");
        if (!azure)
            return new OpenAiChat(new ChatClient(model.Model, key, options));
        if (options.Endpoint!.AbsolutePath.Contains("/deployments/", StringComparison.Ordinal))
            options.AddPolicy(new ApiVersion(AzureVersion), PipelinePosition.PerCall);
#pragma warning disable OPENAI001
        return new OpenAiChat(new ChatClient(model.Model, ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(key, "api-key"), options));
#pragma warning restore OPENAI001
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = new ChatCompletionOptions { Temperature = options?.Temperature, MaxOutputTokenCount = options?.MaxOutputTokens };
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } json)
            asked.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName ?? "reply", BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: true);
        var reply = (await client.CompleteChatAsync(messages.Select(Message), asked, cancellationToken)).Value;
        return Response(reply);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Replies are checked whole before anyone sees them, so nothing is streamed.");

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The HTTP client below is shared.
    }

    private static OpenAI.Chat.ChatMessage Message(Microsoft.Extensions.AI.ChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text) : new UserChatMessage(message.Text);

    private static ChatResponse Response(ChatCompletion reply)
    {
        var (text, why) = Said(reply);
        return new ChatResponse(new Microsoft.Extensions.AI.ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = reply.Model,
            FinishReason = why,
            Usage = new UsageDetails
            {
                InputTokenCount = reply.Usage?.InputTokenCount,
                OutputTokenCount = reply.Usage?.OutputTokenCount,
                CachedInputTokenCount = reply.Usage?.InputTokenDetails?.CachedTokenCount,
            },
        };
    }

    private static (string Text, Microsoft.Extensions.AI.ChatFinishReason Why) Said(ChatCompletion reply)
    {
        try
        {
            return reply.Refusal is { Length: > 0 } ? ("", Microsoft.Extensions.AI.ChatFinishReason.ContentFilter) : (string.Concat(reply.Content.Select(c => c.Text)), Reason(reply.FinishReason));
        }
        catch (ArgumentOutOfRangeException)
        {
            // The library's way of saying that there is no choice in the reply.
            return ("", Microsoft.Extensions.AI.ChatFinishReason.Stop);
        }
    }

    private static Microsoft.Extensions.AI.ChatFinishReason Reason(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => Microsoft.Extensions.AI.ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => Microsoft.Extensions.AI.ChatFinishReason.ContentFilter,
        OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
        _ => Microsoft.Extensions.AI.ChatFinishReason.Stop,
    };

    private sealed class ApiVersion(string version) : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
            throw new NotSupportedException("Calls are asynchronous.");

        public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Uri = new UriBuilder(message.Request.Uri!) { Query = "api-version=" + version }.Uri;
            await ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
