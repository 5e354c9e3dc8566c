using System.Text.Json;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What can be seen and pressed in blocks.</summary>
internal static class Surface
{
    /// <summary>An interactive element where it stands.</summary>
    internal sealed record Action(string BlockId, string ActionId, string Type, JsonElement Element, bool InInput);

    public static IEnumerable<Action> Actions(JsonElement blocks)
    {
        foreach (var block in blocks.EnumerateArray())
        {
            var blockId = block.TryGetProperty("block_id", out var given) ? given.GetString()! : "";
            foreach (var (name, input) in new[] { ("accessory", false), ("element", true) })
                if (block.TryGetProperty(name, out var one) && one.TryGetProperty("action_id", out var id))
                    yield return new Action(blockId, id.GetString()!, Type(one), one, input);
            if (Type(block) != "actions") continue;
            foreach (var element in block.GetProperty("elements").EnumerateArray())
                if (element.TryGetProperty("action_id", out var id))
                    yield return new Action(blockId, id.GetString()!, Type(element), element, false);
        }
    }

    public static string Shown(JsonElement blocks) => string.Join('\n', Texts(blocks));

    private static string Type(JsonElement element) => element.GetProperty("type").GetString()!;

    private static IEnumerable<string> Texts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    foreach (var text in Texts(item))
                        yield return text;
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (property is { Name: "text", Value.ValueKind: JsonValueKind.String })
                        yield return property.Value.GetString()!;
                    else
                        foreach (var text in Texts(property.Value))
                            yield return text;
                }

                break;
        }
    }
}
