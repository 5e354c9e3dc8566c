namespace BotPlatform.Adapters.Content;

/// <summary>Pieces of content files as error lines show them.</summary>
internal static class Shown
{
    private const int Longest = 80;

    /// <summary>In quotes, on one line, without control characters, cut where it is long.</summary>
    public static string Quote(string value)
    {
        var start = value.Length > Longest ? value[..(Longest - 1)] + "…" : value;
        return $"\"{string.Concat(start.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c))}\"";
    }
}
