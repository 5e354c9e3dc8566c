using System.Text.Json;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>An object of a request, read so that every surprise is refused with its path.</summary>
internal sealed class JsonFields
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly IWording _wording;

    public JsonFields(JsonElement element, string path, IWording wording)
    {
        if (element.ValueKind != JsonValueKind.Object) throw wording.Wrong(path.Length == 0 ? "body" : path, "an object");
        (_element, _path, _wording) = (element, path, wording);
    }

    public string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var property in _element.EnumerateObject())
            if (!names.Contains(property.Name))
                throw _wording.Unknown(Path(property.Name));
    }

    public JsonElement? Find(string name) => _element.TryGetProperty(name, out var value) ? value : null;

    public JsonElement Need(string name) => Find(name) ?? throw _wording.Missing(Path(name));

    public string NeedText(string name) => Text(Need(name), Path(name));

    public string? FindText(string name) => Find(name) is { } value ? Text(value, Path(name)) : null;

    public JsonFields NeedObject(string name) => new(Need(name), Path(name), _wording);

    public JsonFields? FindObject(string name) => Has(name) ? NeedObject(name) : null;

    public string OneOf(string name, params ReadOnlySpan<string> values)
    {
        var value = NeedText(name);
        return values.Contains(value) ? value : throw _wording.Wrong(Path(name), $"one of {string.Join(", ", values!)}");
    }

    public bool Flag(string name) => Find(name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw _wording.Wrong(Path(name), "a boolean"),
    };

    public void Number(string name, double least, double most)
    {
        if (Find(name) is not { } value) return;
        if (value.ValueKind != JsonValueKind.Number || value.GetDouble() < least || value.GetDouble() > most)
            throw _wording.Wrong(Path(name), $"a number from {least} to {most}");
    }

    public void Whole(string name, long least, long most = long.MaxValue)
    {
        if (Find(name) is not { } value) return;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) || number < least || number > most)
            throw _wording.Wrong(Path(name), $"an integer of at least {least}");
    }

    /// <summary>The elements of an array that may not be empty, each with its path.</summary>
    public IReadOnlyList<JsonFields> Objects(string name)
    {
        var array = Need(name);
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
            throw _wording.Wrong(Path(name), "a non-empty array");
        return [.. array.EnumerateArray().Select((item, at) => new JsonFields(item, _wording.Item(Path(name), at), _wording))];
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var array = Need(name);
        if (array.ValueKind != JsonValueKind.Array) throw _wording.Wrong(Path(name), "an array of strings");
        return [.. array.EnumerateArray().Select((item, at) => Text(item, _wording.Item(Path(name), at)))];
    }

    private string Text(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String) throw _wording.Wrong(path, "a string");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw _wording.Wrong(path, "a string of whole characters");
        }
    }
}
