using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.LanguageModels;

namespace BotPlatform.Service.Practice;

/// <summary>Who is interviewed, and where.</summary>
/// <param name="SlackUser">Whose it is in Slack; null elsewhere.</param>
public sealed record Starter(Guid Workspace, string Channel, string OwnerHash, string? SlackUser = null)
{
    /// <summary>Somebody on a page or in the terminal.</summary>
    public static Starter Here(string channel, string ownerHash) => new(Adapters.Postgres.Workspace.Local, channel, ownerHash);
}

/// <summary>A line of "my sessions".</summary>
public sealed record SessionSummary(
    Guid Id, string Problem, string Title, string Level, string Mode, string State, string Step, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>Sessions as the web page and the terminal use them.</summary>
public sealed class Practising(
    ContentLoad content,
    SessionStore store,
    NewSessions newSessions,
    Inbox inbox,
    SessionCache cache,
    PinnedContent pinned,
    WorkQueue queue,
    Signals signals,
    NodeSignals nodes,
    Access access,
    Telemetry telemetry,
    SessionSettings settings,
    ModelUse use,
    Func<Guid> newId,
    TimeProvider time)
{
    public IReadOnlyList<Problem> Problems => content.Problems;

    /// <summary>Whose language model reads what candidates write; null where none does.</summary>
    public string? SentTo => use.SentTo;

    /// <summary>The newest version is what new sessions pin.</summary>
    public Rubric Rubric => content.Rubrics[^1];

    /// <summary>
    /// Commits a new session; null when the idempotency key belongs to a different request. In Slack it may be the one that
    /// is open already.
    /// </summary>
    public async Task<Guid?> StartAsync(Wanted wanted, Starter who, string? idempotencyKey, CancellationToken cancellation)
    {
        var key = new SessionKey(who.Workspace, newId());
        var swap = wanted.Problem.Notice is { } notice ? content.Problems.FirstOrDefault(p => p.Slug == notice.SwapFor) : null;
        var own = await use.ForNewAsync(settings with { Accommodation = wanted.Accommodation }, key.Workspace, cancellation);
        var made = new NewSession(
            key,
            who.Channel,
            who.OwnerHash,
            Access.Hash(access.TokenOf(key.Session)),
            wanted.Problem.Slug,
            swap?.Hash,
            Rubric.Hash,
            new Input.Started(wanted.Problem.Hash, wanted.Level, wanted.Mode, own),
            [.. Texts(wanted.Problem, swap), .. use.Texts(own)])
        {
            SlackUser = who.SlackUser,
        };
        pinned.Keep(Rubric, wanted.Problem);
        var request = Access.Hash($"{wanted.Problem.Slug} {wanted.Level} {wanted.Mode} {wanted.Accommodation:R}");
        var session = await newSessions.CreateAsync(made, time.GetUtcNow(), idempotencyKey, request, cancellation);
        if (session is { } begun)
            queue.Ask(key with { Session = begun });
        return session;
    }

    /// <summary>Waits until the first turn is there, at most so long; a page would see it arrive in any case.</summary>
    public async Task UntilStartedAsync(Guid session, TimeSpan most, CancellationToken cancellation)
    {
        using var bell = signals.Listen(session);
        if (await store.FindAsync(new SessionKey(Workspace.Local, session), cancellation) is { Version: 0 })
            await bell.WaitAsync(most, cancellation);
    }

    public Task<Acceptance> AcceptAsync(
        Guid session, string? deliveryKey, string? messageKey, Input input, Caller caller, CancellationToken cancellation) =>
        AcceptAsync(new SessionKey(Workspace.Local, session), deliveryKey, messageKey, input, caller, cancellation);

    public async Task<Acceptance> AcceptAsync(
        SessionKey key, string? deliveryKey, string? messageKey, Input input, Caller caller, CancellationToken cancellation)
    {
        var item = new InboxItem(deliveryKey ?? newId().ToString(), messageKey, input, time.GetUtcNow());
        var onlyOpen = input is Input.MessageReceived or not (Input.MessageEdited or Input.MessageDeleted);
        var acceptance = await inbox.AcceptAsync(key, item, caller, onlyOpen, cancellation);
        if (acceptance == Acceptance.Accepted)
        {
            telemetry.Accepted();
            queue.Ask(key);
        }

        return acceptance;
    }

    public Task<(SessionRow Row, Session Session)?> FindAsync(Guid id, Caller caller, CancellationToken cancellation) =>
        FindAsync(new SessionKey(Workspace.Local, id), caller, cancellation);

    public async Task<(SessionRow Row, Session Session)?> FindAsync(SessionKey key, Caller caller, CancellationToken cancellation)
    {
        var row = await store.FindAsync(key, cancellation);
        if (row is null || !caller.MayUse(row))
            return null;
        return (row, cache.Find(key.Session, row.Version) ?? await store.LoadAsync(row, cancellation));
    }

    public SessionView View(SessionRow row, Session session) =>
        SessionView.Of(session, row, time.GetUtcNow(), withScorecard: access.IsLocal || session.Mode == SessionMode.Practice);

    public async Task<IReadOnlyList<SessionSummary>> ListAsync(string ownerHash, CancellationToken cancellation) =>
        [.. (await store.OfOwnerAsync(Workspace.Local, ownerHash, cancellation)).Select(r => new SessionSummary(
            r.SessionId,
            r.Problem,
            content.Problems.FirstOrDefault(p => p.Slug == r.Problem)?.Title ?? r.Problem,
            r.Level,
            r.Mode,
            r.State,
            r.Step,
            new DateTimeOffset(r.CreatedAt),
            new DateTimeOffset(r.UpdatedAt)))];

    public async Task DeleteAsync(SessionKey key, CancellationToken cancellation)
    {
        await store.DeleteAsync(key, cancellation);
        Forget(key);
    }

    /// <summary>For a session that was deleted: nothing of it is kept in memory, and its pages are told.</summary>
    public void Forget(SessionKey key)
    {
        cache.Forget(key.Session);
        nodes.Changed(key);
    }

    private IEnumerable<StoredText> Texts(Problem problem, Problem? swap)
    {
        yield return new StoredText(Rubric.Hash, "rubric", $"{Rubric.Id} {Rubric.Version}", content.Texts[Rubric.Hash]);
        yield return new StoredText(problem.Hash, "problem", problem.Slug, content.Texts[problem.Hash]);
        if (swap is not null)
            yield return new StoredText(swap.Hash, "problem", swap.Slug, content.Texts[swap.Hash]);
    }
}
