using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>Words what the bot says beside interviews.</summary>
public sealed class SlackSayings(
    SlackThreads threads, SlackTeamsHere teams, SlackHome home, SessionStore store, SessionCache cache, SharedLinks links, SlackSettings settings, TimeProvider time)
{
    /// <param name="session">In whose thread it is said; null elsewhere.</param>
    internal async Task<SlackMessage> OfAsync(SlackOwner owner, Saying what, Guid? session, CancellationToken cancellation) => what switch
    {
        Saying.Status => StatusText.Of(await SessionAsync(owner, session, cancellation), time.GetUtcNow(), settings.Command),
        Saying.Results => await ResultsAsync(owner, session, cancellation),
        Saying.Start => SayTexts.Start(settings.Command),
        Saying.DeleteData => SayTexts.DeleteData,
        Saying.Elsewhere => SayTexts.Elsewhere(await LinkAsync(owner, cancellation)),
        Saying.Taken => SayTexts.Taken(await LinkAsync(owner, cancellation)),
        Saying.SlowDown => SayTexts.SlowDown(SlackBatch.MostInAMinute),
        Saying.Files => SayTexts.Files,
        Saying.NoInterview => SayTexts.NoInterview(settings.Command),
        _ => HelpText.Of(settings.Command, session is null ? null : (await SessionAsync(owner, session, cancellation))?.Mode),
    };

    /// <summary>A session of this person: the given one, or else the one that is open; null when there is none.</summary>
    internal async Task<Session?> SessionAsync(SlackOwner owner, Guid? session, CancellationToken cancellation)
    {
        var thread = session is { } id
            ? await threads.FindAsync(new SessionKey(owner.Workspace, id), cancellation)
            : await threads.OpenOfAsync(owner.Workspace, owner.User, cancellation);
        if (thread is null || thread.UserId != owner.User || await store.FindAsync(thread.Key, cancellation) is not { } row)
            return null;
        return cache.Find(row.SessionId, row.Version) ?? await store.LoadAsync(row, cancellation);
    }

    // The last scorecard that there is; a long one goes on on the home tab and on the web.
    private async Task<SlackMessage> ResultsAsync(SlackOwner owner, Guid? session, CancellationToken cancellation)
    {
        foreach (var thread in await threads.OfAsync(owner.Workspace, owner.User, cancellation))
        {
            if ((session is not null && thread.SessionId != session) || thread.IsOpen)
                continue;
            if (await SessionAsync(owner, thread.SessionId, cancellation) is { Scorecard: { } card, Mode: SessionMode.Practice } scored)
                return ScorecardMessages.Of(scored, CandidateScorecard.Of(scored, card), links.Scorecard(thread.Key))[0];
        }

        return SayTexts.NoResults;
    }

    private async Task<Uri?> LinkAsync(SlackOwner owner, CancellationToken cancellation)
    {
        if (await threads.OpenOfAsync(owner.Workspace, owner.User, cancellation) is not { } thread
            || await teams.FindAsync(owner.Team, cancellation) is not { } team || teams.TokenOf(team) is not { } token)
            return null;
        return await home.LinkAsync(thread, token, cancellation);
    }
}
