using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

internal static class ConversationMethods
{
    private const int MostInPage = 1000;

    public static JsonObject Open(Caller caller, Arguments args)
    {
        args.Allow("users", "channel", "return_im", "prevent_creation");
        var id = args.Find("users") ?? args.Need("channel");
        if (id.Contains(',', StringComparison.Ordinal)) throw SlackErrorException.Arguments("several users are not known here");
        var person = caller.Team.FindPerson(id) ?? caller.Team.FindChannel(id)?.With
            ?? throw new SlackErrorException(args.Has("users") ? "user_not_found" : "channel_not_found", $"nobody is {id}");
        var channel = caller.Team.DmOf(person);
        return new JsonObject { ["channel"] = new JsonObject { ["id"] = channel.Id } };
    }

    public static JsonObject Replies(Caller caller, Arguments args)
    {
        args.Allow("channel", "ts", "cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest");
        var channel = Readable(caller, args);
        var ts = args.Need("ts");
        if (channel.Find(ts) is not { } message) throw new SlackErrorException("thread_not_found", $"no message {ts} in {channel.Id}");
        return Page(channel, channel.Thread(message.ThreadTs ?? ts), args, newestFirst: false);
    }

    public static JsonObject History(Caller caller, Arguments args)
    {
        args.Allow("channel", "cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest");
        var channel = Readable(caller, args);
        return Page(channel, channel.TopLevel, args, newestFirst: true);
    }

    public static JsonObject SetStatus(Caller caller, Arguments args)
    {
        args.Allow("channel_id", "thread_ts", "status", "loading_messages", "icon_emoji", "icon_url", "username");
        var channel = Places.Channel(caller, args.Need("channel_id"));
        var thread = args.Need("thread_ts");
        if (channel.Find(thread) is null) throw new SlackErrorException("invalid_thread_ts", $"no message {thread} in {channel.Id}");
        if (args.Structure("loading_messages", JsonValueKind.Array, "invalid_arguments") is { } messages && messages.GetArrayLength() > 10)
            throw SlackErrorException.Arguments("no more than 10 items allowed: loading_messages");
        var status = args.Find("status") ?? throw SlackErrorException.Arguments("missing required field: status");
        if (status.Length == 0) channel.Status.Remove(thread);
        else channel.Status[thread] = status;
        return [];
    }

    private static SlackChannel Readable(Caller caller, Arguments args)
    {
        var channel = Places.Channel(caller, args.Need("channel"));
        Api.Demand(caller.Token, [channel.With is null ? "channels:history" : "im:history"]);
        return channel;
    }

    private static JsonObject Page(SlackChannel channel, IReadOnlyList<SlackMessage> all, Arguments args, bool newestFirst)
    {
        var limit = args.Whole("limit", 100);
        if (limit is < 1 or > MostInPage) throw new SlackErrorException("invalid_limit", $"a limit of {limit}");
        var start = Cursor(args);
        var metadata = args.Flag("include_all_metadata");
        bool Within(SlackMessage message)
        {
            var least = args.Flag("inclusive") ? 0 : 1;
            return (args.Find("oldest") is not { } oldest || Compare(message.Ts, oldest) >= least)
                && (args.Find("latest") is not { } latest || Compare(latest, message.Ts) >= least);
        }

        var wanted = all.Where(Within).ToList();
        if (newestFirst) wanted.Reverse();
        var page = wanted.Skip(start).Take(limit).Select(message => Listed(channel, message, metadata)).ToArray();
        var more = start + page.Length < wanted.Count;
        var answer = new JsonObject { ["messages"] = new JsonArray(page), ["has_more"] = more };
        if (more)
            answer["response_metadata"] = new JsonObject
            {
                ["next_cursor"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"next:{start + page.Length}")),
            };
        return answer;
    }

    // The first message of a thread says so.
    private static JsonObject Listed(SlackChannel channel, SlackMessage message, bool metadata)
    {
        var json = message.Json(metadata);
        if (message.ThreadTs is null && channel.Thread(message.Ts) is { Count: > 1 } thread)
            (json["thread_ts"], json["reply_count"], json["latest_reply"]) = (message.Ts, thread.Count - 1, thread[^1].Ts);
        return json;
    }

    private static int Cursor(Arguments args)
    {
        if (args.Find("cursor") is not { Length: > 0 } cursor) return 0;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is ['n', 'e', 'x', 't', ':', .. var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start
            : throw new SlackErrorException("invalid_cursor", $"nobody gave the cursor {cursor}");
    }

    private static int Compare(string one, string other) =>
        decimal.TryParse(one, CultureInfo.InvariantCulture, out var left) && decimal.TryParse(other, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : throw new SlackErrorException("invalid_ts_oldest", $"no timestamp: {one} or {other}");
}
