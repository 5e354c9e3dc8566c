using System.Collections.Concurrent;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Slack;

/// <summary>Does one thing in Slack and takes down what came of it.</summary>
public sealed class SlackDoing(
    SlackPosts posts, SlackPerforming performing, SlackTeamsHere teams, Telemetry telemetry, TimeProvider time, ILogger<SlackDoing> log)
{
    private const int MostRefusals = 5;
    private const int MostFailures = 100;

    // What is said beside an interview is not worth holding up what comes after it.
    private const int MostRefusalsOfSayings = 2;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InAMoment = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noTokenSince = new();

    /// <returns>False when this node does not send to the team any more.</returns>
    internal async Task<bool> DoAsync(SlackTeam team, SlackPost head, Guid node, CancellationToken cancellation)
    {
        if (await posts.BeginAsync(head, node, cancellation) is not { } post)
            return false;
        Posted came;
        try
        {
            came = teams.TokenOf(team) is { } token
                ? await performing.PerformAsync(new Doing(team, post, node, token), cancellation)
                : teams.IsConnecting ? new Posted.Later("Slack has not said yet whose the bot token is", Unknown: false)
                : new Posted.NoToken("there is no token for this team, or no key that opens it");
            if (came is Posted.NoToken && await IsReplacedAsync(team, cancellation))
                came = new Posted.Soon("the team has given another token");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("Post {EffectId} ({Kind}) failed: {Error} at {Place}", post.EffectId, post.Kind, e.GetType().Name, e.TargetSite?.ToString());
            came = new Posted.Later($"a fault of ours: {e.GetType().Name}", Unknown: true);
        }

        await SettleAsync(team, post, came, cancellation);
        return came is not Posted.NotOurs;
    }

    // Another node may have taken the team in anew since it was read here: what waited was due then, and this must not come later.
    // Where tokens do not expire Slack may give the same one again with more scopes; sealed, it differs all the same.
    private async Task<bool> IsReplacedAsync(SlackTeam team, CancellationToken cancellation)
    {
        await teams.ReadAsync(cancellation);
        return await teams.FindAsync(team.WorkspaceId, cancellation) is { IsInstalled: true } now && !now.Token.AsSpan().SequenceEqual(team.Token);
    }

    private async Task SettleAsync(SlackTeam team, SlackPost post, Posted came, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (refusals, failures) = (post.Refusals + 1, post.Failures + 1);
        switch (came)
        {
            case Posted.Out posted:
                await posts.DoneAsync(post, posted.Channel, posted.Thread, cancellation);
                break;
            case Posted.NotOurs:
                // It stays marked as tried; whoever has it now looks up what came of it.
                break;
            case Posted.Soon soon:
                await posts.AgainAsync(post, now + InAMoment, soon.Why, post.WasTried, post.Refusals, post.Failures, cancellation);
                break;
            case Posted.TooFast { Method: null } ownPace:
                await posts.AgainAsync(post, now + ownPace.For, "its turn comes", post.WasTried, post.Refusals, post.Failures, cancellation);
                break;
            case Posted.TooFast { Method: { } method } tooFast:
                performing.PacesOf(team.WorkspaceId).Close(method, tooFast.For);
                await PutBackAsync(post, now + tooFast.For, "Slack wants fewer calls", unknown: false, post.Refusals, post.Failures, cancellation);
                break;
            case Posted.Never never when post.Kind is SlackPost.Say or SlackPost.Home && refusals >= MostRefusalsOfSayings + (post.SessionId is null ? 0 : 1):
                log.LogWarning("Post {EffectId} ({Kind}) is left out: {Why}", post.EffectId, post.Kind, never.Why);
                await posts.DoneAsync(post, channel: null, thread: null, cancellation);
                break;
            case Posted.Never never when refusals >= MostRefusals:
                await SetAsideAsync(post, never.Why, now, cancellation);
                break;
            case Posted.Never never:
                await PutBackAsync(post, now + Wait(refusals), never.Why, unknown: false, refusals, post.Failures, cancellation);
                break;
            case Posted.Later later when failures >= MostFailures:
                await SetAsideAsync(post, later.Why, now, cancellation);
                break;
            case Posted.Later later:
                await PutBackAsync(post, now + Wait(failures), later.Why, later.Unknown, post.Refusals, failures, cancellation);
                break;
            case Posted.NoToken none:
                if (_noTokenSince.TryAdd(team.WorkspaceId, now) || now - _noTokenSince[team.WorkspaceId] > LongestWait)
                {
                    _noTokenSince[team.WorkspaceId] = now;
                    log.LogError("Slack team {Team} cannot be spoken to: {Why}. What is to be posted waits; install the app again, or correct the token", team.TeamId, none.Why);
                }

                await PutBackAsync(post, now + LongestWait, none.Why, unknown: false, post.Refusals, post.Failures, cancellation);
                break;
        }
    }

    // Once an attempt's fate is unknown it is looked up before each further one.
    private async Task PutBackAsync(SlackPost post, DateTimeOffset due, string why, bool unknown, int refusals, int failures, CancellationToken cancellation)
    {
        telemetry.EffectWaits(post.Kind);
        log.LogWarning("Post {EffectId} ({Kind}) waits: {Why}", post.EffectId, post.Kind, why);
        await posts.AgainAsync(post, due, why, unknown || post.WasTried, refusals, failures, cancellation);
    }

    private async Task SetAsideAsync(SlackPost post, string why, DateTimeOffset now, CancellationToken cancellation)
    {
        log.LogError("Post {EffectId} ({Kind}) cannot be delivered and waits for an operator (outbox list): {Why}", post.EffectId, post.Kind, why);
        await posts.DeadAsync(post, now, why, cancellation);
    }

    private static TimeSpan Wait(int failures)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(failures - 1, 10));
        return wait < LongestWait ? wait : LongestWait;
    }
}
