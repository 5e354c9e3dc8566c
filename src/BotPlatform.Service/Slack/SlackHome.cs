using System.Text.Json.Nodes;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.LanguageModels;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>What a person sees on the app's own tab.</summary>
public sealed class SlackHome(
    SlackThreads threads, SessionStore store, SessionCache cache, SlackApi api, SharedLinks links, SlackSettings settings, ModelUse use, TimeProvider time)
{
    // A tab holds a hundred blocks; of what is older it is only said that there is some.
    private const int MostRead = 60;

    // It is a convenience, and somebody waits.
    private static readonly TimeSpan LinkTakes = TimeSpan.FromSeconds(1);

    internal async Task<JsonObject> OfAsync(SlackOwner owner, string token, CancellationToken cancellation)
    {
        OpenInterview? open = null;
        var past = new List<PastInterview>();
        foreach (var thread in (await threads.OfAsync(owner.Workspace, owner.User, cancellation)).Take(MostRead))
        {
            if (await store.FindAsync(thread.Key, cancellation) is not { Version: > 0 } row)
                continue;
            var session = cache.Find(row.SessionId, row.Version) ?? await store.LoadAsync(row, cancellation);
            if (session.IsOpen)
                open ??= OpenInterview.Of(session, time.GetUtcNow(), await LinkAsync(thread, token, cancellation));
            else
                past.Add(Past(row, session));
        }

        return HomeView.Of(new HomeState(open, past, await use.SentToNowAsync(owner.Workspace, cancellation), links.Practice, settings.Command));
    }

    /// <summary>A link that opens the thread in Slack; null where Slack gives none.</summary>
    internal async Task<Uri?> LinkAsync(SlackThread thread, string token, CancellationToken cancellation)
    {
        if (thread is not { Channel: { } channel, Thread: { } ts })
            return null;
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = channel, ["message_ts"] = ts };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LinkTakes);
        SlackReply reply;
        try
        {
            reply = await api.CallWithFormAsync("chat.getPermalink", new("Bearer", token), form, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }

        return reply is SlackReply.Done done && Uri.TryCreate(done.Text("permalink"), UriKind.Absolute, out var link) ? link : null;
    }

    private static PastInterview Past(SessionRow row, Session session) => new(
        row.SessionId,
        row.Problem,
        session.Book.Problem!.Title,
        Levels.Parse(row.Level)!.Value,
        session.Mode,
        session.State,
        new DateTimeOffset(row.CreatedAt),
        session.Scorecard is { } card && session.Mode == SessionMode.Practice ? Card(session, card) : null);

    private static PastScorecard Card(Session session, Scorecard card) => new(
        card.Overall.Mean,
        card.GraderMode == "rules",
        $"{card.GraderMode}, {card.RubricId} {card.RubricVersion}",
        [.. card.Scores.Select(s => new PastScore(s.Criterion, session.Book.Rubric.Criterion(s.Criterion).Title, s.Value))]);
}
