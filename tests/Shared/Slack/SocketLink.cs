using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Where a ticket is turned into a connection, and what is said over it.</summary>
internal sealed class SocketLink(World world, SocketWay way, CancellationToken stopping)
{
    public const int MostConnections = 10;

    private static readonly TimeSpan TicketLasts = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> _tickets = new(StringComparer.Ordinal);

    public static JsonObject Open(Caller caller, Arguments args)
    {
        args.Allow();
        return new JsonObject { ["url"] = caller.Server.SocketLink.IssueUrl(caller.Server.BaseUrl) };
    }

    public async Task HandleAsync(HttpContext context)
    {
        var ticket = context.Request.Query["ticket"].ToString();
        if (!context.WebSockets.IsWebSocketRequest || !world.Locked(() => TakeTicket(ticket)))
        {
            world.Refuse($"socket: no way in with the ticket {ticket}");
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var accept = new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(5) };
        using var connection = new SocketConnection(
            await context.WebSockets.AcceptWebSocketAsync(accept), GatedStream.Of(context), context.Abort);
        try
        {
            await TalkAsync(connection);
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            way.Remove(connection);
        }
    }

    private async Task TalkAsync(SocketConnection connection)
    {
        if (way.Open.Count == MostConnections)
        {
            world.Refuse($"socket: more than {MostConnections} connections");
            await connection.SendAsync(SocketWay.Disconnect("too_many_websockets"), stopping);
            await connection.CloseAsync(stopping);
            return;
        }

        await connection.SendAsync(Hello(way.Open.Count + 1), stopping);
        way.Add(connection);
        while (await connection.ReceiveAsync(stopping) is var (type, text))
            if (Wrong(type, text) is { } why)
                world.Refuse($"socket: {why}");
        await connection.CloseAsync(stopping);
    }

    private string? Wrong(WebSocketMessageType type, string text)
    {
        if (type != WebSocketMessageType.Text) return "a message that is no text";
        try
        {
            return JsonNode.Parse(text) is JsonObject message && message["envelope_id"] is JsonValue id
                && message.All(field => field.Key is "envelope_id" or "payload")
                ? way.Take((string)id!, message["payload"])
                : $"no acknowledgement: {text}";
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or InvalidOperationException)
        {
            return $"no acknowledgement: {text}";
        }
    }

    private JsonObject Hello(int connections) => new()
    {
        ["type"] = "hello",
        ["connection_info"] = new JsonObject { ["app_id"] = world.Options.AppId },
        ["num_connections"] = connections,
        ["debug_info"] = new JsonObject
        {
            ["host"] = "applink-1",
            ["started"] = world.Options.Time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff"),
            ["build_number"] = 1,
            ["approximate_connection_time"] = 3600,
        },
    };

    private string IssueUrl(Uri baseUrl)
    {
        var ticket = $"{world.Number():x8}-{world.Number():x8}";
        _tickets[ticket] = world.Options.Time.GetUtcNow();
        return new UriBuilder(baseUrl) { Scheme = "ws", Path = "/link/", Query = $"ticket={ticket}&app_id={world.Options.AppId}" }.ToString();
    }

    private bool TakeTicket(string ticket) =>
        _tickets.Remove(ticket, out var at) && world.Options.Time.GetUtcNow() - at <= TicketLasts;
}
