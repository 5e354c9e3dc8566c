using System.Diagnostics;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>One model with all that stands between us and it: its limit of calls at once, timeouts, retries, a circuit breaker.</summary>
public sealed class ModelConnection : IDisposable
{
    private const int Retries = 3;
    private const int LongestName = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly IChatClient _chat;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _patient;
    private readonly ResiliencePipeline _once;
    private readonly ResiliencePipeline _persistent;

    // Why it rests, for who asks meanwhile.
    private volatile ModelFailure? _lastOfItsOwn;

    /// <param name="random">For the jitter of retries, 0 to 1.</param>
    internal ModelConnection(ModelEntry entry, IChatClient chat, TimeProvider time, Func<double> random)
    {
        (Entry, _chat, _time) = (entry, chat, time);
        _places = new SemaphoreSlim(entry.Concurrency);
        // However many grades wait, who cannot wait finds a place.
        _patient = new SemaphoreSlim(Math.Max(1, entry.Concurrency - 1));
        _once = Guarded(new ResiliencePipelineBuilder { TimeProvider = time }).Build();
        _persistent = Guarded(new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = LongestWait,
            UseJitter = true,
            Randomizer = random,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && IsAskedOver(ModelFailure.Of(e))),
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception is { } e ? ModelFailure.Of(e).RetryAfter : null),
        })).Build();
    }

    public ModelEntry Entry { get; }

    /// <summary>Asks; gives the reply, or the failure that was left when trying again was no use.</summary>
    /// <param name="persistent">Tries again what may pass; without, the first failure stands, for who cannot wait.</param>
    public async Task<(ModelReply? Reply, ModelFailure? Failure)> AskAsync(ModelRequest request, bool persistent, CancellationToken cancellation)
    {
        using var patience = persistent ? await TakeAsync(_patient, cancellation) : null;
        using var place = await TakeAsync(_places, cancellation);
        var started = _time.GetTimestamp();
        try
        {
            var reply = await (persistent ? _persistent : _once).ExecuteAsync(async token => await CallAsync(request, token), cancellation);
            return (reply with { Latency = _time.GetElapsedTime(started) }, null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsExpected(e))
        {
            var failure = ModelFailure.Of(e);
            return (null, failure.Kind == FailureKind.Resting && _lastOfItsOwn is { } cause ? failure with { Detail = cause.InWords(Entry) } : failure);
        }
    }

    public void Dispose()
    {
        _chat.Dispose();
        _places.Dispose();
        _patient.Dispose();
    }

    private static async Task<Place> TakeAsync(SemaphoreSlim places, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        return new Place(places);
    }

    private ResiliencePipelineBuilder Guarded(ResiliencePipelineBuilder builder) => builder
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.6,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(15),
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && Noted(ModelFailure.Of(e)).MayPass),
        })
        .AddTimeout(Entry.Timeout);

    private ModelFailure Noted(ModelFailure failure)
    {
        if (failure.MayPass)
            _lastOfItsOwn = failure;
        return failure;
    }

    private async Task<ModelReply> CallAsync(ModelRequest request, CancellationToken cancellation)
    {
        var messages = request.System.Select(s => new ChatMessage(ChatRole.System, s)).Append(new ChatMessage(ChatRole.User, request.User)).ToArray();
        var options = new ChatOptions
        {
            MaxOutputTokens = request.MostOutputTokens,
            Temperature = (float?)Entry.Temperature,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(request.Schema, request.SchemaName),
            AdditionalProperties = _chat is Recordings.INeedRequest ? new AdditionalPropertiesDictionary { [Recordings.RequestKey] = request } : null,
        };
        var response = await _chat.GetResponseAsync(messages, options, cancellation);
        var failure = response.FinishReason switch
        {
            var reason when reason == ChatFinishReason.ContentFilter => FailureKind.Refused,
            var reason when reason == ChatFinishReason.Length => FailureKind.CutShort,
            var reason when reason == ChatFinishReason.ToolCalls => FailureKind.NotUnderstood,
            _ => response.Text.Length == 0 ? FailureKind.Empty : (FailureKind?)null,
        };
        var spent = Spent(response.Usage);
        if (failure is { } kind)
            throw new ModelFailedException(new ModelFailure(kind) { Spent = spent });
        return new ModelReply(response.Text, Reported(response.ModelId), spent.InputTokens, spent.OutputTokens, spent.CachedTokens, spent.Cost, default);
    }

    private ModelSpent Spent(UsageDetails? usage)
    {
        var (input, output) = ((int)(usage?.InputTokenCount ?? 0), (int)(usage?.OutputTokenCount ?? 0));
        double? cost = Entry.Price is { } price ? ((input * price.Input) + (output * price.Output)) / 1e6 : null;
        return new ModelSpent(input, output, (int)(usage?.CachedInputTokenCount ?? 0), cost);
    }

    // It is stored and shown, and only the provider's word.
    private string Reported(string? model)
    {
        var plain = string.Concat((model ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(LongestName)).Trim();
        return plain.Length > 0 ? plain : Entry.Model;
    }

    // One that asks for longer than we wait here is left to whoever can wait so long.
    private static bool IsAskedOver(ModelFailure failure) =>
        failure is { MayPass: true, Kind: not FailureKind.Resting } && (failure.RetryAfter is not { } wait || wait <= LongestWait);

    // Libraries raise what they like; a fault of ours is none of these and is not hidden among them.
    private static bool IsExpected(Exception e) => e is not (NullReferenceException or OutOfMemoryException or StackOverflowException);

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
