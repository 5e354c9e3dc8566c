namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Envelopes over the connections that the service opened.</summary>
internal sealed class SocketWay
{
    public Task<SlackReply> SendAsync(Outgoing what, int retry, string? reason, CancellationToken stopping) => throw new NotSupportedException();
}
