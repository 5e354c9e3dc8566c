using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>How an answer is put on the wire, or fails on the way.</summary>
internal sealed class Delivery(HttpContext context, IProtocol protocol, string requestId)
{
    private const string Html = "<!doctype html><title>Sign in</title><p>Please sign in to continue.";

    public Task JsonAsync(string json) => BodyAsync("application/json", json);

    public Task ErrorAsync(RefusedException refused)
    {
        context.Response.StatusCode = refused.Status;
        return JsonAsync(protocol.Error(refused.Status, refused.Message, refused.Parameter, refused.Code, requestId));
    }

    public Task StatusAsync(ModelAnswer.Status status)
    {
        if (status.RetryAfterSeconds is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        return ErrorAsync(new RefusedException(status.Code, $"The server was told to answer {status.Code}."));
    }

    public Task BrokenBodyAsync() => JsonAsync(Html);

    public Task PageAsync() => BodyAsync("text/html; charset=utf-8", Html);

    /// <summary>Sends a reply whose text is far too long to be built: <paramref name="stub"/> stands for it.</summary>
    public async Task HugeAsync(string json, string stub, int bytes)
    {
        var at = json.IndexOf(stub, StringComparison.Ordinal);
        var (before, after) = (json[..at], json[(at + stub.Length)..]);
        Head("application/json", Encoding.UTF8.GetByteCount(before) + (long)bytes + Encoding.UTF8.GetByteCount(after));
        await context.Response.WriteAsync(before, context.RequestAborted);
        var block = Encoding.UTF8.GetBytes(new string('a', 16 * 1024));
        for (var left = bytes; left > 0; left -= block.Length)
            await context.Response.Body.WriteAsync(block.AsMemory(0, Math.Min(left, block.Length)), context.RequestAborted);
        await context.Response.WriteAsync(after, context.RequestAborted);
    }

    /// <summary>Headers, the first half, and a proper end of the connection, which is all that ends the body.</summary>
    public void Half(string json)
    {
        Raw("Connection: close", json[..(json.Length / 2)]).Shutdown(SocketShutdown.Send);
        context.Abort();
    }

    public void Cut(bool afterHeaders)
    {
        if (afterHeaders) Raw("Content-Length: 1000", "{\"id\":");
        context.Abort();
    }

    private Task BodyAsync(string type, string body)
    {
        Head(type, Encoding.UTF8.GetByteCount(body));
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    private void Head(string type, long length)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = length;
        context.Response.Headers[protocol.RequestIdHeader] = requestId;
    }

    // Past the server's own buffers: what was sent is with the client before the connection breaks.
    private Socket Raw(string header, string body)
    {
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{protocol.RequestIdHeader}: {requestId}\r\n{header}\r\n\r\n";
        var bytes = Encoding.UTF8.GetBytes(head + body);
        for (var sent = 0; sent < bytes.Length;) sent += socket.Send(bytes.AsSpan(sent));
        return socket;
    }
}
