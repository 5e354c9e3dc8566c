using System.Text;
using System.Text.Json.Nodes;
using Shouldly;

namespace BotPlatform.Adapters.Tests.Slack;

/// <summary>What Slack documents of blocks and views, written down apart from the code that makes them.</summary>
internal static class BlockKitRules
{
    public static void ShouldBeMessage(this JsonArray blocks)
    {
        Blocks(blocks, most: 50, ["header", "section", "divider", "context", "actions", "rich_text"]);
        AllStrings(blocks).Sum(s => s.Length).ShouldBeLessThanOrEqualTo(13_200);
    }

    public static void ShouldBeView(this JsonObject view)
    {
        var modal = Text(view, "type", 20) == "modal";
        Keys(view, modal ? ["title", "close", "callback_id"] : [], modal ? ["submit", "private_metadata"] : [], "blocks", "type");
        if (modal)
        {
            PlainText(view["title"], 24);
            PlainText(view["close"], 24);
            Text(view, "callback_id", 255);
            if (view["submit"] is { } submit)
                PlainText(submit, 24);
            if (view["private_metadata"] is not null)
                Text(view, "private_metadata", 3000);
        }

        var blocks = view["blocks"]!.AsArray();
        Blocks(blocks, most: 100, ["header", "section", "divider", "context", "actions", "rich_text", .. modal ? ["input"] : Array.Empty<string>()]);
        if (blocks.Any(b => b!["type"]!.GetValue<string>() == "input"))
            view["submit"].ShouldNotBeNull("a view with inputs needs a button that sends it");
        Encoding.UTF8.GetByteCount(view.ToJsonString()).ShouldBeLessThanOrEqualTo(250_000);
    }

    public static void ShouldBeOptions(this JsonObject answer)
    {
        Keys(answer, ["options"], []);
        Items(answer, "options", 0, 100).ForEach(o => Option(o, "plain_text"));
    }

    private static void Blocks(JsonArray blocks, int most, string[] allowed)
    {
        blocks.Count.ShouldBeInRange(1, most);
        var ids = blocks.Select(b => b!["block_id"]?.GetValue<string>()).OfType<string>().ToArray();
        ids.ShouldBeUnique();
        foreach (var block in blocks)
        {
            allowed.ShouldContain(Text(block!.AsObject(), "type", 50));
            Block(block.AsObject());
        }
    }

    private static void Block(JsonObject block)
    {
        switch (block["type"]!.GetValue<string>())
        {
            case "header":
                Keys(block, ["text"], [], "type");
                PlainText(block["text"], 150);
                break;
            case "section":
                Keys(block, ["text"], ["accessory"], "type");
                Mrkdwn(block["text"], 3000);
                if (block["accessory"] is JsonObject accessory)
                    Element(accessory, ["button"]);
                break;
            case "divider":
                Keys(block, [], [], "type");
                break;
            case "context":
                Keys(block, ["elements"], [], "type");
                Items(block, "elements", 1, 10).ForEach(e => PlainText(e, 3000));
                break;
            case "actions":
                Keys(block, ["elements"], [], "type");
                var elements = Items(block, "elements", 1, 25);
                elements.ForEach(e => Element(e, ["button", "static_select"]));
                elements.ConvertAll(e => e["action_id"]!.GetValue<string>()).ShouldBeUnique();
                break;
            case "input":
                Keys(block, ["label", "element", "block_id", "optional"], ["hint"], "type");
                Text(block, "block_id", 255);
                PlainText(block["label"], 2000);
                if (block["hint"] is { } hint)
                    PlainText(hint, 2000);
                Element(block["element"]!.AsObject(), ["external_select", "static_select", "radio_buttons", "checkboxes"]);
                break;
            case "rich_text":
                Keys(block, ["elements"], [], "type");
                RichText(block);
                break;
        }
    }

    private static void RichText(JsonObject block)
    {
        foreach (var part in Items(block, "elements", 1, 1000))
        {
            var list = part["type"]!.GetValue<string>() == "rich_text_list";
            Keys(part, ["elements"], list ? ["style"] : [], "type");
            new[] { "rich_text_section", "rich_text_quote", "rich_text_list" }.ShouldContain(part["type"]!.GetValue<string>());
            foreach (var inner in Items(part, "elements", 1, 1000))
            {
                if (list)
                    Items(inner, "elements", 1, 1000).ForEach(Span);
                else
                    Span(inner);
            }
        }

        AllStrings(block).Sum(s => s.Length).ShouldBeLessThanOrEqualTo(3200);
    }

    private static void Span(JsonObject span)
    {
        Keys(span, ["text"], ["style"], "type");
        span["type"]!.GetValue<string>().ShouldBe("text");
        Text(span, "text", 3000);
    }

    private static void Element(JsonObject element, string[] allowed)
    {
        allowed.ShouldContain(Text(element, "type", 50));
        Text(element, "action_id", 255);
        switch (element["type"]!.GetValue<string>())
        {
            case "button":
                Keys(element, ["text"], ["value", "url", "style", "confirm"], "type", "action_id");
                PlainText(element["text"], 75);
                if (element["value"] is not null)
                    Text(element, "value", 2000);
                if (element["url"] is not null)
                    Uri.IsWellFormedUriString(Text(element, "url", 3000), UriKind.Absolute).ShouldBeTrue();
                if (element["style"] is not null)
                    new[] { "primary", "danger" }.ShouldContain(Text(element, "style", 10));
                if (element["confirm"] is JsonObject confirm)
                    Confirm(confirm);
                break;
            case "external_select":
                Keys(element, ["placeholder", "min_query_length"], ["initial_option"], "type", "action_id");
                PlainText(element["placeholder"], 150);
                break;
            case "static_select":
                Keys(element, ["placeholder", "options"], ["initial_option"], "type", "action_id");
                PlainText(element["placeholder"], 150);
                Options(element, 100);
                break;
            default:
                Keys(element, ["options"], ["initial_option"], "type", "action_id");
                Options(element, 10);
                break;
        }

        if (element["initial_option"] is JsonObject initial && element["options"] is JsonArray options)
            options.ShouldContain(o => JsonNode.DeepEquals(o, initial), "what is chosen at first is exactly one of the options");
    }

    private static void Options(JsonObject element, int most) => Items(element, "options", 1, most).ForEach(o => Option(o, "plain_text"));

    private static void Option(JsonObject option, string kind)
    {
        Keys(option, ["text", "value"], ["description"]);
        option["text"]!["type"]!.GetValue<string>().ShouldBe(kind);
        PlainText(option["text"], 75);
        Text(option, "value", 75);
        if (option["description"] is { } description)
            PlainText(description, 75);
    }

    private static void Confirm(JsonObject confirm)
    {
        Keys(confirm, ["title", "text", "confirm", "deny"], ["style"]);
        PlainText(confirm["title"], 100);
        PlainText(confirm["text"], 300);
        PlainText(confirm["confirm"], 30);
        PlainText(confirm["deny"], 30);
    }

    private static void PlainText(JsonNode? node, int most)
    {
        var text = node.ShouldNotBeNull().AsObject();
        Keys(text, ["text", "emoji"], [], "type");
        text["type"]!.GetValue<string>().ShouldBe("plain_text");
        text["emoji"]!.GetValue<bool>().ShouldBeFalse();
        Text(text, "text", most);
    }

    private static void Mrkdwn(JsonNode? node, int most)
    {
        var text = node.ShouldNotBeNull().AsObject();
        Keys(text, ["text", "verbatim"], [], "type");
        text["type"]!.GetValue<string>().ShouldBe("mrkdwn");
        Text(text, "text", most);
    }

    private static string Text(JsonObject parent, string key, int most)
    {
        var text = parent[key].ShouldNotBeNull($"{key} in {parent.ToJsonString()}").GetValue<string>();
        text.Length.ShouldBeInRange(1, most, key);
        text.ShouldNotBeNullOrWhiteSpace(key);
        text.ShouldBe(new string([.. text.EnumerateRunes().SelectMany(r => r.ToString())]), "a surrogate pair was cut");
        return text;
    }

    private static List<JsonObject> Items(JsonObject parent, string key, int least, int most)
    {
        var items = parent[key].ShouldNotBeNull().AsArray();
        items.Count.ShouldBeInRange(least, most, key);
        return [.. items.Select(i => i!.AsObject())];
    }

    private static void Keys(JsonObject node, string[] required, string[] optional, params string[] also)
    {
        foreach (var key in required.Concat(also))
            node.ContainsKey(key).ShouldBeTrue($"{key} is missing in {node.ToJsonString()}");
        node.Select(p => p.Key).ShouldBeSubsetOf([.. required, .. optional, .. also]);
    }

    private static IEnumerable<string> AllStrings(JsonNode? node) => node switch
    {
        JsonObject o => o.Where(p => p.Key != "type").SelectMany(p => AllStrings(p.Value)),
        JsonArray a => a.SelectMany(AllStrings),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
