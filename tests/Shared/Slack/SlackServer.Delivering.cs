using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

public sealed partial class SlackServer
{
    /// <summary>Every attempt to tell the service something, in the order they ended.</summary>
    public IReadOnlyList<SlackDelivery> Deliveries => Telling.Deliveries;

    /// <summary>The connections of Socket Mode.</summary>
    public SlackSocket Socket { get; }

    internal Telling Telling { get; }

    internal SocketLink SocketLink { get; }

    /// <summary>Where the service is; it may move. Before that, nobody is told anything.</summary>
    public void DeliverTo(Uri serviceBase) => _http.Service = serviceBase;

    /// <summary>From now on everything goes through the connections that the service opens.</summary>
    public void UseSocket() => Telling.Socket = _way;

    /// <summary>Waits until all that happened was told, or given up after its last retry.</summary>
    public Task SettledAsync() => Telling.SettledAsync();

    /// <summary>The question that Slack asks of a new address.</summary>
    public Task<SlackReply> VerifyUrlAsync(string challenge) => Telling.TellAsync(new Outgoing("events_api", new JsonObject
    {
        ["token"] = "verification-token-of-old",
        ["challenge"] = challenge,
        ["type"] = "url_verification",
    }));

    /// <summary>The same event once more, as after an acknowledgement that never arrived.</summary>
    public Task<SlackReply> DeliverAgainAsync(SlackDelivery delivery, int retry = 1) => _http.SendAsync(
        new Outgoing("events_api", JsonNode.Parse(delivery.Body)!.AsObject()), retry, "http_timeout", _stopping.Token);

    /// <summary>Any body, as an attacker would send it.</summary>
    /// <param name="timestamp">Null for now; empty for none.</param>
    /// <param name="secret">Null for the app's own; empty for no signature.</param>
    /// <param name="extraHeaders">They replace what would be sent under the same name.</param>
    public Task<SlackReply> SendRawAsync(
        string path, string body, string contentType, string? timestamp = null, string? secret = null,
        params IReadOnlyList<(string Name, string Value)> extraHeaders) =>
        _http.SendAsync(path, body, contentType, timestamp, secret, extraHeaders, _stopping.Token);

    /// <summary>Any event, as the workspace would tell it.</summary>
    public Task<SlackReply> TellAsync(SlackTeam team, string innerEvent) =>
        Telling.TellAsync(World.Locked(() => Events.Callback(team, JsonNode.Parse(innerEvent)!.AsObject())));

    /// <summary>Tells what happened; nothing where the app may not hear it, or nobody listens.</summary>
    internal async Task<SlackReply?> TellAsync(SlackTeam team, JsonObject inner)
    {
        if (!Telling.HasWay || !Events.IsHeard(team, inner)) return null;
        return await Telling.TellAsync(World.Locked(() => Events.Callback(team, inner)));
    }
}
