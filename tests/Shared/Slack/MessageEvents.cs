using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Inner events about messages.</summary>
internal static class MessageEvents
{
    public static JsonObject Posted(SlackChannel channel, SlackMessage message) => In(channel, message.Json(metadata: false), message.Ts);

    public static JsonObject Changed(SlackChannel channel, JsonObject before, SlackMessage message, string ts) => In(channel, new JsonObject
    {
        ["type"] = "message",
        ["subtype"] = "message_changed",
        ["message"] = message.Json(metadata: false),
        ["previous_message"] = before,
        ["hidden"] = true,
        ["ts"] = ts,
    }, ts);

    public static JsonObject Deleted(SlackChannel channel, JsonObject before, string ts) => In(channel, new JsonObject
    {
        ["type"] = "message",
        ["subtype"] = "message_deleted",
        ["previous_message"] = before.DeepClone(),
        ["deleted_ts"] = (string)before["ts"]!,
        ["hidden"] = true,
        ["ts"] = ts,
    }, ts);

    private static JsonObject In(SlackChannel channel, JsonObject message, string ts)
    {
        message["channel"] = channel.Id;
        message["channel_type"] = channel.With is null ? "channel" : "im";
        message["event_ts"] = ts;
        return message;
    }
}
