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

/// <summary>With what stored sessions are scored again; null leaves what a session was scored with.</summary>
public sealed record RescoreWith(Rubric? Rubric, PromptFile? Prompt, Models Models);

/// <summary>What moved in one session.</summary>
/// <param name="Moved">Criterion, the value before, the value after; null is unscored.</param>
public sealed record Rescored(Guid Session, Scorecard Before, Scorecard After, IReadOnlyList<(string Criterion, int? Before, int? After)> Moved);

/// <summary>Scores stored sessions again, beside the old scorecards: what a new rubric, prompt or model would change.</summary>
public sealed class Rescoring(NpgsqlDataSource source, SessionStore store, PinnedContent pinned, ModelCalls calls, ModelUse use, Telemetry telemetry, byte[] secret, Func<Guid> newId, TimeProvider time)
{
    /// <summary>The session's new scorecard; null when it was never scored, a refusal when it cannot be scored now.</summary>
    public async Task<Outcome<Rescored>?> RescoreAsync(SessionKey key, RescoreWith with, CancellationToken cancellation)
    {
        if (await store.FindAsync(key, cancellation) is not { } row)
            return null;
        var session = await store.LoadAsync(row, cancellation);
        if (session.Scorecard is not { } before || session.State != SessionState.Ended)
            return null;
        var book = with.Rubric is null ? session.Book : RuleBook.Compile(with.Rubric, session.Book.Problem);
        var rules = SessionScoring.ByRules(session, book);
        // A rubric alone changes the rubric, not who scores.
        var byModel = with.Prompt is not null || before.GraderMode == Combining.Mode;
        var outcome = byModel ? await GradeAsync(key, session, book, rules, with, cancellation) : rules;
        if (!outcome.TryGet(out var after, out var why))
            return (Outcome<Rescored>)new Refusal(why);
        await KeepAsync(key, session, after, cancellation);
        return (Outcome<Rescored>)new Rescored(key.Session, before, after, Moved(before, after));
    }

    private async Task<Outcome<Scorecard>> GradeAsync(
        SessionKey key, Session session, RuleBook book, Scorecard rules, RescoreWith with, CancellationToken cancellation)
    {
        if (await use.HeldUpAsync(key, cancellation) is var (held, _))
            return new Refusal(held);
        var hash = with.Prompt?.Hash ?? session.Settings.GraderPrompt;
        if (hash is null)
            return new Refusal("the session was scored by rules and pins no prompt; give --prompt");
        var prompt = with.Prompt?.Text ?? await pinned.PromptAsync(key.Workspace, hash, cancellation);
        var effect = newId();
        var asking = new Asking(telemetry, newId, (call, token) => calls.KeepAsync(key, effect, call, time.GetUtcNow(), token));
        var transcript = SessionScoring.Transcript(session);
        var graded = await new Grader(with.Models).GradeAsync(
            new ToGrade(book, session.Level, transcript, rules, hash, prompt, Boundary.Of(secret, session.Id, attempt: 0)), kept: [], asking, cancellation);
        return graded.Grade is { } grade
            ? Combining.Combine(book, rules, transcript, grade, text => new TurnText(newId(), text))
            : new Refusal(graded.Why);
    }

    private async Task KeepAsync(SessionKey key, Session session, Scorecard card, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var work = await SessionWork.BeginAsync(source, key, now, cancellation)
            ?? throw new InvalidOperationException($"Session {key.Session} is being worked on.");
        work.AddScorecard(session, newId(), card, now);
        await work.CommitAsync(session, now, cancellation);
    }

    private static List<(string, int?, int?)> Moved(Scorecard before, Scorecard after) =>
    [
        .. from score in after.Scores
           let was = before.Scores.FirstOrDefault(s => s.Criterion == score.Criterion)
           where was?.Value != score.Value
           select (score.Criterion, was?.Value, score.Value),
    ];
}
