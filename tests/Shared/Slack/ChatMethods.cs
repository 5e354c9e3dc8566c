using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

internal static class ChatMethods
{
    private const int MostText = 40_000;
    private static readonly JsonElement NoBlocks = JsonElement.Parse("[]");

    public static JsonObject Post(Caller caller, Arguments args)
    {
        args.Allow("channel", "text", "blocks", "thread_ts", "reply_broadcast", "metadata", "mrkdwn", "parse", "link_names",
            "unfurl_links", "unfurl_media", "username", "icon_emoji", "icon_url");
        var channel = Places.Channel(caller, args.Need("channel"));
        var content = Content.Read(args, caller.Note, MostText);
        if (content.IsEmpty) throw new SlackErrorException("no_text", "neither text nor blocks");
        if (content.Text.Length == 0) caller.Note("no text beside the blocks: nothing to show in a notification");
        var thread = Thread(channel, args, caller.Note);
        var message = channel.Add(new SlackMessage(caller.Team, caller.World.NextTs(), caller.Team.BotUser)
        {
            Text = content.Text,
            Blocks = Blocks.Named(content.Blocks ?? NoBlocks, caller.World),
            Metadata = content.Metadata,
            ThreadTs = thread,
            ParentUser = thread is null ? null : channel.Find(thread)?.User,
        });
        channel.Status.Remove(thread ?? message.Ts);
        if (caller.World.Options.Echo) caller.World.Tell(caller.Team, MessageEvents.Posted(channel, message));
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts, ["message"] = message.Json(metadata: true) };
    }

    public static JsonObject PostEphemeral(Caller caller, Arguments args)
    {
        args.Allow("channel", "user", "text", "blocks", "thread_ts", "parse", "link_names", "username", "icon_emoji", "icon_url");
        var channel = Places.Channel(caller, args.Need("channel"));
        var person = caller.Team.FindPerson(args.Need("user"));
        if (person is null || !channel.HasMember(person))
            throw new SlackErrorException("user_not_in_channel", $"{args.Need("user")} is not in {channel.Id}");
        var content = Content.Read(args, caller.Note, MostText);
        if (content.IsEmpty) throw new SlackErrorException("no_text", "neither text nor blocks");
        if (content.Text.Length == 0) caller.Note("no text beside the blocks: nothing to show in a notification");
        var thread = Thread(channel, args, caller.Note);
        var ts = caller.World.NextTs();
        person.SeenAlone.Add(new SlackPost(ts, thread, content.Text, Blocks.Named(content.Blocks ?? NoBlocks, caller.World), null,
            caller.Team.BotUser, channel.Id));
        return new JsonObject { ["message_ts"] = ts };
    }

    public static JsonObject Update(Caller caller, Arguments args)
    {
        args.Allow("channel", "ts", "text", "blocks", "metadata", "parse", "link_names", "reply_broadcast");
        var channel = Places.Channel(caller, args.Need("channel"));
        if (channel.Find(args.Need("ts")) is not { Subtype: not "tombstone" } message)
            throw new SlackErrorException("message_not_found", $"no message {args.Need("ts")} in {channel.Id}");
        if (!message.FromBot) throw new SlackErrorException("cant_update_message", "someone else's message");
        var content = Content.Read(args, caller.Note, 4000);
        if (content.IsEmpty) throw new SlackErrorException("no_text", "neither text nor blocks");
        var before = message.Json(metadata: false);
        if (args.Has("text")) message.Text = content.Text;
        if (content.Blocks is { } blocks) message.Blocks = Blocks.Named(blocks, caller.World);
        if (content.Metadata is { } metadata)
            message.Metadata = metadata.EnumerateObject().Any() ? metadata : null;
        message.EditedTs = caller.World.NextTs();
        if (caller.World.Options.Echo)
            caller.World.Tell(caller.Team, MessageEvents.Changed(channel, before, message, caller.World.NextTs()));
        return new JsonObject
        {
            ["channel"] = channel.Id,
            ["ts"] = message.Ts,
            ["text"] = message.Text,
            ["message"] = message.Json(metadata: true),
        };
    }

    public static JsonObject GetPermalink(Caller caller, Arguments args)
    {
        args.Allow("channel", "message_ts");
        var channel = Places.Channel(caller, args.Need("channel"));
        if (channel.Find(args.Need("message_ts")) is not { } message)
            throw new SlackErrorException("message_not_found", $"no message {args.Need("message_ts")} in {channel.Id}");
        var link = $"https://{caller.Team.Domain}.slack.com/archives/{channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}";
        if (message.ThreadTs is { } thread && thread != message.Ts) link += $"?thread_ts={thread}&cid={channel.Id}";
        return new JsonObject { ["channel"] = channel.Id, ["permalink"] = link };
    }

    private static string? Thread(SlackChannel channel, Arguments args, Action<string> note)
    {
        if (args.Find("thread_ts") is not { } ts) return null;
        if (channel.Find(ts) is not { } parent) throw new SlackErrorException("thread_not_found", $"no message {ts} in {channel.Id}");
        if (parent.ThreadTs is null || parent.ThreadTs == ts) return ts;
        note("thread_ts of a reply: it has to be that of the thread's first message");
        return parent.ThreadTs;
    }
}

/// <summary>What a message says, wherever one is sent.</summary>
/// <param name="Blocks">Null where the call has none, which for an update is not the same as an empty array.</param>
internal sealed record Content(string Text, JsonElement? Blocks, JsonElement? Metadata)
{
    public bool IsEmpty => Text.Length == 0 && Blocks is not { } blocks || Text.Length == 0 && Blocks?.GetArrayLength() == 0;

    public static Content Read(Arguments args, Action<string> note, int mostText)
    {
        var text = args.Find("text") ?? "";
        if (text.Length > mostText) throw new SlackErrorException("msg_too_long", $"the text has {text.Length} characters");
        if ((!args.Has("mrkdwn") || args.Flag("mrkdwn")) && Mrkdwn.Unescaped(text) is { } place) note($"unescaped {place} in text");
        var blocks = args.Structure("blocks", JsonValueKind.Array, "invalid_blocks_format");
        if (blocks is { } given) Slack.Blocks.CheckMessage(given, note);
        return new Content(text, blocks, Checked(args.Structure("metadata", JsonValueKind.Object, "invalid_metadata_format")));
    }

    private static JsonElement? Checked(JsonElement? metadata)
    {
        if (metadata is not { } given || !given.EnumerateObject().Any()) return metadata;
        foreach (var field in given.EnumerateObject())
            if (field.Name is not ("event_type" or "event_payload"))
                throw new SlackErrorException("invalid_metadata_format", $"metadata has no {field.Name}");
        if (!given.TryGetProperty("event_type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString()!.Length == 0)
            throw new SlackErrorException("invalid_metadata_format", "metadata needs an event_type");
        if (!given.TryGetProperty("event_payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
            throw new SlackErrorException("invalid_metadata_format", "metadata needs an event_payload that is an object");
        return metadata;
    }
}
