namespace BotPlatform.Adapters.Slack;

/// <summary>Who wrote or did what an event tells of, and where; never who is only named in it.</summary>
/// <param name="Channel">Null for what happened in no conversation.</param>
/// <param name="Thread">The timestamp of the thread's first message; null outside of threads.</param>
public sealed record SlackAuthor(string User, string? Channel, string? Thread)
{
    /// <summary>Null for an event that is nobody's, and for what is no event.</summary>
    public static SlackAuthor? Of(ReadOnlyMemory<byte> body)
    {
        if (Fields.Parse(body)?.Object("event") is not { } happened)
            return null;
        // A change lies around the message that it is of; where a gravestone is left, only what was there before names its author.
        var written = happened.Object("previous_message") ?? happened.Object("message") ?? happened;
        return written.Text("user") is { Length: > 0 } user ? new SlackAuthor(user, written.Text("channel") ?? happened.Text("channel"), written.Text("thread_ts")) : null;
    }
}
