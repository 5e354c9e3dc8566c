using System.Text.Json;
using System.Text.Json.Serialization;
using BotPlatform.Interviewing;
using Microsoft.Extensions.AI;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>
/// Replies kept in a folder, so that a calibration can be run again without paying again. A reply is found by what
/// was asked and by the number of its sample; one that is not there is an error, never made up.
/// </summary>
internal static class Recordings
{
    public const string RequestKey = "botplatform.request";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Marks a client that is to be told the whole request.</summary>
    internal interface INeedRequest;

    /// <param name="Failure">What was wrong with a reply that could not be used at all.</param>
    private sealed record Recorded(string Model, string Text, string? Finish, long InputTokens, long OutputTokens, long CachedTokens, string? Failure = null, string Detail = "");

    private static (ModelRequest Request, string Path) Asked(string folder, ModelEntry entry, ChatOptions? options)
    {
        var request = (ModelRequest)options!.AdditionalProperties![RequestKey]!;
        return (request, Path.Combine(folder, $"{request.Hash(entry)}-{request.Sample}.json"));
    }

    /// <summary>Asks the model and keeps what it said.</summary>
    internal sealed class Recorder(IChatClient inner, ModelEntry entry, string folder) : DelegatingChatClient(inner), INeedRequest
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var (_, path) = Asked(folder, entry, options);
            var asked = options!.Clone();
            asked.AdditionalProperties = null;
            try
            {
                var response = await base.GetResponseAsync(messages, asked, cancellationToken);
                var usage = response.Usage;
                await KeepAsync(
                    path,
                    new Recorded(response.ModelId ?? entry.Model, response.Text, response.FinishReason?.Value, usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0, usage?.CachedInputTokenCount ?? 0),
                    cancellationToken);
                return response;
            }
            catch (Exception e) when (ModelFailure.Of(e) is { IsOfTheReply: true } failure)
            {
                await KeepAsync(path, new Recorded(entry.Model, "", Finish: null, 0, 0, 0, Words.Name(failure.Kind), failure.Detail), cancellationToken);
                throw;
            }
        }

        private static async Task KeepAsync(string path, Recorded recorded, CancellationToken cancellation)
        {
            // Written beside and moved, so that a run that is broken off leaves no half a reply.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var half = path + ".part";
            await File.WriteAllTextAsync(half, JsonSerializer.Serialize(recorded, Options), cancellation);
            File.Move(half, path, overwrite: true);
        }
    }

    /// <summary>Says again what was recorded; asks nobody.</summary>
    internal sealed class Player(ModelEntry entry, string folder) : IChatClient, INeedRequest
    {
        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var (request, path) = Asked(folder, entry, options);
            if (!File.Exists(path))
                throw new ModelFailedException(new ModelFailure(FailureKind.NotRecorded, $"has no recording of sample {request.Sample} of this request in {folder}: record it first, or ask the model"));
            var recorded = Read(await File.ReadAllTextAsync(path, cancellationToken))
                ?? throw new ModelFailedException(new ModelFailure(FailureKind.NotRecorded, $"has a recording that cannot be read, {path}: record it again"));
            if (Words.Parse<FailureKind>(recorded.Failure) is { } kind)
                throw new ModelFailedException(new ModelFailure(kind, recorded.Detail));
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, recorded.Text))
            {
                ModelId = recorded.Model,
                FinishReason = recorded.Finish is null ? null : new ChatFinishReason(recorded.Finish),
                Usage = new UsageDetails { InputTokenCount = recorded.InputTokens, OutputTokenCount = recorded.OutputTokens, CachedInputTokenCount = recorded.CachedTokens },
            };
        }

        private static Recorded? Read(string text)
        {
            try
            {
                return JsonSerializer.Deserialize<Recorded>(text, Options) is { Model: not null, Text: not null } recorded ? recorded : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Replies are checked whole before anyone sees them, so nothing is streamed.");

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose()
        {
            // Nothing is held open.
        }
    }
}
