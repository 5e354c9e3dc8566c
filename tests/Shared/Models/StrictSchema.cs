using System.Text.Json;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>What a server asks of a schema before it holds a model to it.</summary>
/// <param name="Keywords">All that it knows.</param>
/// <param name="EveryPropertyRequired">Whether a property may be left out of <c>required</c>.</param>
/// <param name="LargestMinItems">More than this many items cannot be asked for.</param>
internal sealed record StrictSchema(IReadOnlySet<string> Keywords, bool EveryPropertyRequired, int LargestMinItems)
{
    private const int Levels = 10;

    private static readonly HashSet<string> Types =
        new(["object", "array", "string", "number", "integer", "boolean", "null"], StringComparer.Ordinal);

    public static StrictSchema OpenAi { get; } = new(
        new HashSet<string>(
            ["type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "description", "minItems",
                "maxItems", "minimum", "maximum"], StringComparer.Ordinal),
        EveryPropertyRequired: true, int.MaxValue);

    public static StrictSchema Anthropic { get; } = new(
        new HashSet<string>(
            ["type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "description",
                "title", "default", "minItems"], StringComparer.Ordinal),
        EveryPropertyRequired: false, 1);

    /// <summary>The first thing wrong, with where it is, or null.</summary>
    public string? FirstFault(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String && type.GetString() == "object"
            ? Fault(schema, [], 1)
            : "schema must be a JSON Schema of 'type: \"object\"' at its root";

    private string? Fault(JsonElement schema, IReadOnlyList<string> context, int level)
    {
        string At(string what) => $"In context=({string.Join(", ", context.Select(step => $"'{step}'"))}), {what}";
        if (schema.ValueKind != JsonValueKind.Object) return At("schema must be an object");
        foreach (var keyword in schema.EnumerateObject())
            if (!Keywords.Contains(keyword.Name))
                return At($"'{keyword.Name}' is not permitted");
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            if (!NonEmptyArray(choices)) return At("'anyOf' must be a non-empty array");
            return First(choices.EnumerateArray().Select((choice, at) => Fault(choice, [.. context, "anyOf", $"{at}"], level)));
        }

        if (!schema.TryGetProperty("type", out var type)) return At("schema must have a 'type' key");
        var types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new[] { type };
        if (types.Length == 0 || !types.All(one => one.ValueKind == JsonValueKind.String && Types.Contains(one.GetString()!)))
            return At("'type' must name types of JSON");
        bool Is(params ReadOnlySpan<string> names)
        {
            foreach (var one in types)
                if (names.Contains(one.GetString()!)) return true;
            return false;
        }

        var fault = (level > Levels && Is("object", "array") ? $"{level} levels of nesting exceeds limit of {Levels}" : null)
            ?? EnumFault(schema)
            ?? Misplaced(schema, Is("object"), "properties", "required", "additionalProperties")
            ?? Misplaced(schema, Is("array"), "items", "minItems", "maxItems")
            ?? Misplaced(schema, Is("number", "integer"), "minimum", "maximum")
            ?? (Is("object") ? ObjectFault(schema) : null)
            ?? (Is("array") ? ArrayFault(schema) : null);
        return fault is not null
            ? At(fault)
            : First(Children(schema).Select(child => Fault(child.Schema, [.. context, .. child.Steps], level + 1)));
    }

    private static string? EnumFault(JsonElement schema) =>
        schema.TryGetProperty("enum", out var values) && !NonEmptyArray(values) ? "'enum' must be a non-empty array" : null;

    private static string? Misplaced(JsonElement schema, bool fits, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
            if (!fits && schema.TryGetProperty(keyword, out _))
                return $"'{keyword}' does not belong to this type";
        return null;
    }

    private string? ObjectFault(JsonElement schema)
    {
        if (!schema.TryGetProperty("additionalProperties", out var more) || more.ValueKind != JsonValueKind.False)
            return "'additionalProperties' is required to be supplied and to be false";
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return "'properties' is required to be supplied and to be an object";
        var names = properties.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        if (!schema.TryGetProperty("required", out var list))
            return EveryPropertyRequired ? "'required' is required to be supplied" : null;
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
            return "'required' must be an array of names";
        var required = list.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
        if (required.FirstOrDefault(name => !names.Contains(name)) is { } extra) return $"Extra required key '{extra}' supplied";
        return EveryPropertyRequired && names.FirstOrDefault(name => !required.Contains(name)) is { } missing
            ? $"'required' must be an array including every key in properties. Missing '{missing}'"
            : null;
    }

    private string? ArrayFault(JsonElement schema) =>
        !schema.TryGetProperty("items", out _) ? "array schema missing items"
        : schema.TryGetProperty("minItems", out var least) && (!least.TryGetInt32(out var count) || count > LargestMinItems)
            ? "'minItems' has an unsupported value"
        : null;

    private static IEnumerable<(string[] Steps, JsonElement Schema)> Children(JsonElement schema)
    {
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                yield return (["properties", property.Name], property.Value);
        if (schema.TryGetProperty("items", out var items)) yield return (["items"], items);
    }

    private static bool NonEmptyArray(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0;

    private static string? First(IEnumerable<string?> faults) => faults.FirstOrDefault(fault => fault is not null);
}
