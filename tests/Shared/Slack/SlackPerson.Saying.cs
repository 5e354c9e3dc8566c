using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

public sealed partial class SlackPerson
{
    private SlackServer Server => Team.Server;

    /// <summary>Writes to the bot; completes once the service was told for the first time.</summary>
    /// <returns>The message's ts.</returns>
    public Task<string> SayAsync(string text, string? threadTs = null) => SayInAsync(Dm, text, threadTs);

    public async Task<string> SayInAsync(SlackChannel channel, string text, string? threadTs = null)
    {
        var (message, happened) = Team.World.Locked(() =>
        {
            var written = Write(channel, text, threadTs, null, null);
            return (written, MessageEvents.Posted(channel, written));
        });
        await Server.TellAsync(Team, happened);
        return message.Ts;
    }

    /// <summary>Writes to the bot in a channel, which it hears as a mention and as a message.</summary>
    public async Task<string> MentionAsync(SlackChannel channel, string text, string? threadTs = null)
    {
        var (message, mention, posted) = Team.World.Locked(() =>
        {
            var written = Write(channel, text, threadTs, null, Team.BotUser);
            return (written, Events.Mention(channel, written), MessageEvents.Posted(channel, written));
        });
        await Task.WhenAll(Server.TellAsync(Team, mention), Server.TellAsync(Team, posted));
        return message.Ts;
    }

    public async Task<string> ShareFileAsync(string name, string mimetype, string text = "", string? threadTs = null)
    {
        var (message, happened) = Team.World.Locked(() =>
        {
            var file = new JsonObject
            {
                ["id"] = Team.World.NextId("F0"),
                ["name"] = name,
                ["title"] = name,
                ["mimetype"] = mimetype,
                ["filetype"] = Path.GetExtension(name).TrimStart('.'),
                ["user"] = Id,
                ["mode"] = "hosted",
                ["size"] = 1024,
                ["is_external"] = false,
                ["url_private"] = $"https://files.slack.com/files-pri/{Team.Id}/{name}",
                ["file_access"] = "visible",
            };
            var written = Write(Team.DmOf(this), text, threadTs, new JsonArray(file), null);
            return (written, MessageEvents.Posted(Team.DmOf(this), written));
        });
        await Server.TellAsync(Team, happened);
        return message.Ts;
    }

    /// <summary>Changes what this person wrote.</summary>
    public Task EditAsync(string ts, string text, SlackChannel? channel = null)
    {
        var place = channel ?? Dm;
        return Server.TellAsync(Team, Team.World.Locked(() =>
        {
            var message = Own(place, ts);
            var before = message.Json(metadata: false);
            (message.Text, message.Blocks, message.EditedTs) = (Mrkdwn.Escape(text), Typed(text, null), Team.World.NextTs());
            return MessageEvents.Changed(place, before, message, message.EditedTs);
        }));
    }

    /// <summary>Takes back what this person wrote. Of a message with answers a gravestone stays, and is told as a change.</summary>
    public Task DeleteAsync(string ts, SlackChannel? channel = null)
    {
        var place = channel ?? Dm;
        return Server.TellAsync(Team, Team.World.Locked(() =>
        {
            var message = Own(place, ts);
            var before = message.Json(metadata: false);
            place.Remove(message);
            return place.Find(ts) is { } tombstone
                ? MessageEvents.Changed(place, before, tombstone, Team.World.NextTs())
                : MessageEvents.Deleted(place, before, Team.World.NextTs());
        }));
    }

    public Task OpenHomeAsync() => Server.TellAsync(Team, Team.World.Locked(() => Events.HomeOpened(this)));

    private SlackMessage Write(SlackChannel channel, string text, string? threadTs, JsonArray? files, string? mentioned)
    {
        if (threadTs is not null && channel.Find(threadTs) is null) throw new InvalidOperationException($"no message {threadTs}");
        return channel.Add(new SlackMessage(Team, Team.World.NextTs(), Id)
        {
            Text = (mentioned is null ? "" : $"<@{mentioned}> ") + Mrkdwn.Escape(text),
            Blocks = Typed(text, mentioned),
            ThreadTs = threadTs,
            ParentUser = threadTs is null ? null : channel.Find(threadTs)?.User,
            ClientMsgId = $"00000000-0000-4000-8000-{Team.World.Number():x12}",
            Files = files,
            Subtype = files is null ? null : "file_share",
        });
    }

    private JsonElement Typed(string text, string? mentioned)
    {
        var runs = new JsonArray();
        if (mentioned is not null) runs.Add((JsonNode)new JsonObject { ["type"] = "user", ["user_id"] = mentioned });
        if (text.Length > 0) runs.Add((JsonNode)new JsonObject { ["type"] = "text", ["text"] = mentioned is null ? text : $" {text}" });
        return JsonSerializer.SerializeToElement(new JsonArray(new JsonObject
        {
            ["type"] = "rich_text",
            ["block_id"] = $"r{Team.World.Number():x4}",
            ["elements"] = new JsonArray(new JsonObject { ["type"] = "rich_text_section", ["elements"] = runs }),
        }));
    }

    private SlackMessage Own(SlackChannel channel, string ts) =>
        channel.Find(ts) is { } message && message.User == Id
            ? message
            : throw new InvalidOperationException($"{Id} wrote no message {ts} there");
}
