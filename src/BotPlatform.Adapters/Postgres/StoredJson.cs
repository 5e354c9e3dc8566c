using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Events and inputs as JSON. Their type names and the version are part of the stored format.</summary>
public static class StoredJson
{
    /// <summary>Raised when an event's shape changes; older ones are then upcast in <see cref="ReadEvent"/>.</summary>
    public const int EventVersion = 1;

    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new TextById() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Dictionary<string, Type> EventTypes = Nested(typeof(SessionEvent));
    private static readonly Dictionary<string, Type> InputTypes = Nested(typeof(Input));

    public static string TypeOf(object record) => JsonNamingPolicy.SnakeCaseLower.ConvertName(record.GetType().Name);

    /// <summary>An event without its text, which stands in a table of its own.</summary>
    public static string Write(SessionEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), Options);

    /// <param name="texts">The session's texts by id; one that is missing was erased.</param>
    public static SessionEvent ReadEvent(string type, int version, string data, IReadOnlyDictionary<Guid, string> texts)
    {
        if (version != EventVersion || !EventTypes.TryGetValue(type, out var clr))
            throw new InvalidDataException($"Event '{type}' version {version} is from a newer release than this one.");
        var happened = (SessionEvent)JsonSerializer.Deserialize(data, clr, Options)!;
        return happened switch
        {
            SessionEvent.Said e => e with { Text = Fill(e.Text) },
            SessionEvent.TurnEdited e => e with { Text = Fill(e.Text) },
            SessionEvent.LateChangeNoted { Text: { } text } e => e with { Text = Fill(text) },
            SessionEvent.Scored e => e with { Scorecard = e.Scorecard.WithTexts(Fill) },
            _ => happened,
        };

        TurnText Fill(TurnText reference) => reference with { Value = texts.GetValueOrDefault(reference.Id) ?? "" };
    }

    public static byte[] Write(Input input) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(input, input.GetType(), Options));

    public static Input ReadInput(string type, byte[] body) =>
        InputTypes.TryGetValue(type, out var clr)
            ? (Input)JsonSerializer.Deserialize(body, clr, Options)!
            : throw new InvalidDataException($"Input '{type}' is unknown to this release.");

    private static Dictionary<string, Type> Nested(Type parent) => parent.GetNestedTypes()
        .Where(t => t.IsSubclassOf(parent))
        .ToDictionary(t => JsonNamingPolicy.SnakeCaseLower.ConvertName(t.Name), StringComparer.Ordinal);

    private sealed class TextById : JsonConverter<TurnText>
    {
        public override TurnText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetGuid(), "");

        public override void Write(Utf8JsonWriter writer, TurnText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Id);
    }
}
