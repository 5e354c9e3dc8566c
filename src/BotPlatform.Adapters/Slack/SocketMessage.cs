using System.Text;
using System.Text.Json;

namespace BotPlatform.Adapters.Slack;

/// <summary>What Slack sends over a connection of Socket Mode (docs.slack.dev, Using Socket Mode).</summary>
public abstract record SocketMessage
{
    private const int LongestId = 100;
    private const int LongestWord = 40;

    /// <summary>The connection stands; nothing comes before it.</summary>
    /// <param name="Lasts">About how long Slack keeps it; null where that is not said.</param>
    public sealed record Hello(TimeSpan? Lasts) : SocketMessage;

    /// <summary>The connection ends, soon or at once.</summary>
    /// <param name="Reason">In Slack's words: warning, refresh_requested, link_disabled, too_many_websockets.</param>
    public sealed record Disconnect(string Reason) : SocketMessage;

    /// <summary>Something that happened, to be acknowledged within three seconds.</summary>
    /// <param name="Payload">What would be the body, or the form, of a request over HTTP.</param>
    /// <param name="TakesAnswer">Whether the acknowledgement may carry one.</param>
    /// <param name="Retry">Which repetition of the delivery it is; 0 for the first.</param>
    public sealed record Envelope(string Id, SocketKind Kind, JsonElement Payload, bool TakesAnswer, int Retry, string? RetryReason) : SocketMessage
    {
        /// <summary>The payload as Slack wrote it.</summary>
        public byte[] Body() => Encoding.UTF8.GetBytes(Payload.GetRawText());

        /// <summary>The payload's strings, by name.</summary>
        public IReadOnlyDictionary<string, string> Form() => Payload.EnumerateObject()
            .Where(f => f.Value.ValueKind == JsonValueKind.String)
            .DistinctBy(f => f.Name)
            .ToDictionary(f => f.Name, f => Payload.Text(f.Name) ?? "", StringComparer.Ordinal);
    }

    /// <summary>Nothing that is known here.</summary>
    /// <param name="Why">Without a word of what it held.</param>
    public sealed record Unreadable(string Why) : SocketMessage;

    public static SocketMessage Read(ReadOnlyMemory<byte> message)
    {
        if (Fields.Parse(message) is not { } json)
            return new Unreadable("no JSON object");
        return json.Text("type") switch
        {
            "hello" => new Hello(json.Object("debug_info")?.Whole("approximate_connection_time") is { } s and > 0 and <= 86_400 ? TimeSpan.FromSeconds(s) : null),
            "disconnect" => new Disconnect(Word(json.Text("reason")) ?? "unknown"),
            "events_api" => EnvelopeOf(json, SocketKind.Event),
            "slash_commands" => EnvelopeOf(json, SocketKind.Command),
            "interactive" => EnvelopeOf(json, SocketKind.Interaction),
            _ => new Unreadable("unknown type"),
        };
    }

    private static SocketMessage EnvelopeOf(JsonElement json, SocketKind kind)
    {
        if (json.Text("envelope_id") is not { Length: > 0 and <= LongestId } id)
            return new Unreadable("no envelope_id");
        return json.Object("payload") is { } payload
            ? new Envelope(
                id, kind, payload, json.Is("accepts_response_payload"), (int)Math.Clamp(json.Whole("retry_attempt") ?? 0, 0, 99), Word(json.Text("retry_reason")))
            : new Unreadable("no payload");
    }

    private static string? Word(string? word) =>
        word is { Length: > 0 and <= LongestWord } && word.All(c => char.IsAsciiLetterLower(c) || c == '_') ? word : null;
}

public enum SocketKind
{
    Event,
    Command,

    /// <summary>A click, a form or a search in a list.</summary>
    Interaction,
}
