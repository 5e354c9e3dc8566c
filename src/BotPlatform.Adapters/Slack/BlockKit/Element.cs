using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack.BlockKit;

public enum ButtonStyle
{
    Default,
    Primary,
    Danger,
}

/// <summary>What a person can press or choose.</summary>
public static class Element
{
    /// <param name="value">Comes back when it is pressed, from whoever can reach us: never trusted.</param>
    public static JsonObject Button(
        string actionId, string text, string? value = null, ButtonStyle style = ButtonStyle.Default, JsonObject? confirm = null)
    {
        var button = Of("button", actionId);
        button["text"] = TextObject.Plain(text, Limits.ButtonText);
        if (value is not null)
            button["value"] = Limits.Within(value, Limits.ButtonValue, nameof(value));
        if (style != ButtonStyle.Default)
            button["style"] = style == ButtonStyle.Primary ? "primary" : "danger";
        if (confirm is not null)
            button["confirm"] = confirm;
        return button;
    }

    /// <summary>Opens an address; Slack tells of the press all the same, and wants it acknowledged.</summary>
    public static JsonObject LinkButton(string actionId, string text, Uri url)
    {
        var button = Button(actionId, text);
        button["url"] = Limits.Within(url.AbsoluteUri, Limits.Url, nameof(url));
        return button;
    }

    /// <summary>Asks back before a button does what cannot be undone.</summary>
    public static JsonObject Confirm(string title, string text, string yes, string no, bool danger = false)
    {
        var confirm = new JsonObject
        {
            ["title"] = TextObject.Plain(title, Limits.ConfirmTitle),
            ["text"] = TextObject.Plain(text, Limits.ConfirmText),
            ["confirm"] = TextObject.Plain(yes, Limits.ConfirmButton),
            ["deny"] = TextObject.Plain(no, Limits.ConfirmButton),
        };
        if (danger)
            confirm["style"] = "danger";
        return confirm;
    }

    /// <param name="value">Comes back when it is chosen.</param>
    public static JsonObject Option(string text, string value, string? description = null)
    {
        var option = new JsonObject
        {
            ["text"] = TextObject.Plain(text, Limits.OptionText),
            ["value"] = Limits.Within(value, Limits.OptionText, nameof(value)),
        };
        if (!string.IsNullOrWhiteSpace(description))
            option["description"] = TextObject.Plain(description, Limits.OptionText);
        return option;
    }

    /// <summary>A menu whose options are asked of us, at once and on every key.</summary>
    public static JsonObject ExternalSelect(string actionId, string placeholder, JsonObject? initial = null)
    {
        var select = Of("external_select", actionId);
        select["placeholder"] = TextObject.Plain(placeholder, Limits.Placeholder);
        select["min_query_length"] = 0;
        if (initial is not null)
            select["initial_option"] = initial;
        return select;
    }

    /// <param name="initial">The value that is chosen at first; null for none.</param>
    public static JsonObject Select(string actionId, string placeholder, IReadOnlyList<JsonObject> options, string? initial = null)
    {
        var select = Of("static_select", actionId);
        select["placeholder"] = TextObject.Plain(placeholder, Limits.Placeholder);
        return WithOptions(select, options, Limits.Options, initial);
    }

    /// <param name="initial">The value that is chosen at first; null for none.</param>
    public static JsonObject Radio(string actionId, IReadOnlyList<JsonObject> options, string? initial = null) =>
        WithOptions(Of("radio_buttons", actionId), options, Limits.Choices, initial);

    public static JsonObject Checkboxes(string actionId, params IReadOnlyList<JsonObject> options) =>
        WithOptions(Of("checkboxes", actionId), options, Limits.Choices, initial: null);

    private static JsonObject Of(string type, string actionId) => new()
    {
        ["type"] = type,
        ["action_id"] = Limits.Within(actionId, Limits.Id, nameof(actionId)),
    };

    private static JsonObject WithOptions(JsonObject element, IReadOnlyList<JsonObject> options, int most, string? initial)
    {
        element["options"] = Block.Json(Limits.Within(options, most, nameof(options)));
        if (options.FirstOrDefault(o => initial is not null && o["value"]!.GetValue<string>() == initial) is { } chosen)
            element["initial_option"] = chosen.DeepClone();
        return element;
    }
}
