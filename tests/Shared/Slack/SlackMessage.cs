using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A message as it is stored and told.</summary>
internal sealed class SlackMessage(SlackTeam team, string ts, string user)
{
    private static readonly JsonElement NoBlocks = JsonElement.Parse("[]");

    public string Ts => ts;

    public string User => user;

    public bool FromBot => user == team.BotUser;

    public string? ThreadTs { get; init; }

    /// <summary>Who wrote the thread's first message.</summary>
    public string? ParentUser { get; init; }

    public required string Text { get; set; }

    public JsonElement Blocks { get; set; } = NoBlocks;

    public JsonElement? Metadata { get; set; }

    public string? Subtype { get; set; }

    public string? ClientMsgId { get; init; }

    public string? EditedTs { get; set; }

    public JsonNode? Files { get; init; }

    public SlackPost Post(string channel) => new(ts, ThreadTs, Text, Blocks, Metadata, user, channel);

    public void BecomeTombstone() => (Subtype, Text, Blocks, Metadata) = ("tombstone", "This message was deleted.", NoBlocks, null);

    /// <summary>As in history and in events, without the channel.</summary>
    public JsonObject Json(bool metadata)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = user, ["ts"] = ts, ["text"] = Text, ["team"] = team.Id };
        if (Subtype is not null) json["subtype"] = Subtype;
        if (ClientMsgId is not null) json["client_msg_id"] = ClientMsgId;
        if (Blocks.GetArrayLength() > 0) json["blocks"] = JsonNode.Parse(Blocks.GetRawText());
        if (ThreadTs is not null) json["thread_ts"] = ThreadTs;
        if (ParentUser is not null) json["parent_user_id"] = ParentUser;
        if (Files is not null) json["files"] = Files.DeepClone();
        if (EditedTs is not null) json["edited"] = new JsonObject { ["user"] = user, ["ts"] = EditedTs };
        if (FromBot)
        {
            json["bot_id"] = team.BotId;
            json["app_id"] = team.AppId;
            json["bot_profile"] = new JsonObject { ["id"] = team.BotId, ["app_id"] = team.AppId, ["team_id"] = team.Id, ["name"] = "bot" };
        }

        if (metadata && Metadata is { } given) json["metadata"] = JsonNode.Parse(given.GetRawText());
        return json;
    }
}
