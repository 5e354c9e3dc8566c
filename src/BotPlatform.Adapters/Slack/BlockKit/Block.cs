using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>One block each. Labels that are too long end in an ellipsis; what cannot be shortened is refused.</summary>
public static class Block
{
    public static JsonObject Header(string text) => new()
    {
        ["type"] = "header",
        ["text"] = TextObject.Plain(text, Limits.Header),
    };

    /// <param name="mrkdwn">Our own markup, escaped where it holds anything else.</param>
    /// <param name="accessory">A button or a menu beside the text.</param>
    public static JsonObject Section(string mrkdwn, JsonObject? accessory = null)
    {
        var section = new JsonObject { ["type"] = "section", ["text"] = TextObject.Markup(mrkdwn, Limits.Section) };
        if (accessory is not null)
            section["accessory"] = accessory;
        return section;
    }

    public static JsonObject Divider() => new() { ["type"] = "divider" };

    /// <summary>Small print, shown as it is.</summary>
    public static JsonObject Context(params string[] plain) => new()
    {
        ["type"] = "context",
        ["elements"] = Json(Limits.Within(plain, Limits.ContextElements, nameof(plain)).Select(t => TextObject.Plain(t, Limits.ContextText))),
    };

    public static JsonObject Actions(params IReadOnlyList<JsonObject> elements) => new()
    {
        ["type"] = "actions",
        ["elements"] = Json(Limits.Within(elements, Limits.ActionElements, nameof(elements))),
    };

    /// <param name="blockId">Names the field in what is sent back and in errors.</param>
    public static JsonObject Input(string blockId, string label, JsonObject element, string? hint = null, bool optional = false)
    {
        var input = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = Limits.Within(blockId, Limits.Id, nameof(blockId)),
            ["label"] = TextObject.Plain(label, Limits.InputLabel),
            ["element"] = element,
            ["optional"] = optional,
        };
        if (hint is not null)
            input["hint"] = TextObject.Plain(hint, Limits.InputHint);
        return input;
    }

    internal static JsonArray Json(IEnumerable<JsonObject> items) => [.. items];
}
