using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>One model with all that stands between us and it: its limit of calls at once, timeouts, retries, a circuit breaker.</summary>
public sealed class ModelConnection : IDisposable
{
    private const int Retries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly IChatClient _chat;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly ResiliencePipeline _once;
    private readonly ResiliencePipeline _persistent;

    /// <param name="random">For the jitter of retries, 0 to 1.</param>
    internal ModelConnection(ModelEntry entry, IChatClient chat, TimeProvider time, Func<double> random)
    {
        (Entry, _chat, _time) = (entry, chat, time);
        _places = new SemaphoreSlim(entry.Concurrency);
        _once = Guarded(new ResiliencePipelineBuilder { TimeProvider = time }).Build();
        _persistent = Guarded(new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = LongestWait,
            UseJitter = true,
            Randomizer = random,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && FailureOf(e) is { MayPass: true, Kind: not FailureKind.Resting }),
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception is { } e && FailureOf(e).RetryAfter is { } wait ? wait < LongestWait ? wait : LongestWait : (TimeSpan?)null),
        })).Build();
    }

    public ModelEntry Entry { get; }

    /// <summary>Asks; gives the reply, or the failure that was left when trying again was no use.</summary>
    /// <param name="persistent">Tries again what may pass; without, the first failure stands, for who cannot wait.</param>
    public async Task<(ModelReply? Reply, ModelFailure? Failure)> AskAsync(ModelRequest request, bool persistent, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        var started = _time.GetTimestamp();
        try
        {
            var reply = await (persistent ? _persistent : _once).ExecuteAsync(async token => await CallAsync(request, token), cancellation);
            return (reply with { Latency = _time.GetElapsedTime(started) }, null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsExpected(e))
        {
            return (null, FailureOf(e));
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _chat.Dispose();
        _places.Dispose();
    }

    private ResiliencePipelineBuilder Guarded(ResiliencePipelineBuilder builder) => builder
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.6,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(15),
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && FailureOf(e).MayPass),
        })
        .AddTimeout(Entry.Timeout);

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
        if (failure is { } kind)
            throw new ModelFailedException(new ModelFailure(kind));
        var (input, output) = ((int)(response.Usage?.InputTokenCount ?? 0), (int)(response.Usage?.OutputTokenCount ?? 0));
        double? cost = Entry.Price is { } price ? ((input * price.Input) + (output * price.Output)) / 1e6 : null;
        return new ModelReply(response.Text, response.ModelId ?? Entry.Model, input, output, (int)(response.Usage?.CachedInputTokenCount ?? 0), cost, default);
    }

    // Libraries raise what they like; a fault of ours is none of these and is not hidden among them.
    private static bool IsExpected(Exception e) => e is not (NullReferenceException or OutOfMemoryException or StackOverflowException);

    private static ModelFailure FailureOf(Exception e) => e switch
    {
        ModelFailedException failed => failed.Failure,
        BrokenCircuitException => new ModelFailure(FailureKind.Resting),
        TimeoutRejectedException or OperationCanceledException or TimeoutException => new ModelFailure(FailureKind.TimedOut),
        JsonException or InvalidDataException or FormatException or ArgumentException or KeyNotFoundException => new ModelFailure(FailureKind.NotUnderstood),
        HttpRequestException or IOException => new ModelFailure(FailureKind.Unreachable),
        _ when e.InnerException is { } inner => FailureOf(inner),
        _ => new ModelFailure(FailureKind.NotUnderstood, e.GetType().Name),
    };
}
