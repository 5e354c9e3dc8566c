using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BotPlatform.Service;

/// <summary>JSON as the API, exports and <c>--format json</c> write it.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Compact = Make(indented: false);
    public static readonly JsonSerializerOptions Indented = Make(indented: true);

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    private static JsonSerializerOptions Make(bool indented)
    {
        // For files and terminals, never inside a page: there the default encoder escapes markup.
        var options = new JsonSerializerOptions { WriteIndented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
