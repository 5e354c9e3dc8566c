namespace BotPlatform.Adapters.Slack;

/// <summary>The outside of a delivery: enough to commit and acknowledge it.</summary>
/// <param name="Type">url_verification, event_callback or another.</param>
/// <param name="Challenge">What a url_verification wants to hear.</param>
public sealed record SlackEnvelope(string Type, string? TeamId, string? EventId, string? Challenge)
{
    private const int LongestId = 100;

    /// <summary>Null when it is no JSON object of this form.</summary>
    public static SlackEnvelope? Read(ReadOnlyMemory<byte> body)
    {
        if (Fields.Parse(body) is not { } json || json.Text("type") is not { } type)
            return null;
        return new SlackEnvelope(type, Id(json.Text("team_id")), Id(json.Text("event_id")), json.Text("challenge"));
    }

    private static string? Id(string? id) => id is { Length: > 0 and <= LongestId } ? id : null;
}
