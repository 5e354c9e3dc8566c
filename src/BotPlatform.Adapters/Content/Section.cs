using System.Collections.Immutable;
using System.Globalization;

namespace BotPlatform.Adapters.Content;

/// <summary>What is wrong with a text ("expected …, found …"), or null.</summary>
internal delegate string? Check(string value);

/// <summary>
/// One group of keys with values while it is read. Whatever is missing or wrong is noted and replaced by an empty
/// value, so that reading goes on and finds the next error too; keys that nobody asked for are noted at the end.
/// </summary>
internal sealed class Section
{
    private readonly YamlMap map;
    private readonly string noun;
    private readonly ErrorSink errors;
    private readonly List<string> asked = [];

    private Section(YamlMap map, string noun, ErrorSink errors)
    {
        this.map = map;
        this.noun = noun;
        this.errors = errors;
    }

    public static T Read<T>(YamlNode? node, string noun, ErrorSink errors, Func<Section, T> read)
    {
        if (node is not YamlMap map)
        {
            if (node is not null)
                errors.Add(node.Line, $"expected the keys of the {noun}, found {node.Found}");
            return read(new Section(new YamlMap([], 0), noun, new ErrorSink("")));
        }

        var section = new Section(map, noun, errors);
        var value = read(section);
        section.NoteUnasked();
        return value;
    }

    /// <summary>Whether the key stands there, with a value or without.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The line of the key's value, or where the section starts.</summary>
    public int Line(string key) => map.Entries.FirstOrDefault(e => e.Key == key)?.Line ?? map.Line;

    public void Error(string key, string message) => errors.Add(Line(key), message);

    public string Text(string key, params ReadOnlySpan<Check> checks) =>
        Require(key) is { } entry ? TextOf(entry.Value, entry, checks) : "";

    public string? OptionalText(string key, params ReadOnlySpan<Check> checks) =>
        Find(key) is { } entry ? TextOf(entry.Value, entry, checks) : null;

    /// <summary>At least one text.</summary>
    public ImmutableArray<string> Texts(string key, params ReadOnlySpan<Check> checks) =>
        Require(key) is { } entry ? TextsOf(entry, filled: true, checks) : [];

    public ImmutableArray<string> OptionalTexts(string key, params ReadOnlySpan<Check> checks) =>
        Find(key) is { } entry ? TextsOf(entry, filled: false, checks) : [];

    public T Map<T>(string key, string what, Func<Section, T> read) =>
        Read(Require(key)?.Value, what, errors, read);

    public T? OptionalMap<T>(string key, string what, Func<Section, T> read)
        where T : class =>
        Find(key) is { } entry ? Read(entry.Value, what, errors, read) : null;

    /// <summary>At least one element.</summary>
    public ImmutableArray<T> Each<T>(string key, string what, Func<Section, T> read) =>
        Require(key) is { } entry ? [.. ItemsOf(entry, filled: true).Select(i => Read(i, what, errors, read))] : [];

    public ImmutableArray<T> OptionalEach<T>(string key, string what, Func<Section, T> read) =>
        Find(key) is { } entry ? [.. ItemsOf(entry, filled: false).Select(i => Read(i, what, errors, read))] : [];

    /// <summary>NaN after an error, which no comparison with other numbers complains about again.</summary>
    public double Number(string key, double low = double.MinValue, double high = double.MaxValue)
    {
        if (Require(key) is not { } entry)
            return double.NaN;
        if (entry.Value is YamlText { Plain: true } text
            && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= low && number <= high)
        {
            return number;
        }

        var range = low == double.MinValue ? "" : $" from {low} to {high}";
        errors.Add(entry.Line, $"expected a number{range} for \"{key}\", found {entry.Value.Found}");
        return double.NaN;
    }

    public int Whole(string key, int low, int high)
    {
        if (Require(key) is not { } entry)
            return 0;
        if (entry.Value is YamlText { Plain: true } text
            && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= low && number <= high)
        {
            return number;
        }

        errors.Add(entry.Line, $"expected a whole number from {low} to {high} for \"{key}\", found {entry.Value.Found}");
        return 0;
    }

    /// <summary>False when the key is missing.</summary>
    public bool Flag(string key)
    {
        if (Find(key) is not { } entry)
            return false;
        if (entry.Value is not YamlText { Plain: true, Value: "true" or "false" } text)
        {
            errors.Add(entry.Line, $"expected true or false for \"{key}\", found {entry.Value.Found}");
            return false;
        }

        return text.Value == "true";
    }

    private YamlEntry? Find(string key)
    {
        if (!asked.Contains(key))
            asked.Add(key);
        return map.Entries.FirstOrDefault(e => e.Key == key);
    }

    private YamlEntry? Require(string key)
    {
        var entry = Find(key);
        if (entry is null)
            errors.Add(map.Line, $"expected the key \"{key}\" in the {noun}, found none");
        return entry;
    }

    private void NoteUnasked()
    {
        foreach (var entry in map.Entries.Where(e => !asked.Contains(e.Key)))
        {
            var meant = Nearest.Suggest(entry.Key, asked);
            errors.Add(entry.Line, $"expected a key of the {noun} ({string.Join(", ", asked)}), found {Shown.Quote(entry.Key)}{meant}");
        }
    }

    private ImmutableArray<YamlNode> ItemsOf(YamlEntry entry, bool filled)
    {
        if (entry.Value is not YamlList list)
            errors.Add(entry.Line, $"expected a list for \"{entry.Key}\", found {entry.Value.Found}");
        else if (filled && list.Items.IsEmpty)
            errors.Add(entry.Line, $"expected at least one entry in \"{entry.Key}\", found none");
        else
            return list.Items;
        return [];
    }

    private ImmutableArray<string> TextsOf(YamlEntry entry, bool filled, ReadOnlySpan<Check> checks)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in ItemsOf(entry, filled))
            texts.Add(TextOf(item, entry, checks));
        return texts.ToImmutable();
    }

    private string TextOf(YamlNode node, YamlEntry entry, ReadOnlySpan<Check> checks)
    {
        var line = node is YamlText { IsNothing: true } ? Math.Min(node.Line, entry.Line) : node.Line;
        if (node is not YamlText { IsNothing: false } text || string.IsNullOrWhiteSpace(text.Value))
        {
            var found = node is YamlText ? "nothing" : node.Found;
            errors.Add(line, $"expected text for \"{entry.Key}\", found {found}");
            return "";
        }

        var value = text.Value.Trim();
        foreach (var check in (ReadOnlySpan<Check>)[Checks.Printable, .. checks])
        {
            if (check(value) is { } message)
            {
                errors.Add(line, message);
                break;
            }
        }

        return value;
    }
}
