using System.Globalization;
using System.Text.Json;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>
/// The arguments of a call, from JSON or a form, where numbers and booleans are texts. Stricter than Slack in one thing:
/// an argument that the method does not have is refused.
/// </summary>
internal sealed class Arguments(JsonElement given)
{
    public JsonElement Given => given;

    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var property in given.EnumerateObject())
            if (property.Name != "token" && !names.Contains(property.Name))
                throw SlackErrorException.Arguments($"no such argument: {property.Name}");
    }

    public bool Has(string name) => given.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string Need(string name) =>
        Find(name) is { Length: > 0 } value ? value : throw SlackErrorException.Arguments($"missing required field: {name}");

    public string? Find(string name)
    {
        if (!Has(name)) return null;
        var value = given.GetProperty(name);
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw SlackErrorException.Arguments($"must be a string: {name}");
    }

    public bool Flag(string name) => Has(name) && given.GetProperty(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text when text.GetString() is "true" or "1" => true,
        { ValueKind: JsonValueKind.String } text when text.GetString() is "false" or "0" => false,
        _ => throw SlackErrorException.Arguments($"must be a boolean: {name}"),
    };

    public int Whole(string name, int otherwise)
    {
        if (!Has(name)) return otherwise;
        return int.TryParse(given.GetProperty(name).ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw SlackErrorException.Arguments($"must be an integer: {name}");
    }

    /// <summary>An array or an object, which may also come as a text that holds it.</summary>
    public JsonElement? Structure(string name, JsonValueKind kind, string error)
    {
        if (!Has(name)) return null;
        var value = given.GetProperty(name);
        if (value.ValueKind == JsonValueKind.String) value = Parse(value.GetString()!, error, name);
        return value.ValueKind == kind
            ? value
            : throw new SlackErrorException(error, $"{name} is no {kind.ToString().ToLowerInvariant()}");
    }

    private static JsonElement Parse(string text, string error, string name)
    {
        try
        {
            return JsonElement.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException wrong)
        {
            throw new SlackErrorException(error, $"{name}: {wrong.Message}");
        }
    }
}
