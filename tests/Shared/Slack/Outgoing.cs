using System.Net;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Something to tell the service, whichever way it goes.</summary>
/// <param name="Kind">As envelopes of Socket Mode name it: events_api, slash_commands or interactive.</param>
internal sealed record Outgoing(string Kind, JsonObject Payload)
{
    public string Type => Kind == "slash_commands" ? Kind : (string)Payload["type"]!;

    public string? EventId => (string?)Payload["event_id"];

    /// <summary>Only events are tried again.</summary>
    public bool IsRetried => Kind == "events_api" && EventId is not null;

    /// <summary>Whether the acknowledgement may say something.</summary>
    public bool TakesAnswer => Kind != "events_api";

    public string Path => Type switch
    {
        "slash_commands" => "/slack/commands",
        "event_callback" or "url_verification" => "/slack/events",
        "block_suggestion" => "/slack/options",
        _ => "/slack/interactions",
    };

    public string ContentType => Kind == "events_api" ? "application/json" : "application/x-www-form-urlencoded";

    public string Body => Kind switch
    {
        "events_api" => Payload.ToJsonString(),
        "slash_commands" => Form(Payload.Select(pair => (pair.Key, (string?)pair.Value ?? ""))),
        _ => Form([("payload", Payload.ToJsonString())]),
    };

    private static string Form(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(pair => $"{WebUtility.UrlEncode(pair.Name)}={WebUtility.UrlEncode(pair.Value)}"));
}
