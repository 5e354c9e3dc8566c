namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What can be pressed, chosen or filled in. Elements that the field seldom uses are refused as unknown.</summary>
internal sealed class ElementRules(TextRules texts)
{
    public static readonly string[] InSection =
        ["button", "static_select", "external_select", "multi_static_select", "multi_external_select", "users_select",
        "conversations_select", "channels_select", "overflow", "radio_buttons", "checkboxes", "datepicker", "timepicker", "image"];

    public static readonly string[] InActions =
        ["button", "static_select", "external_select", "users_select", "conversations_select", "channels_select", "overflow",
        "radio_buttons", "checkboxes", "datepicker", "timepicker"];

    public static readonly string[] InInput =
        ["plain_text_input", "number_input", "static_select", "external_select", "multi_static_select", "multi_external_select",
        "users_select", "conversations_select", "channels_select", "radio_buttons", "checkboxes", "datepicker", "timepicker"];

    /// <summary>The element's action_id, where it has one.</summary>
    public string? Check(BlockFields element, params ReadOnlySpan<string> allowed)
    {
        switch (element.OneOf("type", allowed))
        {
            case "button": Button(element); break;
            case "image": Image(element, "type"); return null;
            case "plain_text_input": TextInput(element); break;
            case "number_input": NumberInput(element); break;
            case "overflow": Choice(element, 5, true); break;
            case "radio_buttons" or "checkboxes": Choice(element, 10, false); break;
            case "static_select": Select(element, "options", "option_groups", "initial_option"); break;
            case "multi_static_select": Select(element, "options", "option_groups", "initial_options", "max_selected_items"); break;
            case "external_select": Select(element, "min_query_length", "initial_option"); break;
            case "multi_external_select": Select(element, "min_query_length", "initial_options", "max_selected_items"); break;
            case "users_select": Select(element, "initial_user"); break;
            case "conversations_select":
                Select(element, "initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter");
                break;
            case "channels_select": Select(element, "initial_channel", "response_url_enabled"); break;
            case "datepicker": Select(element, "initial_date"); break;
            case "timepicker": Select(element, "initial_time", "timezone"); break;
        }

        return element.FindText("action_id", 255);
    }

    /// <summary>Options of a select, or of what answers a block_suggestion.</summary>
    public void Options(BlockFields parent, string name, int most, bool overflow = false)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var option in parent.Objects(name, 1, most))
        {
            Option(option, overflow);
            if (!values.Add(option.Text("value", 150))) throw option.Wrong("the same value twice", "value");
        }
    }

    public void Groups(BlockFields parent, string name)
    {
        foreach (var group in parent.Objects(name, 1, 100))
        {
            group.Allow("label", "options");
            TextRules.Plain(group, "label", 75);
            Options(group, "options", 100);
        }
    }

    public static void Image(BlockFields image, params ReadOnlySpan<string> more)
    {
        image.Allow(["image_url", "slack_file", "alt_text", .. more]);
        if (image.Has("image_url") == image.Has("slack_file")) throw image.Wrong("needs either image_url or slack_file");
        image.Url("image_url");
        image.Text("alt_text", 2000);
    }

    private void Button(BlockFields button)
    {
        button.Allow("type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label");
        TextRules.Plain(button, "text", 75);
        button.Url("url");
        button.FindText("value", 2000);
        button.FindText("accessibility_label", 75);
        if (button.Has("style")) button.OneOf("style", "primary", "danger");
        Confirm(button);
    }

    private void TextInput(BlockFields input)
    {
        input.Allow("type", "action_id", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config",
            "focus_on_load", "placeholder");
        input.FindText("initial_value", 3000);
        input.Flag("multiline");
        input.Whole("min_length", 0, 3000);
        input.Whole("max_length", 1, 3000);
        Common(input);
    }

    private void NumberInput(BlockFields input)
    {
        input.Allow("type", "is_decimal_allowed", "action_id", "initial_value", "min_value", "max_value",
            "dispatch_action_config", "focus_on_load", "placeholder");
        if (!input.Has("is_decimal_allowed")) throw input.Wrong("missing required field", "is_decimal_allowed");
        Common(input);
    }

    private void Choice(BlockFields choice, int most, bool overflow)
    {
        choice.Allow(overflow
            ? ["type", "action_id", "options", "confirm"]
            : ["type", "action_id", "options", "initial_option", "initial_options", "confirm", "focus_on_load"]);
        Options(choice, "options", most, overflow);
        Initial(choice);
        Common(choice);
    }

    private void Select(BlockFields select, params ReadOnlySpan<string> more)
    {
        select.Allow(["type", "action_id", "placeholder", "confirm", "focus_on_load", .. more]);
        if (more.Contains("options"))
        {
            if (select.Has("options") == select.Has("option_groups")) throw select.Wrong("needs either options or option_groups");
            if (select.Has("options")) Options(select, "options", 100);
            else Groups(select, "option_groups");
        }

        if (more.Contains("min_query_length") && !select.Has("action_id")) throw select.Wrong("missing required field", "action_id");
        select.Whole("min_query_length", 0, 3000);
        select.Whole("max_selected_items", 1, 100);
        Initial(select);
        Common(select);
    }

    private void Initial(BlockFields select)
    {
        if (select.Has("initial_option")) Option(select.Object("initial_option"), false);
        if (!select.Has("initial_options")) return;
        foreach (var option in select.Objects("initial_options", 1, 100)) Option(option, false);
    }

    private void Option(BlockFields option, bool overflow)
    {
        option.Allow(overflow ? ["text", "value", "description", "url"] : ["text", "value", "description"]);
        texts.Any(option, "text", 75);
        option.Text("value", 150);
        if (option.Has("description")) texts.Any(option, "description", 75);
        option.Url("url");
    }

    private void Common(BlockFields element)
    {
        TextRules.FindPlain(element, "placeholder", 150);
        element.Flag("focus_on_load");
        Confirm(element);
    }

    private void Confirm(BlockFields element)
    {
        if (!element.Has("confirm")) return;
        var confirm = element.Object("confirm");
        confirm.Allow("title", "text", "confirm", "deny", "style");
        TextRules.Plain(confirm, "title", 100);
        texts.Any(confirm, "text", 300);
        TextRules.Plain(confirm, "confirm", 30);
        TextRules.Plain(confirm, "deny", 30);
        if (confirm.Has("style")) confirm.OneOf("style", "primary", "danger");
    }
}
