using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;

namespace BotPlatform.Service.LanguageModels;

/// <summary>Asks a model once and takes down what was asked, answered and spent; traced without text.</summary>
/// <param name="keep">Where the call is taken down.</param>
public sealed class Asking(Telemetry telemetry, Func<Guid> newId, Func<ModelCall, CancellationToken, Task> keep)
{
    public const string Unreadable = "unreadable";

    /// <param name="persistent">Tries again what may pass.</param>
    /// <param name="read">Null when the reply is not of the form that was asked for.</param>
    public async Task<(T? Value, ModelReply? Reply, ModelFailure? Failure)> AskAsync<T>(
        ModelConnection model, ModelRole role, ModelRequest request, string promptHash, string rubricHash, bool persistent, Func<string, T?> read, CancellationToken cancellation)
        where T : class
    {
        var roleName = Words.Name(role);
        using var activity = telemetry.CallModel(model.Entry.Name, roleName);
        var (reply, failure) = await model.AskAsync(request, persistent, cancellation);
        var value = reply is null ? null : read(reply.Text);
        var spent = reply is null ? failure!.Spent : new ModelSpent(reply.InputTokens, reply.OutputTokens, reply.CachedTokens, reply.Cost);
        var outcome = failure is not null ? Words.Name(failure.Kind) : value is null ? Unreadable : ModelCalls.Replied;
        telemetry.ModelCalled(activity, model.Entry.Name, roleName, outcome, reply?.Latency ?? default, spent.InputTokens, spent.OutputTokens);
        await keep(
            new ModelCall(
                newId(),
                roleName,
                request.Sample,
                model.Entry.Name,
                reply?.Model ?? model.Entry.Model,
                request.Parameters(model.Entry),
                request.Hash(model.Entry),
                promptHash,
                rubricHash,
                spent.InputTokens,
                spent.OutputTokens,
                spent.CachedTokens,
                spent.Cost,
                (int)(reply?.Latency.TotalMilliseconds ?? 0),
                outcome,
                reply?.Text),
            cancellation);
        return (value, reply, failure);
    }
}
