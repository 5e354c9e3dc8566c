using System.Text.Json;

namespace BotPlatform.Adapters.Slack;

/// <summary>Fields of a JSON object that comes from outside: of the expected kind, or as if they were not there.</summary>
internal static class Fields
{
    public static string? Text(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.String } value ? ReceivedText.Of(value) : null;

    public static long? Whole(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static bool Is(this JsonElement json, string name) => json.Field(name) is { ValueKind: JsonValueKind.True };

    /// <summary>An object; null when there is none.</summary>
    public static JsonElement? Object(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>The objects of a list; none when there is no list.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Array } value
            ? value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>The object that these bytes are; null when they are none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        if (!System.Text.Unicode.Utf8.IsValid(body.Span))
            return null;
        try
        {
            var json = JsonElement.Parse(body.Span, new JsonDocumentOptions { MaxDepth = 64 });
            return json.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Field(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
