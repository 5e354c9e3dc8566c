using System.Text.Json;
using System.Text.Unicode;

namespace BotPlatform.Adapters.Slack;

/// <summary>The outside of a delivery: enough to commit and acknowledge it.</summary>
/// <param name="Type">url_verification, event_callback or another.</param>
/// <param name="Challenge">What a url_verification wants to hear.</param>
public sealed record SlackEnvelope(string Type, string? TeamId, string? EventId, string? Challenge)
{
    private const int LongestId = 100;
    private const int LongestText = 1000;

    /// <summary>Null when it is no JSON object of this form. What it wraps is skipped, so that many can be taken in a second.</summary>
    public static SlackEnvelope? Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            return null;
        string? type = null, team = null, id = null, challenge = null;
        try
        {
            var json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = 64 });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("type"u8))
                    type = Text(ref json, LongestId);
                else if (json.ValueTextEquals("team_id"u8))
                    team = Id(Text(ref json, LongestId));
                else if (json.ValueTextEquals("event_id"u8))
                    id = Id(Text(ref json, LongestId));
                else if (json.ValueTextEquals("challenge"u8))
                    challenge = Text(ref json, LongestText);
                else
                    json.Skip();
            }

            // Nothing may follow what was read, and nothing may be missing.
            return json.TokenType == JsonTokenType.EndObject && !json.Read() && type is not null ? new SlackEnvelope(type, team, id, challenge) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Ids of Slack's are plain; anything else must not spoil the commit that it would share with others.
    private static string? Id(string? text) => text is null || text.AsSpan().ContainsAnyExceptInRange('!', '~') ? null : text;

    /// <summary>The value that comes next; null when it is no string, or empty, or too long.</summary>
    private static string? Text(ref Utf8JsonReader json, int longest)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return null;
        }

        return json.GetString() is { Length: > 0 } text && text.Length <= longest ? text : null;
    }
}
