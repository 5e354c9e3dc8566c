using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>Many blocks into few messages.</summary>
public static class Packing
{
    /// <summary>In order, each as full as Slack takes it; a block is never divided.</summary>
    public static IReadOnlyList<JsonArray> Messages(IEnumerable<JsonObject> blocks)
    {
        var messages = new List<JsonArray>();
        var characters = 0;
        foreach (var block in blocks)
        {
            var more = Characters(block);
            if (messages.Count == 0 || messages[^1].Count == Limits.BlocksInMessage || characters + more > Limits.CharactersInMessage)
            {
                messages.Add([]);
                characters = 0;
            }

            messages[^1].Add(block);
            characters += more;
        }

        return messages;
    }

    /// <summary>All strings in it but the names of kinds: which of them Slack counts is not documented.</summary>
    public static int Characters(JsonNode? node) => node switch
    {
        JsonObject o => o.Sum(p => p.Key == "type" ? 0 : Characters(p.Value)),
        JsonArray a => a.Sum(Characters),
        JsonValue v when v.TryGetValue<string>(out var text) => text.Length,
        _ => 0,
    };
}
