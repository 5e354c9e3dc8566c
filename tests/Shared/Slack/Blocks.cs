using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Whether Slack takes these blocks, and what it makes of them.</summary>
internal static class Blocks
{
    public const int MostInMessage = 50;
    public const int MostInView = 100;

    /// <summary>Found by trial: Slack documents no limit for all blocks together. Counted here in characters of JSON.</summary>
    public const int MostCharacters = 13_200;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void CheckMessage(JsonElement blocks, Action<string> note)
    {
        Faults("invalid_blocks", () => Check(blocks, MostInMessage, "/blocks", note));
        if (JsonSerializer.Serialize(blocks, Compact).Length is var length && length > MostCharacters)
            throw new SlackErrorException("msg_blocks_too_long", $"the blocks have {length} characters");
    }

    public static void CheckView(JsonElement view, string type, Action<string> note) =>
        Faults("invalid_arguments", () => View(new BlockFields(view, "/view"), view, type, note));

    /// <summary>The answer to a block_suggestion.</summary>
    public static void CheckOptions(JsonElement answer, Action<string> note) => Faults("invalid_options", () =>
    {
        var fields = new BlockFields(answer, "");
        fields.Allow("options", "option_groups");
        var rules = new ElementRules(new TextRules(note));
        if (fields.Has("option_groups")) rules.Groups(fields, "option_groups");
        else if (fields.Need("options") is not { ValueKind: JsonValueKind.Array } options || options.GetArrayLength() > 0)
            rules.Options(fields, "options", 100);
    });

    /// <summary>With a block_id and an action_id wherever the app gave none.</summary>
    public static JsonElement Named(JsonElement blocks, World world)
    {
        var named = JsonNode.Parse(blocks.GetRawText())!.AsArray();
        foreach (var block in named)
        {
            block!["block_id"] ??= $"b{world.Number():x4}";
            var elements = (string)block["type"]! == "actions" ? block["elements"]!.AsArray() : [];
            foreach (var element in elements.Append(block["accessory"]).Append(block["element"]))
                if (element is JsonObject given && (string)given["type"]! != "image")
                    given["action_id"] ??= $"a{world.Number():x4}";
        }

        return JsonSerializer.SerializeToElement(named);
    }

    private static void Check(JsonElement blocks, int most, string pointer, Action<string> note)
    {
        if (blocks.GetArrayLength() > most) throw new BlockFaultException($"no more than {most} items allowed", pointer);
        var rules = new BlockRules(note);
        var at = 0;
        foreach (var block in blocks.EnumerateArray()) rules.Check(new BlockFields(block, $"{pointer}/{at++}"));
    }

    private static void View(BlockFields fields, JsonElement view, string type, Action<string> note)
    {
        fields.Allow("type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close",
            "notify_on_close", "external_id", "submit_disabled");
        fields.OneOf("type", type);
        if (type == "modal") TextRules.Plain(fields, "title", 24);
        TextRules.FindPlain(fields, "submit", 24);
        TextRules.FindPlain(fields, "close", 24);
        Optional(fields, "private_metadata", 3000);
        Optional(fields, "callback_id", 255);
        Optional(fields, "external_id", 255);
        fields.Flag("clear_on_close");
        fields.Flag("notify_on_close");
        fields.Flag("submit_disabled");
        var blocks = fields.Need("blocks");
        if (blocks.ValueKind != JsonValueKind.Array) throw fields.Wrong("must be an array", "blocks");
        Check(blocks, MostInView, "/view/blocks", note);
        var inputs = blocks.EnumerateArray().Any(block => block.GetProperty("type").GetString() == "input");
        if (type == "modal" && inputs && !fields.Has("submit")) throw fields.Wrong("must be given where there are inputs", "submit");
        if (view.GetRawText().Length > 250_000) throw new SlackErrorException("view_too_large", "more than 250 kB");
    }

    // These may be empty.
    private static void Optional(BlockFields fields, string name, int most)
    {
        if (!fields.Has(name) || fields.Need(name) is { ValueKind: JsonValueKind.String } given && given.GetString()!.Length == 0) return;
        fields.Text(name, most);
    }

    private static void Faults(string error, Action check)
    {
        try
        {
            check();
        }
        catch (BlockFaultException wrong)
        {
            throw new SlackErrorException(error, wrong.Message) { Detail = $"[ERROR] {wrong.Message}" };
        }
    }
}
