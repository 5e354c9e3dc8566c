using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What an element holds once someone pressed, chose or typed.</summary>
internal static class Inputs
{
    /// <param name="value">Of the option, the person or the date that is chosen, several with commas between; or what is typed.</param>
    /// <param name="suggested">What the service suggested last, for the choice among it.</param>
    public static JsonObject Value(Surface.Action action, string? value, IReadOnlyList<JsonElement> suggested)
    {
        var held = new JsonObject { ["type"] = action.Type };
        switch (action.Type)
        {
            case "button":
                var own = action.Element.TryGetProperty("value", out var given) ? given.GetString() : null;
                if (value is not null && value != own)
                    throw new InvalidOperationException($"the button {action.ActionId} has the value {own}, not {value}");
                if (own is not null) held["value"] = own;
                break;
            case "plain_text_input" or "number_input":
                held["value"] = Typed(action, value);
                break;
            case "users_select": held["selected_user"] = value; break;
            case "channels_select": held["selected_channel"] = value; break;
            case "conversations_select": held["selected_conversation"] = value; break;
            case "datepicker": held["selected_date"] = value; break;
            case "timepicker": held["selected_time"] = value; break;
            case "checkboxes" or "multi_static_select" or "multi_external_select":
                held["selected_options"] = new JsonArray([.. (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(one => Option(action, one, suggested))]);
                break;
            default:
                held["selected_option"] = value is null ? null : Option(action, value, suggested);
                break;
        }

        return held;
    }

    /// <summary>What stands in an input before anyone touches it; null for nothing.</summary>
    public static string? Initial(JsonElement element)
    {
        foreach (var name in new[] { "initial_value", "initial_user", "initial_channel", "initial_conversation", "initial_date", "initial_time" })
            if (element.TryGetProperty(name, out var value))
                return value.GetString();
        if (element.TryGetProperty("initial_option", out var option)) return option.GetProperty("value").GetString();
        return element.TryGetProperty("initial_options", out var options)
            ? string.Join(',', options.EnumerateArray().Select(one => one.GetProperty("value").GetString()))
            : null;
    }

    private static string? Typed(Surface.Action action, string? value)
    {
        if (value is null) return null;
        var least = action.Element.TryGetProperty("min_length", out var min) ? min.GetInt32() : 0;
        var most = action.Element.TryGetProperty("max_length", out var max) ? max.GetInt32() : 3000;
        return value.Length >= least && value.Length <= most
            ? value
            : throw new InvalidOperationException($"{action.ActionId} takes {least} to {most} characters");
    }

    private static JsonNode Option(Surface.Action action, string value, IReadOnlyList<JsonElement> suggested)
    {
        var choices = action.Type.Contains("external", StringComparison.Ordinal)
            ? suggested.Concat(InitialOptions(action.Element))
            : SlackReply.Suggested(action.Element);
        foreach (var option in choices)
            if (option.GetProperty("value").GetString() == value)
                return JsonNode.Parse(option.GetRawText())!;
        throw new InvalidOperationException($"{action.ActionId} has no option {value}");
    }

    private static IEnumerable<JsonElement> InitialOptions(JsonElement element)
    {
        if (element.TryGetProperty("initial_option", out var option)) yield return option;
        if (!element.TryGetProperty("initial_options", out var options)) yield break;
        foreach (var one in options.EnumerateArray()) yield return one;
    }
}
