using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack;

/// <summary>One connection of Socket Mode. One reads from it; acknowledgements may come from many at a time.</summary>
public sealed class SocketLink : IDisposable
{
    /// <summary>Bytes of a message; Slack's own are far smaller.</summary>
    public const int MostBytes = 1 << 20;

    private static readonly TimeSpan SendingTakes = TimeSpan.FromSeconds(5);
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _buffer = new byte[16_384];
    private readonly TimeProvider _time;

    private SocketLink(SocketTimes times, TimeProvider time)
    {
        _time = time;
        _socket.Options.KeepAliveInterval = times.Ping;
        _socket.Options.KeepAliveTimeout = times.Silence - times.Ping;
    }

    /// <exception cref="WebSocketException">It could not be opened.</exception>
    public static async Task<SocketLink> ConnectAsync(Uri url, SocketTimes times, TimeProvider time, CancellationToken cancellation)
    {
        var link = new SocketLink(times, time);
        try
        {
            await link._socket.ConnectAsync(url, cancellation);
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>The next message; null once the connection is at its end, however it ended.</summary>
    public async Task<SocketMessage?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                // Not to be cancelled, which would break the connection; whoever is done with it closes or aborts it.
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                    return null;
                // Of what is too long only the end is waited for.
                if (message.Length <= MostBytes)
                    message.Write(_buffer, 0, read.Count);
                if (!read.EndOfMessage)
                    continue;
                return message.Length > MostBytes ? new SocketMessage.Unreadable("too long")
                    : read.MessageType != WebSocketMessageType.Text ? new SocketMessage.Unreadable("no text")
                    : SocketMessage.Read(message.ToArray());
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            return null;
        }
    }

    /// <param name="answer">Null for an empty answer.</param>
    /// <returns>False when it could not be sent, so that Slack takes the envelope for lost.</returns>
    public async Task<bool> AcknowledgeAsync(string envelope, JsonObject? answer)
    {
        var ack = new JsonObject { ["envelope_id"] = envelope };
        if (answer is not null)
            ack["payload"] = answer;
        return await SendAsync(limit => _socket.SendAsync(Encoding.UTF8.GetBytes(ack.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, limit));
    }

    /// <summary>Says that nothing more comes from here; what Slack still sends is received until it says the same.</summary>
    public Task<bool> CloseAsync() => SendAsync(limit => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit));

    /// <summary>Ends it without a word.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task<bool> SendAsync(Func<CancellationToken, Task> send)
    {
        using var limit = new CancellationTokenSource(SendingTakes, _time);
        try
        {
            await _sending.WaitAsync(limit.Token);
            try
            {
                await send(limit.Token);
                return true;
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            return false;
        }
    }

    private static bool IsEnd(Exception e) => e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
