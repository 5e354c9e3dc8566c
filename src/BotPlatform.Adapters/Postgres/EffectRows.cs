using System.Text.Json.Nodes;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Adapters.Postgres;

/// <summary>What follows from a decision, as rows: timers in the inbox, and what is to be done outside in the outbox.</summary>
internal sealed class EffectRows(SessionWork work)
{
    /// <summary>Whether something was queued that a dispatcher is to do.</summary>
    public bool AreQueued { get; private set; }

    // The web page and the terminal read turns from the session itself; Slack has to be told.
    private bool InSlack => work.Row.Channel == SlackThread.InSlack;

    public void Add(Effect effect, TimeSpan ahead, DateTimeOffset now)
    {
        switch (effect)
        {
            case Effect.SetTimer timer:
                // Older timers of the kind are stale; taking them away spares a look at the session for each.
                var kind = "timer_" + Words.Name(timer.Kind);
                work.Add(
                    """
                    with older as (
                      delete from inbox where workspace_id = $1 and session_id = $2 and kind = $3 and state = 'due' and timer_event < $4)
                    insert into inbox (workspace_id, session_id, kind, delivery_key, timer_event, received_at, due_at)
                    values ($1, $2, $3, $5, $4, $6, $6)
                    """,
                    kind, timer.EventNumber, $"{kind}:{timer.EventNumber}", (timer.Due - ahead).ToUniversalTime());
                if (timer.Kind == TimerKind.Quiet)
                    ShowBusy(now);
                break;
            case Effect.RequestGrade grade:
                Queue("request_grade", grade.EventNumber, now);
                ShowBusy(now);
                break;
            case Effect.RequestWording wording:
                Queue("request_wording", wording.EventNumber, now);
                ShowBusy(now);
                break;
            case Effect.Post post when InSlack:
                Queue(SlackPost.Turn, post.Turn, now, new JsonObject { ["turn"] = post.Turn }, NewSlackPost.LaneOf(work.Row.SessionId));
                break;
        }
    }

    /// <summary>Shows the candidate the scorecard of the event that made it.</summary>
    public void AddScorecard(int eventNumber, DateTimeOffset now)
    {
        if (InSlack)
            Queue(SlackPost.Scorecard, eventNumber, now, [], NewSlackPost.LaneOf(work.Row.SessionId));
    }

    // From a candidate's message on until it is answered.
    private void ShowBusy(DateTimeOffset now)
    {
        if (InSlack)
            work.Add(SlackPosts.Insert(work.Row.WorkspaceId, NewSlackPost.StatusOf(work.Row.SessionId), now));
    }

    private void Queue(string kind, int eventNumber, DateTimeOffset now, JsonObject? body = null, string? lane = null)
    {
        AreQueued = true;
        work.Add(
            """
            insert into outbox (workspace_id, session_id, effect_id, event_number, kind, body, due_at, created_at, lane)
            values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
            """,
            DerivedId.Of(work.Row.SessionId, eventNumber, kind),
            eventNumber,
            kind,
            Parameters.Json(body?.ToJsonString() ?? "{}"),
            now.ToUniversalTime(),
            Parameters.Text(lane));
    }
}
