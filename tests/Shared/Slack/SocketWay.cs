using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>
/// Envelopes over the connections that the service opened: each goes to one of them, and another attempt at the same
/// event to another one, where there is one.
/// </summary>
internal sealed class SocketWay(World world)
{
    private readonly Lock _lock = new();
    private readonly List<SocketConnection> _connections = [];
    private readonly List<SlackAck> _acks = [];
    private readonly Dictionary<string, Sent> _sent = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private int _opened;
    private (string Text, int Acks) _losing = ("", 0);

    public IReadOnlyList<SocketConnection> Open => Locked<IReadOnlyList<SocketConnection>>(() =>
        [.. _connections.Where(connection => connection.IsOpen)]);

    public int Opened => Locked(() => _opened);

    public IReadOnlyList<SlackAck> Acks => Locked<IReadOnlyList<SlackAck>>(() => [.. _acks]);

    public Task ChangedAsync() => Locked(() => _changed.Task);

    /// <summary>How many connections there are with this one.</summary>
    public int Add(SocketConnection connection) => Changed(() =>
    {
        _connections.Add(connection);
        _opened++;
        return _connections.Count;
    });

    public void Remove(SocketConnection connection) => Changed(() => _connections.Remove(connection));

    public async Task<SlackReply> SendAsync(Outgoing what, int retry, string? reason, CancellationToken stopping)
    {
        var options = world.Options;
        using var late = new CancellationTokenSource(options.AcknowledgeWithin, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        var sent = new Sent(world.NextId("env-"), what);
        try
        {
            var connection = await ConnectionAsync(what, either.Token);
            Locked(() => _sent[sent.Id] = sent with { Connection = connection });
            await connection.SendAsync(Envelope(sent.Id, what, retry, reason), either.Token);
            var payload = await sent.Acked.Task.WaitAsync(either.Token);
            return new SlackReply(200, payload, payload.Length == 0 ? null : "application/json");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            sent.Acked.TrySetCanceled(CancellationToken.None);
            return new SlackReply(0, "", null, "timeout");
        }
        catch (Exception broken) when (broken is System.Net.WebSockets.WebSocketException or ObjectDisposedException or IOException)
        {
            sent.Acked.TrySetCanceled(CancellationToken.None);
            return new SlackReply(0, "", null, "connection_failed");
        }
    }

    public void Lose(string text, int acks) => Locked(() => _losing = (text, acks));

    /// <summary>Null for an acknowledgement as it should be, else what is wrong with it.</summary>
    public string? Take(string envelopeId, JsonNode? payload) => Locked(() =>
    {
        var known = _sent.GetValueOrDefault(envelopeId);
        if (_losing.Acks > 0 && known?.What.Body.Contains(_losing.Text, StringComparison.Ordinal) == true)
        {
            _losing.Acks--;
            return null;
        }

        var first = known?.Acked.TrySetResult(payload?.ToJsonString() ?? "") == true;
        _acks.Add(new SlackAck(envelopeId, known?.What.EventId, known?.Acked.Task.IsCanceled == true));
        if (known is null) return $"nobody sent the envelope {envelopeId}";
        if (!first && !known.Acked.Task.IsCanceled) return $"{envelopeId} was acknowledged before";
        return payload is not null && !known.What.TakesAnswer ? $"{envelopeId} takes no payload" : null;
    });

    public async Task DisconnectAsync(string reason, TimeSpan? closeAfter)
    {
        var all = Open;
        foreach (var connection in all)
        {
            if (reason != "warning") connection.Takes = false;
            await connection.SendAsync(Disconnect(reason), CancellationToken.None);
        }

        if (reason == "warning") return;
        if (reason != "link_disabled") await Task.Delay(closeAfter ?? TimeSpan.FromMilliseconds(200), world.Options.Time);
        foreach (var connection in all) await connection.CloseAsync(CancellationToken.None);
    }

    public static JsonObject Disconnect(string reason) => new()
    {
        ["type"] = "disconnect",
        ["reason"] = reason,
        ["debug_info"] = new JsonObject { ["host"] = "applink-1" },
    };

    private static JsonObject Envelope(string id, Outgoing what, int retry, string? reason)
    {
        var envelope = new JsonObject
        {
            ["envelope_id"] = id,
            ["payload"] = what.Payload.DeepClone(),
            ["type"] = what.Kind,
            ["accepts_response_payload"] = what.TakesAnswer,
        };
        if (what.Kind == "events_api") (envelope["retry_attempt"], envelope["retry_reason"]) = (retry, reason ?? "");
        return envelope;
    }

    private async Task<SocketConnection> ConnectionAsync(Outgoing what, CancellationToken cancellation)
    {
        while (true)
        {
            var changed = ChangedAsync();
            var open = Open;
            if (open.Count > 0) return Choose(open, what);
            await changed.WaitAsync(cancellation);
        }
    }

    private SocketConnection Choose(IReadOnlyList<SocketConnection> open, Outgoing what) => Locked(() =>
    {
        var tried = _sent.Values.Where(sent => what.EventId is not null && sent.What.EventId == what.EventId).Select(sent => sent.Connection).ToList();
        var fresh = open.Where(connection => !tried.Contains(connection)).ToList();
        var among = fresh.Count > 0 ? fresh : open;
        return among[_next++ % among.Count];
    });

    private T Changed<T>(Func<T> what) => Locked(() =>
    {
        var result = what();
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return result;
    });

    private T Locked<T>(Func<T> what)
    {
        lock (_lock) return what();
    }

    private sealed record Sent(string Id, Outgoing What)
    {
        public SocketConnection? Connection { get; init; }

        public TaskCompletionSource<string> Acked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
