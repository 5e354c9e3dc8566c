using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>That an envelope was taken, and what Slack is answered.</summary>
internal sealed record Taken(JsonObject? Answer);

/// <summary>What came in an envelope of Socket Mode goes where it goes over HTTP.</summary>
public sealed class SlackSocketTaking(SlackEvents events, SlackCommands commands, SlackInteractions interactions, ILogger<SlackSocketTaking> log)
{
    /// <returns>Null when it was not taken, and is not to be acknowledged.</returns>
    internal async Task<Taken?> TakeAsync(SocketMessage.Envelope envelope, CancellationToken cancellation)
    {
        try
        {
            var taken = envelope.Kind switch
            {
                SocketKind.Event => await EventAsync(envelope, cancellation),
                SocketKind.Command when SlashCommand.Read(envelope.Form()) is { } command => new Taken(await commands.DoAsync(command, cancellation)),
                SocketKind.Interaction when SlackInteraction.Read(envelope.Body()) is { } interaction => new Taken(await interactions.DoAsync(interaction, cancellation)),
                _ => null,
            };
            return taken is null || envelope.TakesAnswer ? taken : new Taken(Answer: null);
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning("An envelope of Slack's was not taken ({Error})", e.GetType().Name);
            return null;
        }
    }

    private async Task<Taken?> EventAsync(SocketMessage.Envelope envelope, CancellationToken cancellation)
    {
        var body = envelope.Body();
        return SlackEnvelope.Read(body) is { } outside && await events.ReceiveAsync(outside, body, envelope.Retry, envelope.RetryReason, cancellation) == SlackReceipt.Committed
            ? new Taken(Answer: null)
            : null;
    }
}
