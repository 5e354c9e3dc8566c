using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>
/// Text that is never parsed: what people and models wrote stands here, and no mark in it formats, pings, links or turns
/// into an emoji.
/// </summary>
public static class RichText
{
    /// <param name="parts">Sections, quotes and lists, one below the other.</param>
    public static JsonObject Of(params IReadOnlyList<JsonObject> parts)
    {
        var block = new JsonObject { ["type"] = "rich_text", ["elements"] = Block.Json(parts) };
        return Packing.Characters(block) <= Limits.RichText
            ? block
            : throw new ArgumentException($"Rich text takes {Limits.RichText} characters.", nameof(parts));
    }

    public static JsonObject Section(params IReadOnlyList<JsonObject> spans) => Part("rich_text_section", spans);

    public static JsonObject Quote(params IReadOnlyList<JsonObject> spans) => Part("rich_text_quote", spans);

    /// <param name="items">Sections.</param>
    public static JsonObject List(IReadOnlyList<JsonObject> items, bool ordered = false)
    {
        var list = Part("rich_text_list", items);
        list["style"] = ordered ? "ordered" : "bullet";
        return list;
    }

    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    public static JsonObject Bold(string text)
    {
        var span = Text(text);
        span["style"] = new JsonObject { ["bold"] = true };
        return span;
    }

    /// <summary>As many blocks as the text needs, cut where it reads best; none where there is nothing to read.</summary>
    public static IEnumerable<JsonObject> Paragraphs(string text) =>
        Splitting.Pieces(text, Limits.RichText).Select(piece => Of(Section(Text(piece))));

    private static JsonObject Part(string type, IReadOnlyList<JsonObject> elements) => new()
    {
        ["type"] = type,
        ["elements"] = Block.Json(elements),
    };
}
