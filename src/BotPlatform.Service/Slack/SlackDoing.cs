using System.Text.Json.Nodes;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>Does one thing in Slack and takes down what came of it.</summary>
public sealed class SlackDoing(
    SlackPosts posts,
    SlackThreads threads,
    SlackTeamsHere teams,
    SlackSayings sayings,
    SlackHome home,
    SlackApi api,
    SessionStore store,
    SessionCache cache,
    SharedLinks links,
    Telemetry telemetry,
    TimeProvider time,
    ILogger<SlackDoing> log)
{
    private const int MostRefusals = 5;
    private const int MostTries = 100;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InAMoment = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StatusLasts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OnlyLasts = TimeSpan.FromMinutes(10);

    private readonly SlackPosting _posting = new(api, posts, telemetry);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, SlackPaces> _paces = new();

    internal async Task DoAsync(SlackTeam team, SlackPost head, Guid node, CancellationToken cancellation)
    {
        if (await posts.BeginAsync(head, node, time.GetUtcNow(), cancellation) is not { } post)
            return;
        Posted came;
        try
        {
            came = teams.TokenOf(team) is { } token
                ? await PerformAsync(team, post, token, cancellation)
                : new Posted.NoToken("there is no token for this team, or no key that opens it");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("Post {EffectId} ({Kind}) failed: {Error} at {Place}", post.EffectId, post.Kind, e.GetType().Name, e.TargetSite?.ToString());
            came = new Posted.Later($"a fault of ours: {e.GetType().Name}", Unknown: true);
        }

        await SettleAsync(team, post, came, cancellation);
    }

    private SlackPaces PacesOf(Guid workspace) => _paces.GetOrAdd(workspace, _ => new SlackPaces(time));

    private async Task<Posted> PerformAsync(SlackTeam team, SlackPost post, string token, CancellationToken cancellation)
    {
        if (post.Kind == SlackPost.Home)
            return await PublishAsync(team, post, token, cancellation);
        if (post.Kind == SlackPost.Say)
            return await SayAsync(team, post, token, cancellation);
        if (post.SessionId is not { } id || await store.FindAsync(new SessionKey(post.WorkspaceId, id), cancellation) is not { } row
            || await threads.FindAsync(row.Key, cancellation) is not { } thread)
            return new Posted.Out();
        if (row.Version == 0)
            return new Posted.Soon("the interview has not begun yet");
        var session = cache.Find(row.SessionId, row.Version) ?? await store.LoadAsync(row, cancellation);
        switch (post.Kind)
        {
            case SlackPost.Status:
                return await ShowStatusAsync(post, session, thread, token, cancellation);
            case SlackPost.Root:
                return await BeginThreadAsync(team, post, session, thread, token, cancellation);
        }

        if (thread is not { Channel: { } channel, Thread: { } ts })
            return new Posted.Soon("the interview has no thread yet");
        var messages = post.Kind switch
        {
            SlackPost.Turn when session.Turns.Find(t => t.Turn.N == (int?)post.Json()["turn"]) is { } turn => TurnMessages.Of(session, turn),
            SlackPost.Scorecard when session.Scorecard is { } card => ScorecardMessages.Of(session, CandidateScorecard.Of(session, card), links.Scorecard(row.Key)),
            _ => [],
        };
        var came = await PostAsync(team, post, token, channel, ts, messages, cancellation);
        if (came is Posted.Out && post.Kind == SlackPost.Scorecard)
            await posts.AddAsync(post.WorkspaceId, NewSlackPost.HomeOf(post.WorkspaceId, thread.UserId), time.GetUtcNow(), cancellation);
        return came is Posted.Out ? new Posted.Out() : came;
    }

    private Task<Posted> PostAsync(
        SlackTeam team, SlackPost post, string token, string channel, string? thread, IReadOnlyList<SlackMessage> messages, CancellationToken cancellation) =>
        // Blocks that Slack refuses are a fault of ours; the words reach the candidate all the same.
        _posting.PostAsync(
            post, token, channel, thread, messages, plain: post.Attempts > 2, (method, place) => PacesOf(team.WorkspaceId).WaitAsync(method, place, cancellation), cancellation);

    private async Task<Posted> BeginThreadAsync(SlackTeam team, SlackPost post, Session session, SlackThread thread, string token, CancellationToken cancellation)
    {
        var channel = thread.Channel;
        if (channel is null)
        {
            await PacesOf(team.WorkspaceId).WaitAsync("conversations.open", null, cancellation);
            var opened = await _posting.CallAsync("conversations.open", token, new JsonObject { ["users"] = thread.UserId }, cancellation);
            if (opened is not SlackReply.Done done)
                return SlackPosting.Failed(opened) is Posted.Later later ? later with { Unknown = false } : SlackPosting.Failed(opened);
            channel = done.Text("channel", "id") ?? throw new InvalidDataException("conversations.open names no channel");
            await threads.OpenedAsync(thread.Key, channel, cancellation);
        }

        var root = RootMessage.Of(session.Book.Problem!.Title, session.Level, session.Mode, session.Settings.TimeAllowed);
        var came = await PostAsync(team, post, token, channel, null, [root], cancellation);
        if (came is Posted.Out)
            await posts.AddAsync(post.WorkspaceId, NewSlackPost.HomeOf(post.WorkspaceId, thread.UserId), time.GetUtcNow(), cancellation);
        return came;
    }

    private async Task<Posted> SayAsync(SlackTeam team, SlackPost post, string token, CancellationToken cancellation)
    {
        if (SayPost.Read(post.Json()) is not { } say)
            return new Posted.Never("its form is unknown to this release");
        var message = await sayings.OfAsync(new SlackOwner(team.TeamId, say.User), say.What, post.SessionId, cancellation);
        if (!say.Only)
        {
            var came = await PostAsync(team, post, token, say.Channel, say.Thread, [message], cancellation);
            return came is Posted.Out ? new Posted.Out() : came;
        }

        if (time.GetUtcNow() - new DateTimeOffset(post.CreatedAt) > OnlyLasts)
            return new Posted.Out();
        await PacesOf(team.WorkspaceId).WaitAsync("chat.postEphemeral", say.Channel, cancellation);
        var arguments = new JsonObject { ["channel"] = say.Channel, ["user"] = say.User, ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone() };
        if (say.Thread is not null)
            arguments["thread_ts"] = say.Thread;
        return await _posting.CallAsync("chat.postEphemeral", token, arguments, cancellation) is var reply and not SlackReply.Done ? SlackPosting.Failed(reply) : new Posted.Out();
    }

    private async Task<Posted> PublishAsync(SlackTeam team, SlackPost post, string token, CancellationToken cancellation)
    {
        var user = (string?)post.Json()["user"] ?? throw new InvalidDataException("it names no user");
        var view = await home.OfAsync(new SlackOwner(team.TeamId, user), token, cancellation);
        await PacesOf(team.WorkspaceId).WaitAsync("views.publish", null, cancellation);
        var reply = await _posting.CallAsync("views.publish", token, new JsonObject { ["user_id"] = user, ["view"] = view }, cancellation);
        // An app without a home tab is one that nobody opens.
        return reply is SlackReply.Done or SlackReply.Refused { Error: "not_enabled" } ? new Posted.Out() : SlackPosting.Failed(reply);
    }

    // A sign of life, and no more: where it cannot be shown, nothing is lost.
    private async Task<Posted> ShowStatusAsync(SlackPost post, Session session, SlackThread thread, string token, CancellationToken cancellation)
    {
        var working = session.State == SessionState.Grading || (session.State == SessionState.Interviewing && session.HasOpenAnswer());
        if (!working || thread is not { Channel: { } channel, Thread: { } ts } || time.GetUtcNow() - new DateTimeOffset(post.CreatedAt) > StatusLasts)
            return new Posted.Out();
        var said = session.State == SessionState.Grading ? "is scoring your answers…" : "is thinking…";
        await _posting.CallAsync("assistant.threads.setStatus", token, new JsonObject { ["channel_id"] = channel, ["thread_ts"] = ts, ["status"] = said }, cancellation);
        return new Posted.Out();
    }

    private async Task SettleAsync(SlackTeam team, SlackPost post, Posted came, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        switch (came)
        {
            case Posted.Out posted:
                await posts.DoneAsync(post, posted.Channel, posted.Thread, cancellation);
                break;
            case Posted.Soon soon:
                await posts.AgainAsync(post, now + InAMoment, soon.Why, unknown: false, cancellation);
                break;
            case Posted.Never never when post.Attempts >= MostRefusals:
                await SetAsideAsync(post, never.Why, now, cancellation);
                break;
            case Posted.Later later when post.Attempts >= MostTries:
                await SetAsideAsync(post, later.Why, now, cancellation);
                break;
            case Posted.Later { Closed: { } closed } later:
                await PutBackAsync(post, now + closed, later.Why, later.Unknown, cancellation);
                break;
            case Posted.Later later:
                await PutBackAsync(post, now + Wait(post.Attempts), later.Why, later.Unknown, cancellation);
                break;
            case Posted.Never never:
                await PutBackAsync(post, now + Wait(post.Attempts), never.Why, unknown: false, cancellation);
                break;
            case Posted.NoToken none:
                log.LogError("Slack team {Team} cannot be spoken to: {Why}. What is to be posted waits; install the app again, or correct the token", team.TeamId, none.Why);
                await PutBackAsync(post, now + LongestWait, none.Why, unknown: false, cancellation);
                break;
        }
    }

    private async Task PutBackAsync(SlackPost post, DateTimeOffset due, string why, bool unknown, CancellationToken cancellation)
    {
        telemetry.EffectWaits(post.Kind);
        log.LogWarning("Post {EffectId} ({Kind}) waits: {Why}", post.EffectId, post.Kind, why);
        await posts.AgainAsync(post, due, why, unknown, cancellation);
    }

    private async Task SetAsideAsync(SlackPost post, string why, DateTimeOffset now, CancellationToken cancellation)
    {
        log.LogError("Post {EffectId} ({Kind}) cannot be delivered and waits for an operator (outbox list): {Why}", post.EffectId, post.Kind, why);
        await posts.DeadAsync(post, now, why, cancellation);
    }

    private static TimeSpan Wait(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(attempts - 1, 10));
        return wait < LongestWait ? wait : LongestWait;
    }
}
