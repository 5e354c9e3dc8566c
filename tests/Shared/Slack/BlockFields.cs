using System.Globalization;
using System.Text.Json;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What is wrong in blocks, with a pointer to the place.</summary>
internal sealed class BlockFaultException(string why, string pointer) : Exception($"{why} [json-pointer:{pointer}]");

/// <summary>An object within blocks, read so that every surprise is refused with its place.</summary>
internal sealed class BlockFields
{
    private readonly JsonElement _element;
    private readonly string _pointer;

    public BlockFields(JsonElement element, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new BlockFaultException("must be an object", pointer);
        (_element, _pointer) = (element, pointer);
    }

    public string Pointer(string name) => $"{_pointer}/{name}";

    public BlockFaultException Wrong(string why, string? name = null) => new(why, name is null ? _pointer : Pointer(name));

    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var property in _element.EnumerateObject())
            if (!names.Contains(property.Name))
                throw Wrong("no such field", property.Name);
    }

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    public JsonElement Need(string name) =>
        _element.TryGetProperty(name, out var value) ? value : throw Wrong("missing required field", name);

    /// <summary>A text that is not empty.</summary>
    public string Text(string name, int most)
    {
        var value = Need(name);
        if (value.ValueKind != JsonValueKind.String) throw Wrong("must be a string", name);
        var text = value.GetString()!;
        if (text.Length == 0) throw Wrong("must be more than 0 characters", name);
        return text.Length <= most
            ? text
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"must be less than {most + 1} characters"), name);
    }

    public string? FindText(string name, int most) => Has(name) ? Text(name, most) : null;

    public string OneOf(string name, params ReadOnlySpan<string> values)
    {
        var value = Text(name, int.MaxValue);
        return values.Contains(value) ? value : throw Wrong($"must be one of {string.Join(", ", values!)}, is {value}", name);
    }

    public bool Flag(string name) => Has(name) && Need(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("must be a boolean", name),
    };

    public void Whole(string name, int least, int most)
    {
        if (Has(name) && (Need(name) is not { ValueKind: JsonValueKind.Number } value
            || !value.TryGetInt32(out var number) || number < least || number > most))
            throw Wrong($"must be an integer from {least} to {most}", name);
    }

    public void Url(string name)
    {
        if (FindText(name, 3000) is { } url && !Uri.TryCreate(url, UriKind.Absolute, out _)) throw Wrong("must be a URL", name);
    }

    public BlockFields Object(string name) => new(Need(name), Pointer(name));

    public IReadOnlyList<BlockFields> Objects(string name, int least, int most)
    {
        var array = Need(name);
        if (array.ValueKind != JsonValueKind.Array) throw Wrong("must be an array", name);
        if (array.GetArrayLength() < least) throw Wrong($"must have at least {least} items", name);
        if (array.GetArrayLength() > most) throw Wrong($"no more than {most} items allowed", name);
        return [.. array.EnumerateArray().Select((item, at) => new BlockFields(item, $"{Pointer(name)}/{at}"))];
    }
}
