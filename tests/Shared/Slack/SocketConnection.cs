using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>One WebSocket that the service opened.</summary>
/// <param name="abort">Breaks the connection.</param>
internal sealed class SocketConnection(WebSocket socket, GatedStream gate, Action abort) : IDisposable
{
    private const int LongestFrame = 4000;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Whether envelopes still go here; not after it was asked to refresh.</summary>
    public bool Takes { get; set; } = true;

    public bool IsOpen => Takes && socket.State == WebSocketState.Open;

    public void GoSilent() => gate.GoSilent();

    public void Drop() => abort();

    public Task SendAsync(JsonObject message, CancellationToken stopping) =>
        SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, stopping);

    /// <summary>Any message; a long one comes in several frames.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken stopping)
    {
        await _one.WaitAsync(stopping);
        try
        {
            while (message.Length > LongestFrame)
            {
                await socket.SendAsync(message[..LongestFrame], type, endOfMessage: false, stopping);
                message = message[LongestFrame..];
            }

            await socket.SendAsync(message, type, endOfMessage: true, stopping);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A whole message; null once the connection is at its end.</summary>
    public async Task<(WebSocketMessageType Type, string Text)?> ReceiveAsync(CancellationToken stopping)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), stopping);
            if (read.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, read.Count);
            if (read.EndOfMessage) return (read.MessageType, Encoding.UTF8.GetString(message.ToArray()));
        }
    }

    public async Task CloseAsync(CancellationToken stopping)
    {
        Takes = false;
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        await _one.WaitAsync(stopping);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stopping);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _one.Dispose();
    }
}
