using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.LanguageModels;

/// <summary>Has a session graded. Each reply is kept as it comes, so that a crash costs none of them twice.</summary>
public sealed class GradeEffect(
    SessionStore store, SessionCache cache, PinnedContent pinned, ModelCalls calls, ModelUse use, Grader grader, Telemetry telemetry, Access access, Func<Guid> newId, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    public async Task<Performed> PerformAsync(OutboxRow row, CancellationToken cancellation)
    {
        if (await store.FindAsync(row.Key, cancellation) is not { } found)
            return new Performed.Dropped();
        var session = cache.Find(row.SessionId, found.Version) ?? await store.LoadAsync(found, cancellation);
        if (session.State != SessionState.Grading || session.GradeAskedAt != row.EventNumber)
            return new Performed.Dropped();
        if (await use.HeldUpAsync(row.Key, cancellation) is var (why, wait))
            return new Performed.Later(wait, why);
        var hash = session.Settings.GraderPrompt ?? throw new InvalidDataException("The session pins no grader's prompt.");
        var task = new ToGrade(
            session.Book,
            session.Level,
            SessionScoring.Transcript(session),
            SessionScoring.ByRules(session),
            hash,
            await pinned.PromptAsync(row.WorkspaceId, hash, cancellation),
            Boundary.Of(access.Secret, session.Id, row.Attempts));
        var kept = await calls.RepliesAsync(row.Key, row.EffectId, cancellation);
        var asking = new Asking(telemetry, newId, (call, token) => calls.KeepAsync(row.Key, row.EffectId, call, time.GetUtcNow(), token));
        var graded = await grader.GradeAsync(task, kept, asking, cancellation);
        return graded.Grade is { } grade
            ? new Performed.Replied(new Input.GradeReceived(row.EventNumber, grade))
            : new Performed.Later(Wait(row.Attempts, graded.RetryAfter), graded.Why);
    }

    private static TimeSpan Wait(int attempts, TimeSpan? asked)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(attempts - 1, 10));
        wait = wait < LongestWait ? wait : LongestWait;
        return asked > LongestAsked ? LongestAsked : asked > wait ? asked.Value : wait;
    }
}
