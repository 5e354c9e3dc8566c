using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>One attempt at something to be done in Slack.</summary>
/// <param name="Token">The team's, in the clear.</param>
internal sealed record Doing(SlackTeam Team, SlackPost Post, Guid Node, string Token);

/// <summary>Words what is to be done in Slack from what is then, and calls Slack in its turn.</summary>
public sealed class SlackPerforming(
    SlackPosts posts,
    SlackThreads threads,
    SlackSayings sayings,
    SlackHome home,
    SlackApi api,
    SessionStore store,
    SessionCache cache,
    SharedLinks links,
    Telemetry telemetry,
    TimeProvider time)
{
    private static readonly TimeSpan StatusLasts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OnlyLasts = TimeSpan.FromMinutes(10);

    private readonly SlackPosting _posting = new(api, posts, telemetry);
    private readonly ConcurrentDictionary<Guid, SlackPaces> _paces = new();

    /// <summary>How fast a team is spoken to by this node.</summary>
    internal SlackPaces PacesOf(Guid workspace) => _paces.GetOrAdd(workspace, _ => new SlackPaces(time));

    internal async Task<Posted> PerformAsync(Doing doing, CancellationToken cancellation)
    {
        var post = doing.Post;
        if (post.Kind == SlackPost.Home)
            return await PublishAsync(doing, cancellation);
        if (post.Kind == SlackPost.Say)
            return await SayAsync(doing, cancellation);
        if (post.SessionId is not { } id || await store.FindAsync(new SessionKey(post.WorkspaceId, id), cancellation) is not { } row
            || await threads.FindAsync(row.Key, cancellation) is not { } thread)
            return new Posted.Out();
        if (row.Version == 0)
            return new Posted.Soon("the interview has not begun yet");
        var session = cache.Find(row.SessionId, row.Version) ?? await store.LoadAsync(row, cancellation);
        switch (post.Kind)
        {
            case SlackPost.Status:
                return await ShowStatusAsync(doing, session, thread, cancellation);
            case SlackPost.Root:
                return await BeginThreadAsync(doing, session, thread, cancellation);
        }

        if (thread is not { Channel: { } channel, Thread: { } ts })
            return new Posted.Soon("the interview has no thread yet");
        var turn = session.Turns.Find(t => t.Turn.N == (int?)post.Json()["turn"]);
        var messages = post.Kind switch
        {
            SlackPost.Turn when turn is not null => TurnMessages.Of(session, turn),
            SlackPost.Scorecard when session.Scorecard is { } card => ScorecardMessages.Of(session, CandidateScorecard.Of(session, card), links.Scorecard(row.Key)),
            _ => [],
        };
        var came = await PostAsync(doing, channel, ts, messages, cancellation);
        // Whatever is told may have changed how the interview stands.
        if (came is Posted.Out && turn is not { Kind: TurnKind.Question })
            await RefreshHomeAsync(post, thread.UserId, cancellation);
        return came is Posted.Out ? new Posted.Out() : came;
    }

    private Task RefreshHomeAsync(SlackPost post, string user, CancellationToken cancellation) =>
        posts.AddAsync(post.WorkspaceId, NewSlackPost.HomeOf(post.WorkspaceId, user), time.GetUtcNow(), cancellation);

    private Task<Posted> PostAsync(Doing doing, string channel, string? thread, IReadOnlyList<SlackMessage> messages, CancellationToken cancellation) =>
        // Blocks that Slack refuses are a fault of ours; the words reach the candidate all the same.
        _posting.PostAsync(
            doing.Post, doing.Token, channel, thread, messages, plain: doing.Post.Refusals >= 2, (method, place) => TurnAsync(doing, method, place, cancellation), cancellation);

    /// <summary>Waits for a call's turn; null when it may be made, and will be over before another node may take this team over.</summary>
    private async Task<Posted?> TurnAsync(Doing doing, string method, string? channel, CancellationToken cancellation)
    {
        if (await PacesOf(doing.Team.WorkspaceId).WaitAsync(method, channel, cancellation) is { } wait)
            return new Posted.TooFast(wait);
        return await posts.HoldsAsync(doing.Post, doing.Node, SlackParts.CallTakes, cancellation) ? null : new Posted.NotOurs();
    }

    private async Task<Posted> CallAsync(Doing doing, string method, string? channel, JsonObject arguments, Func<SlackReply.Done, Posted> done, CancellationToken cancellation)
    {
        if (await TurnAsync(doing, method, channel, cancellation) is { } notNow)
            return notNow;
        var reply = await _posting.CallAsync(method, doing.Token, arguments, cancellation);
        return reply is SlackReply.Done answered ? done(answered) : SlackPosting.Failed(method, reply);
    }

    private async Task<Posted> BeginThreadAsync(Doing doing, Session session, SlackThread thread, CancellationToken cancellation)
    {
        var channel = thread.Channel;
        if (channel is null)
        {
            var opened = await CallAsync(
                doing, "conversations.open", null, new JsonObject { ["users"] = thread.UserId },
                done => new Posted.Out(done.Text("channel", "id") ?? throw new InvalidDataException("conversations.open names no channel")), cancellation);
            if (opened is not Posted.Out { Channel: { } open })
                return opened is Posted.Later later ? later with { Unknown = false } : opened;
            channel = open;
            await threads.OpenedAsync(thread.Key, channel, cancellation);
        }

        var root = RootMessage.Of(session.Book.Problem!.Title, session.Level, session.Mode, session.Settings.TimeAllowed);
        var came = await PostAsync(doing, channel, null, [root], cancellation);
        if (came is Posted.Out)
            await RefreshHomeAsync(doing.Post, thread.UserId, cancellation);
        return came;
    }

    private async Task<Posted> SayAsync(Doing doing, CancellationToken cancellation)
    {
        var post = doing.Post;
        if (SayPost.Read(post.Json()) is not { } say)
            return new Posted.Never("its form is unknown to this release");
        var message = await sayings.OfAsync(new SlackOwner(doing.Team.TeamId, say.User), say.What, post.SessionId, cancellation);
        if (!say.Only)
        {
            var came = await PostAsync(doing, say.Channel, say.Thread, [message], cancellation);
            return came is Posted.Out ? new Posted.Out() : came;
        }

        if (time.GetUtcNow() - new DateTimeOffset(post.CreatedAt) > OnlyLasts)
            return new Posted.Out();
        var arguments = new JsonObject { ["channel"] = say.Channel, ["user"] = say.User, ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone() };
        if (say.Thread is not null)
            arguments["thread_ts"] = say.Thread;
        return await CallAsync(doing, "chat.postEphemeral", say.Channel, arguments, _ => new Posted.Out(), cancellation);
    }

    private async Task<Posted> PublishAsync(Doing doing, CancellationToken cancellation)
    {
        var user = (string?)doing.Post.Json()["user"] ?? throw new InvalidDataException("it names no user");
        var view = await home.OfAsync(new SlackOwner(doing.Team.TeamId, user), doing.Token, cancellation);
        return await CallAsync(doing, "views.publish", null, new JsonObject { ["user_id"] = user, ["view"] = view }, _ => new Posted.Out(), cancellation);
    }

    // A sign of life, and no more: where it cannot be shown, nothing is lost.
    private async Task<Posted> ShowStatusAsync(Doing doing, Session session, SlackThread thread, CancellationToken cancellation)
    {
        var working = session.State == SessionState.Grading || (session.State == SessionState.Interviewing && session.HasOpenAnswer());
        if (!working || thread is not { Channel: { } channel, Thread: { } ts } || time.GetUtcNow() - new DateTimeOffset(doing.Post.CreatedAt) > StatusLasts)
            return new Posted.Out();
        var said = session.State == SessionState.Grading ? "is scoring your answers…" : "is thinking…";
        var arguments = new JsonObject { ["channel_id"] = channel, ["thread_ts"] = ts, ["status"] = said };
        const string Method = "assistant.threads.setStatus";
        if (await CallAsync(doing, Method, null, arguments, _ => new Posted.Out(), cancellation) is Posted.TooFast { Method: not null } tooFast)
            PacesOf(doing.Team.WorkspaceId).Close(Method, tooFast.For);
        return new Posted.Out();
    }
}
