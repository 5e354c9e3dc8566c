using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>One post.</summary>
/// <param name="Text">What notifications and screen readers say, escaped.</param>
public sealed record SlackMessage(string Text, JsonArray Blocks)
{
    /// <summary>As many posts as the blocks need, in order; none without blocks.</summary>
    /// <param name="plain">Said of the first; null where its own text says it best, as it does for all others.</param>
    public static IReadOnlyList<SlackMessage> Of(string? plain, IEnumerable<JsonObject> blocks) =>
        [.. Packing.Messages(blocks).Select((packed, i) => new SlackMessage(Notification(i == 0 && plain is not null ? plain : Said(packed)), packed))];

    /// <summary>Escaped, and cut to what Slack takes.</summary>
    public static string Notification(string plain)
    {
        var escaped = Mrkdwn.Escape(plain);
        // Escaping makes a character five at most.
        return escaped.Length <= Limits.MessageText ? escaped : Mrkdwn.Escape(Splitting.Shortened(plain, Limits.MessageText / 5));
    }

    private static string Said(JsonArray blocks) => string.Join('\n', blocks.Select(b => string.Concat(Texts(b!))));

    // What is on buttons and in menus is no part of what is said.
    private static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonObject o when o["text"] is JsonValue text => [text.GetValue<string>()],
        JsonObject o when o["text"] is { } text => Texts(text),
        JsonObject o when o["type"]!.GetValue<string>() != "actions" && o["elements"] is { } elements => Texts(elements),
        JsonArray a => a.SelectMany(n => Texts(n!)),
        _ => [],
    };
}
