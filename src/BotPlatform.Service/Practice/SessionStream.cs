using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Practice;

/// <summary>
/// A session as server-sent events: <c>turn</c> for each new or changed turn, then <c>session</c> for everything
/// else, with the number of the last event as id, so that <c>Last-Event-ID</c> resumes there.
/// </summary>
public static class SessionStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task<IResult> GetAsync(
        string id, HttpContext context, Practising practising, Access access, Signals signals,
        IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out var session))
            return SessionsApi.NoSession();
        var caller = access.CallerOf(context.Request);
        if (await practising.FindAsync(session, caller, cancellation) is null)
            return SessionsApi.NoSession();
        var last = int.TryParse(context.Request.Headers["Last-Event-ID"].ToString(), out var seen) && seen > 0 ? seen : 0;
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(FollowAsync(session, last, caller, practising, signals, lifetime.ApplicationStopping, cancellation));
    }

    private static async IAsyncEnumerable<SseItem<object>> FollowAsync(
        Guid id, int last, Caller caller, Practising practising, Signals signals,
        CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var bell = signals.Listen(id);
        var first = true;
        while (!stopping.IsCancellationRequested)
        {
            if (await practising.FindAsync(id, caller, cancellation) is not var (row, session))
            {
                yield return new SseItem<object>(new { deleted = true }, "gone");
                yield break;
            }

            if (first || session.Version > last)
            {
                // Turns carry no id: only the closing "session" item moves the page's Last-Event-ID forward, so that
                // one cut off halfway gets the rest again.
                foreach (var turn in session.Turns.Where(t => t.EventNumber > last))
                    yield return new SseItem<object>(TurnView.Of(turn), "turn");
                yield return new SseItem<object>(practising.View(row, session) with { Turns = [] }, "session")
                {
                    EventId = session.Version.ToString(),
                };
                (last, first) = (session.Version, false);
            }

            if (!await bell.WaitAsync(Heartbeat, cancellation))
                yield return new SseItem<object>(new { }, "ping");
        }
    }
}
