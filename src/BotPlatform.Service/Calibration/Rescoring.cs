using BotPlatform.Adapters;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.LanguageModels;
using Npgsql;

namespace BotPlatform.Service.Calibration;

/// <summary>With what stored sessions are scored again.</summary>
/// <param name="Rubric">Null leaves the one that a session was scored by.</param>
/// <param name="Prompt">Null leaves the one that a session pins.</param>
/// <param name="Models">Grade where a model is to grade.</param>
/// <param name="ByModel">Whether sessions that rules scored are graded by models now.</param>
/// <param name="Newest">The prompt for sessions that pin none.</param>
/// <param name="Texts">What the new scorecards point to by hash.</param>
public sealed record RescoreWith(
    Rubric? Rubric, PromptFile? Prompt, Models Models, bool ByModel, PromptFile? Newest, IReadOnlyList<StoredText> Texts);

/// <summary>What came of scoring one session again.</summary>
public abstract record Rescored
{
    private Rescored()
    {
    }

    /// <param name="Moved">Criterion, the value before, the value after; null is unscored.</param>
    public sealed record Done(Scorecard Before, Scorecard After, IReadOnlyList<(string Criterion, int? Before, int? After)> Moved) : Rescored
    {
        /// <summary>Rules and models are never compared as if they were one.</summary>
        public bool IsComparable => Before.GraderMode == After.GraderMode;
    }

    /// <summary>It was to be scored, and could not be.</summary>
    public sealed record Failed(string Why) : Rescored;

    /// <summary>It is not to be scored in this way.</summary>
    public sealed record Left(string Why) : Rescored;
}

/// <summary>Scores stored sessions again, beside the old scorecards: what a new rubric, prompt or model would change.</summary>
public sealed class Rescoring(NpgsqlDataSource source, SessionStore store, PinnedContent pinned, ModelCalls calls, ModelUse use, Telemetry telemetry, byte[] secret, Func<Guid> newId, TimeProvider time)
{
    /// <summary>Null when the session has no scorecard.</summary>
    public async Task<Rescored?> RescoreAsync(SessionKey key, RescoreWith with, CancellationToken cancellation)
    {
        if (await store.FindAsync(key, cancellation) is not { } row)
            return null;
        var session = await store.LoadAsync(row, cancellation);
        if (session.Scorecard is not { } before || session.State != SessionState.Ended)
            return null;
        // A rubric alone changes the rubric, not who scores.
        var byModel = with.ByModel || before.GraderMode == Combining.Mode;
        if (byModel && session.Settings.SentTo is null)
            return new Rescored.Left("its candidate was never told that a language model reads the answers");
        var book = with.Rubric is null ? session.Book : RuleBook.Compile(with.Rubric, session.Book.Problem);
        var rules = SessionScoring.ByRules(session, book);
        var outcome = byModel ? await GradeAsync(key, session, book, rules, with, cancellation) : rules;
        if (!outcome.TryGet(out var after, out var why))
            return new Rescored.Failed(why);
        return await KeepAsync(key, session, after, with.Texts, cancellation)
            ? new Rescored.Done(before, after, Moved(before, after))
            : new Rescored.Failed("someone is at work on it, or it was deleted just now");
    }

    private async Task<Outcome<Scorecard>> GradeAsync(
        SessionKey key, Session session, RuleBook book, Scorecard rules, RescoreWith with, CancellationToken cancellation)
    {
        if (await use.HeldUpAsync(key, cancellation) is var (held, _))
            return new Refusal(held);
        var chosen = with.Prompt ?? (session.Settings.GraderPrompt is null ? with.Newest : null);
        if ((chosen?.Hash ?? session.Settings.GraderPrompt) is not { } hash)
            return new Refusal("there is no prompt for a grader");
        var prompt = chosen?.Text ?? await pinned.PromptAsync(key.Workspace, hash, cancellation);
        var effect = newId();
        var asking = new Asking(telemetry, newId, (call, token) => calls.KeepAsync(key, effect, call, time.GetUtcNow(), token));
        var transcript = SessionScoring.Transcript(session);
        var graded = await new Grader(with.Models).GradeAsync(
            new ToGrade(book, session.Level, transcript, rules, hash, prompt, Boundary.Of(secret, session.Id, attempt: 0)), kept: [], asking, cancellation);
        return graded.Grade is { } grade
            ? Combining.Combine(book, rules, transcript, grade, text => new TurnText(newId(), text))
            : new Refusal(graded.Why);
    }

    private async Task<bool> KeepAsync(SessionKey key, Session session, Scorecard card, IReadOnlyList<StoredText> texts, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using (var connection = await source.OpenConnectionAsync(cancellation))
            await PinnedContent.StoreAsync(connection, key.Workspace, texts, now);
        await using var work = await SessionWork.BeginAsync(source, key, now, cancellation);
        if (work is null)
            return false;
        work.AddScorecard(session, newId(), card, now);
        await work.CommitAsync(session, now, cancellation);
        return true;
    }

    private static List<(string, int?, int?)> Moved(Scorecard before, Scorecard after) =>
    [
        .. from score in after.Scores
           let was = before.Scores.FirstOrDefault(s => s.Criterion == score.Criterion)
           where was?.Value != score.Value
           select (score.Criterion, was?.Value, score.Value),
    ];
}
