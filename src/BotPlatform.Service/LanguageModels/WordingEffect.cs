using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Wording;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.LanguageModels;

/// <summary>
/// Has a model word what comes next. What it says is checked before it goes anywhere; refused twice, failed or too late,
/// the engine's own wording stands.
/// </summary>
public sealed class WordingEffect(
    SessionStore store,
    SessionCache cache,
    PinnedContent pinned,
    ModelCalls calls,
    ModelUse use,
    Models models,
    Telemetry telemetry,
    Access access,
    Func<Guid> newId,
    TimeProvider time,
    ILogger<WordingEffect> log)
{
    private const int Tries = 2;

    public async Task<Performed> PerformAsync(OutboxRow row, CancellationToken cancellation)
    {
        if (await store.FindAsync(row.Key, cancellation) is not { } found)
            return new Performed.Dropped();
        var session = cache.Find(row.SessionId, found.Version) ?? await store.LoadAsync(found, cancellation);
        var left = SessionSettings.WordingWait - (time.GetUtcNow() - new DateTimeOffset(row.CreatedAt));
        if (session.WordingAskedAt != row.EventNumber || left <= TimeSpan.Zero || Wordings.Awaited(session) is not { } offer)
            return new Performed.Dropped();
        if (models.Interviewer is not { } model || session.Settings.InterviewerPrompt is not { } hash || await use.HeldUpAsync(row.Key, cancellation) is not null)
            return new Performed.Replied(new Input.WordingReceived(row.EventNumber, Worded: null));

        using var limit = new CancellationTokenSource(left, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return new Performed.Replied(new Input.WordingReceived(row.EventNumber, await WordAsync(row, session, offer, model, hash, both.Token)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The timer has sent the engine's wording.
            telemetry.Worded("late");
            return new Performed.Dropped();
        }
    }

    private async Task<Worded?> WordAsync(OutboxRow row, Session session, WordingOffer offer, ModelConnection model, string hash, CancellationToken cancellation)
    {
        var prompt = await pinned.PromptAsync(row.WorkspaceId, hash, cancellation);
        var asking = new Asking(telemetry, newId, (call, token) => calls.KeepAsync(row.Key, row.EffectId, call, time.GetUtcNow(), token));
        for (var n = 1; n <= Tries; n++)
        {
            var request = WordingPrompt.Ask(prompt, session, offer, Boundary.Of(access.Secret, session.Id, row.EventNumber), n == 1 ? "1" : "1b");
            var (worded, _, failure) = await asking.AskAsync(
                model, ModelRole.Interviewer, request, hash, session.Book.Rubric.Hash, persistent: false, WordingPrompt.Read, cancellation);
            var refusal = failure is not null ? failure.InWords(model.Entry) : worded is null ? "it is not of the form asked for" : WordingChecks.Refusal(session, offer, worded);
            telemetry.Worded(refusal ?? "used");
            if (refusal is null)
                return worded;
            log.LogInformation("A wording of {Model} for session {SessionId} was not used: {Why}", model.Entry.Name, session.Id, refusal);
            if (failure?.Kind is FailureKind.Resting or FailureKind.KeyRejected or FailureKind.UnknownModel)
                return null;
        }

        return null;
    }
}
