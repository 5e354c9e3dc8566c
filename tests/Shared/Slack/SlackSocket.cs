using System.Net.WebSockets;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>An acknowledgement as it came.</summary>
/// <param name="EventId">Null where the envelope holds no event, or nobody knows it.</param>
/// <param name="Late">After the time that Slack waits, so that the envelope counted as lost.</param>
public sealed record SlackAck(string EnvelopeId, string? EventId, bool Late);

/// <summary>Socket Mode: the connections that the service opened, and what becomes of them.</summary>
public sealed class SlackSocket
{
    private readonly SocketWay _way;

    internal SlackSocket(SocketWay way) => _way = way;

    /// <summary>How many connections are open.</summary>
    public int Connections => _way.Open.Count;

    /// <summary>How many were ever opened.</summary>
    public int Opened => _way.Opened;

    /// <summary>Every acknowledgement, in order; one that came twice stands twice.</summary>
    public IReadOnlyList<SlackAck> Acks => _way.Acks;

    /// <summary>Waits until so many connections are open.</summary>
    public async Task ConnectedAsync(int connections = 1)
    {
        while (Connections < connections) await _way.ChangedAsync();
    }

    /// <summary>
    /// Announces the end of all connections. After a warning all goes on; after refresh_requested nothing more comes over
    /// them, and they are closed a little later; after link_disabled they are closed at once.
    /// </summary>
    public Task DisconnectAsync(string reason, TimeSpan? closeAfter = null) => _way.DisconnectAsync(reason, closeAfter);

    /// <summary>Acknowledgements of what holds this text get lost on the way, so that it is delivered again.</summary>
    public void LoseAcks(string text, int count) => _way.Lose(text, count);

    /// <summary>Sends a message that is no envelope over every connection.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        foreach (var connection in _way.Open) await connection.SendAsync(message, type, CancellationToken.None);
    }

    /// <summary>All connections stay open, and nothing comes through: no envelope, no ping, no pong.</summary>
    public void GoSilent()
    {
        foreach (var connection in _way.Open) connection.GoSilent();
    }

    /// <summary>Breaks all connections without a word.</summary>
    public void Drop()
    {
        foreach (var connection in _way.Open) connection.Drop();
    }
}
