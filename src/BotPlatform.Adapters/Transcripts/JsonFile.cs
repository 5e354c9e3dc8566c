using System.Text.Json;

namespace BotPlatform.Adapters.Transcripts;

/// <summary>A JSON file that people hand in: read whole, or refused with one line that names the place.</summary>
internal static class JsonFile
{
    private const int MostBytes = 16 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static async Task<Outcome<T>> ReadAsync<T>(string path, Func<JsonElement, Outcome<T>> read, CancellationToken cancellation)
        where T : class
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
                return new Refusal($"{path}: there is no such file");
            return info.Length > MostBytes
                ? new Refusal($"{path}: larger than {MostBytes >> 20} MB")
                : Parse(path, await File.ReadAllBytesAsync(path, cancellation), read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    public static Outcome<T> Parse<T>(string path, ReadOnlyMemory<byte> json, Func<JsonElement, Outcome<T>> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(json), Options);
            return read(document.RootElement);
        }
        catch (JsonException e) when (e.LineNumber is null)
        {
            return new Refusal($"{path}: a property stands twice in one object");
        }
        catch (JsonException e)
        {
            return new Refusal($"{path}:{e.LineNumber + 1}: expected JSON, it breaks at byte {e.BytePositionInLine + 1} of the line");
        }
        catch (InvalidOperationException)
        {
            return new Refusal($"{path}: holds half a character (a lone surrogate)");
        }
    }

    public static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether there is anything to read: neither left out nor null.</summary>
    public static bool Has(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A value as the refusal of it may show it.</summary>
    public static string Shown(JsonElement value) =>
        Shorten(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());

    public static string Shorten(string text) => (text.Length <= 40 ? text : text[..40] + "…").ReplaceLineEndings(" ");

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json[3..] : json;
}
