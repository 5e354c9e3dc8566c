namespace BotPlatform.Adapters.Postgres;

/// <summary>A row of the inbox as a conductor drains it.</summary>
/// <param name="Body">The stored input; null when its retention is over.</param>
public sealed record InboxRow(
    long InboxId, string Kind, string State, DateTime ReceivedAt, DateTime DueAt, int? TimerEvent, byte[]? Body)
{
    /// <summary>
    /// The order to handle rows in: messages by their identity, and each timer before the first message that came
    /// after it was due.
    /// </summary>
    public static IEnumerable<InboxRow> InOrder(IReadOnlyList<InboxRow> rows)
    {
        var timers = new Queue<InboxRow>(rows.Where(r => r.TimerEvent is not null).OrderBy(r => r.DueAt).ThenBy(r => r.InboxId));
        foreach (var message in rows.Where(r => r.TimerEvent is null).OrderBy(r => r.InboxId))
        {
            while (timers.TryPeek(out var timer) && timer.DueAt <= message.ReceivedAt)
                yield return timers.Dequeue();
            yield return message;
        }

        foreach (var timer in timers)
            yield return timer;
    }
}
