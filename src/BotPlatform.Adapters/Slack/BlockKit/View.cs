using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>Windows, and the tab that an app has of its own.</summary>
public static class View
{
    /// <param name="submit">The button that sends it; null where there is nothing to send.</param>
    /// <param name="metadata">Comes back with it, for our own use; null for none.</param>
    public static JsonObject Modal(
        string callbackId, string title, IReadOnlyList<JsonObject> blocks, string? submit, string close, string? metadata = null)
    {
        var view = new JsonObject
        {
            ["type"] = "modal",
            ["callback_id"] = Limits.Within(callbackId, Limits.Id, nameof(callbackId)),
            ["title"] = TextObject.Plain(title, Limits.ViewTitle),
            ["close"] = TextObject.Plain(close, Limits.ViewButton),
        };
        if (submit is not null)
            view["submit"] = TextObject.Plain(submit, Limits.ViewButton);
        if (metadata is not null)
            view["private_metadata"] = Limits.Within(metadata, Limits.PrivateMetadata, nameof(metadata));
        view["blocks"] = Block.Json(Limits.Within(blocks, Limits.BlocksInView, nameof(blocks)));
        return view;
    }

    public static JsonObject Home(IReadOnlyList<JsonObject> blocks) => new()
    {
        ["type"] = "home",
        ["blocks"] = Block.Json(Limits.Within(blocks, Limits.BlocksInView, nameof(blocks))),
    };

    /// <summary>Answers what was sent: the window stays open, with a sentence below each field that is named.</summary>
    /// <param name="errors">Sentences by the <c>block_id</c> of an input.</param>
    public static JsonObject Errors(IReadOnlyDictionary<string, string> errors) => new()
    {
        ["response_action"] = "errors",
        ["errors"] = new JsonObject(errors.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, e.Value))),
    };
}
