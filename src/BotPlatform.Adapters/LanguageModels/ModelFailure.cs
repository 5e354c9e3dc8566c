using System.Net;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>Why a model gave no usable reply.</summary>
public enum FailureKind
{
    Unreachable,
    TimedOut,
    RateLimited,
    ServerError,

    /// <summary>Too many failures lately: it is left alone for a while.</summary>
    Resting,
    KeyRejected,
    UnknownModel,
    BadRequest,

    /// <summary>The model would not answer.</summary>
    Refused,
    CutShort,
    Empty,
    TooLarge,
    NotUnderstood,

    /// <summary>A recording is missing, or the same request was recorded otherwise.</summary>
    NotRecorded,
}

/// <param name="Detail">Our own words; never a provider's, which may repeat what was sent.</param>
/// <param name="RetryAfter">What the provider asked for.</param>
public sealed record ModelFailure(FailureKind Kind, string Detail = "", TimeSpan? RetryAfter = null)
{
    /// <summary>What it cost all the same.</summary>
    public ModelSpent Spent { get; init; } = ModelSpent.Nothing;

    /// <summary>Whether the same call may go through later.</summary>
    public bool MayPass => Kind is FailureKind.Unreachable or FailureKind.TimedOut or FailureKind.RateLimited or FailureKind.ServerError or FailureKind.Resting;

    /// <summary>Whether it lies in the reply: another one may be better.</summary>
    public bool IsOfTheReply => Kind is FailureKind.Refused or FailureKind.CutShort or FailureKind.Empty or FailureKind.TooLarge or FailureKind.NotUnderstood;

    /// <summary>What is wrong and what to do, for an operator.</summary>
    public string InWords(ModelEntry model) => Kind switch
    {
        FailureKind.Unreachable => $"cannot be reached at {Address(model.BaseUrl) ?? "its provider's address"}: is the address right, and is the server up?",
        FailureKind.TimedOut => $"did not answer within {model.Timeout.TotalSeconds:0.#} s",
        FailureKind.RateLimited => "has had too many requests, or the account's quota is used up" + (RetryAfter is { } after ? $"; it asks to wait {after.TotalSeconds:0} s" : ""),
        FailureKind.ServerError => $"has a fault of its own{Suffix}",
        FailureKind.Resting => $"failed too often lately and is left alone for a moment{Suffix}",
        FailureKind.KeyRejected => "rejected the key: is it set, valid, and allowed to use this model?",
        FailureKind.UnknownModel => $"does not know '{model.Model}': is the model's name right, and does the base URL end as the provider says (as in /v1)?",
        FailureKind.BadRequest => $"did not accept the request{Suffix}; a setting such as \"temperature\" may not suit this model",
        FailureKind.Refused => "would not answer",
        FailureKind.CutShort => "stopped in the middle of its answer",
        FailureKind.Empty => "gave an empty answer",
        FailureKind.TooLarge => "gave an answer that is far too long",
        FailureKind.NotRecorded => Detail,
        _ => "gave an answer that could not be read" + Suffix,
    };

    // An address may hold a password or a key before its host or in its query.
    private static string? Address(Uri? url) => url?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private string Suffix => Detail.Length == 0 ? "" : $" ({Detail})";

    internal static ModelFailure Of(Exception e) => e switch
    {
        ModelFailedException failed => failed.Failure,
        BrokenCircuitException => new ModelFailure(FailureKind.Resting),
        TimeoutRejectedException or OperationCanceledException or TimeoutException => new ModelFailure(FailureKind.TimedOut),
        JsonException or InvalidDataException or FormatException or ArgumentException or KeyNotFoundException => new ModelFailure(FailureKind.NotUnderstood),
        HttpRequestException or IOException => new ModelFailure(FailureKind.Unreachable),
        _ when e.InnerException is { } inner => Of(inner),
        _ => new ModelFailure(FailureKind.NotUnderstood, e.GetType().Name),
    };

    internal static ModelFailure OfStatus(HttpStatusCode status, TimeSpan? retryAfter) => (int)status switch
    {
        401 or 403 => new ModelFailure(FailureKind.KeyRejected),
        404 => new ModelFailure(FailureKind.UnknownModel),
        408 => new ModelFailure(FailureKind.TimedOut),
        429 => new ModelFailure(FailureKind.RateLimited, RetryAfter: retryAfter),
        >= 500 => new ModelFailure(FailureKind.ServerError, $"status {(int)status}", retryAfter),
        _ => new ModelFailure(FailureKind.BadRequest, $"status {(int)status}"),
    };
}

/// <summary>Carries a failure out of a client library that has no other way for it.</summary>
internal sealed class ModelFailedException(ModelFailure failure) : Exception(failure.Kind.ToString())
{
    public ModelFailure Failure { get; } = failure;
}
