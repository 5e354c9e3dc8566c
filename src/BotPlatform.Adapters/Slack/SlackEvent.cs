using System.Collections.Immutable;
using System.Text.Json;

namespace BotPlatform.Adapters.Slack;

/// <summary>A file that came with a message; only what it is, not what is in it.</summary>
/// <param name="Id">Slack's id of the file.</param>
public sealed record SharedFile(string Id, string Name, string MediaType, long Bytes);

/// <summary>Where and by whom something was written.</summary>
/// <param name="User">Empty where a deletion does not say whose message is gone.</param>
/// <param name="Ts">The message's timestamp: its id within the channel.</param>
/// <param name="Thread">The timestamp of the thread's first message; null outside of threads.</param>
public sealed record SlackPlace(string Channel, string User, string Ts, string? Thread)
{
    /// <summary>The message's own key, the same in whatever event it comes.</summary>
    public string Key => $"{Channel}:{Ts}";
}

/// <summary>What an event of Slack's Events API says, as far as it concerns us.</summary>
public abstract record SlackEvent
{
    /// <summary>A person wrote to the bot.</summary>
    /// <param name="Text">As it was typed.</param>
    public sealed record Message(SlackPlace Place, string Text, ImmutableArray<SharedFile> Files) : SlackEvent;

    /// <param name="EditedTs">When; each edit of a message has another.</param>
    public sealed record Edited(SlackPlace Place, string Text, string EditedTs) : SlackEvent;

    public sealed record Deleted(SlackPlace Place) : SlackEvent;

    /// <summary>The bot was named in a channel.</summary>
    public sealed record Mentioned(SlackPlace Place) : SlackEvent;

    public sealed record HomeOpened(string User) : SlackEvent;

    /// <summary>The app was taken away from the team, or its token was.</summary>
    /// <param name="At">To the second; null when Slack does not say.</param>
    public sealed record Removed(DateTimeOffset? At = null) : SlackEvent;

    /// <param name="Why">For counting; no text of anybody.</param>
    public sealed record Ignored(string Why) : SlackEvent;

    /// <summary>Reads the envelope that Slack delivers; what is of no known form is ignored with the reason.</summary>
    /// <param name="bot">The bot's own user in this team: what it writes is never read.</param>
    public static SlackEvent Read(ReadOnlyMemory<byte> body, string bot)
    {
        if (Fields.Parse(body) is not { } envelope || envelope.Object("event") is not { } happened)
            return new Ignored("no event");
        return happened.Text("type") switch
        {
            "message" => MessageOf(happened, bot),
            "app_mention" => Written(happened, bot) is { } place ? new Mentioned(place) : new Ignored("from a bot"),
            "app_home_opened" when happened.Text("tab") is "home" or null && happened.Text("user") is { } user => new HomeOpened(user),
            "app_uninstalled" => new Removed(TimeOf(envelope)),
            "tokens_revoked" when happened.Object("tokens") is { } tokens && HasAny(tokens, "bot") => new Removed(TimeOf(envelope)),
            { } type => new Ignored(type.Length <= 40 ? type : "unknown"),
            null => new Ignored("no type"),
        };
    }

    private static DateTimeOffset? TimeOf(JsonElement envelope) =>
        envelope.Whole("event_time") is { } seconds and > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static SlackEvent MessageOf(JsonElement happened, string bot)
    {
        // Channels have their own event for being named there; interviews live in direct messages.
        if (happened.Text("channel_type") is { } kind && kind != "im")
            return new Ignored("not a direct message");
        switch (happened.Text("subtype"))
        {
            case null or "file_share" or "thread_broadcast" or "me_message":
                return Written(happened, bot) is { } place
                    ? new Message(place, SlackText.Unescape(happened.Text("text") ?? ""), FilesOf(happened))
                    : new Ignored("from a bot");
            case "message_changed" when happened.Object("message") is { } changed:
                // Slack also changes messages itself, to show what a link leads to; those have the text they had.
                return Written(changed, bot, happened) is not { } edited ? new Ignored("from a bot")
                    : changed.Object("edited")?.Text("ts") is not { } editedTs ? new Ignored("no edit")
                    : new Edited(edited, SlackText.Unescape(changed.Text("text") ?? ""), editedTs);
            case "message_deleted" when happened.Object("previous_message") is { } gone && happened.Text("deleted_ts") is { } ts:
                return Written(gone, bot, happened) is { } deleted ? new Deleted(deleted with { Ts = ts }) : new Ignored("from a bot");
            case "message_deleted" when happened.Text("channel") is { Length: > 0 } channel && happened.Text("deleted_ts") is { Length: > 0 } ts:
                return new Deleted(new SlackPlace(channel, User: "", ts, Thread: null));
            case { } subtype:
                return new Ignored(subtype.Length <= 40 ? subtype : "unknown subtype");
        }
    }

    /// <summary>Where a person wrote it; null when a bot did, ourselves above all, or when it says not where.</summary>
    private static SlackPlace? Written(JsonElement message, string bot, JsonElement? around = null)
    {
        if (message.Text("bot_id") is not null || message.Text("user") is not { Length: > 0 } user || user == bot || user == "USLACKBOT")
            return null;
        return message.Text("ts") is { Length: > 0 } ts && (message.Text("channel") ?? around?.Text("channel")) is { Length: > 0 } channel
            ? new SlackPlace(channel, user, ts, message.Text("thread_ts") is { } thread && thread != ts ? thread : null)
            : null;
    }

    private static ImmutableArray<SharedFile> FilesOf(JsonElement message) =>
    [
        .. message.Objects("files").Where(f => f.Text("id") is not null).Take(20).Select(f => new SharedFile(
            f.Text("id")!, f.Text("name") ?? f.Text("title") ?? "file", f.Text("mimetype") ?? "application/octet-stream", f.Whole("size") ?? 0)),
    ];

    private static bool HasAny(JsonElement tokens, string kind) =>
        tokens.TryGetProperty(kind, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
}
