using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

public sealed class SlackServerTestsOfSockets : IAsyncLifetime
{
    private const string AppToken = "xapp-1-A0APP1-1764-abcdef";

    private readonly List<ClientWebSocket> _sockets = [];
    private SlackClient _slack = null!;

    public ValueTask InitializeAsync() => WaitForSlackAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_is_greeted_and_its_ticket_is_gone()
    {
        var url = await UrlAsync();
        var hello = await ReadAsync(await ConnectAsync(url));
        hello.GetProperty("type").GetString().ShouldBe("hello");
        hello.GetProperty("num_connections").GetInt32().ShouldBe(1);
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(url));
        _slack.ShouldHaveRefused("ticket");
    }

    [Fact]
    public async Task A_bots_token_opens_no_connection()
    {
        _slack.Token = _slack.Team.BotToken;
        SlackClient.Error(await _slack.CallAsync("apps.connections.open", "{}")).ShouldBe("not_allowed_token_type");
    }

    [Fact]
    public async Task There_are_ten_connections_at_most()
    {
        for (var i = 1; i <= 10; i++) (await ReadAsync(await ConnectAsync())).GetProperty("num_connections").GetInt32().ShouldBe(i);
        (await ReadAsync(await ConnectAsync())).GetProperty("reason").GetString().ShouldBe("too_many_websockets");
        _slack.Server.Socket.Connections.ShouldBe(10);
    }

    [Fact]
    public async Task An_event_is_acknowledged_once()
    {
        var socket = await GreetedAsync();
        var saying = _slack.Candidate.SayAsync("hello");
        var envelope = await ReadAsync(socket);
        envelope.GetProperty("type").GetString().ShouldBe("events_api");
        envelope.GetProperty("payload").GetProperty("event").GetProperty("text").GetString().ShouldBe("hello");
        envelope.GetProperty("retry_attempt").GetInt32().ShouldBe(0);
        await AckAsync(socket, envelope);
        await saying;
        await AckAsync(socket, envelope);
        await SendAsync(socket, """{"envelope_id":"env-nobody"}""");
        await SendAsync(socket, """{"type":"ping"}""");
        while (_slack.Server.Refusals.Count < 3) await Task.Yield();
        _slack.Server.Refusals[0].ShouldContain("acknowledged before");
        _slack.Server.Refusals[1].ShouldContain("nobody sent");
        _slack.Server.Refusals[2].ShouldContain("no acknowledgement");
        _slack.Server.Socket.Acks.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_not_acknowledged_comes_again_over_another_connection()
    {
        await WaitForLittleAsync();
        var (one, other) = (await GreetedAsync(), await GreetedAsync());
        var saying = _slack.Candidate.SayAsync("hello");
        JsonElement[] envelopes = [await ReadAsync(one), await ReadAsync(other)];
        envelopes.Select(envelope => envelope.GetProperty("retry_attempt").GetInt32()).ShouldBe([0, 1]);
        envelopes.Select(envelope => envelope.GetProperty("payload").GetProperty("event_id").GetString()).Distinct().Count().ShouldBe(1);
        envelopes.Select(envelope => envelope.GetProperty("envelope_id").GetString()).Distinct().Count().ShouldBe(2);
        await saying;
    }

    [Fact]
    public async Task The_acknowledgement_of_a_command_carries_the_answer()
    {
        var socket = await GreetedAsync();
        var asking = _slack.Candidate.SlashAsync("/interview", "help");
        var envelope = await ReadAsync(socket);
        envelope.GetProperty("accepts_response_payload").GetBoolean().ShouldBeTrue();
        envelope.GetProperty("payload").GetProperty("command").GetString().ShouldBe("/interview");
        await AckAsync(socket, envelope, """{"text":"at once"}""");
        (await asking).Acknowledged.ShouldBeTrue();
        _slack.Candidate.Ephemerals.ShouldHaveSingleItem().Text.ShouldBe("at once");
        _slack.Server.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refresh_is_asked_for_before_the_connection_closes()
    {
        var socket = await GreetedAsync();
        await _slack.Server.Socket.DisconnectAsync("warning");
        (await ReadAsync(socket)).GetProperty("reason").GetString().ShouldBe("warning");
        _slack.Server.Socket.Connections.ShouldBe(1);
        var closing = _slack.Server.Socket.DisconnectAsync("refresh_requested", TimeSpan.FromMilliseconds(1));
        (await ReadAsync(socket)).GetProperty("reason").GetString().ShouldBe("refresh_requested");
        _slack.Server.Socket.Connections.ShouldBe(0);
        await closing;
        (await socket.ReceiveAsync(new byte[100], CancellationToken.None)).MessageType.ShouldBe(WebSocketMessageType.Close);
    }

    [Fact]
    public async Task A_connection_can_break_or_fall_silent()
    {
        await WaitForLittleAsync();
        var socket = await GreetedAsync();
        _slack.Server.Socket.GoSilent();
        await _slack.Candidate.SayAsync("hello");
        await _slack.Server.SettledAsync();
        _slack.Server.Deliveries.ShouldAllBe(delivery => delivery.Reply.Failure == "timeout");
        var reading = socket.ReceiveAsync(new byte[100], CancellationToken.None);
        reading.IsCompleted.ShouldBeFalse();
        _slack.Server.Socket.Drop();
        await Should.ThrowAsync<WebSocketException>(reading);
    }

    private async Task WaitForLittleAsync()
    {
        await _slack.DisposeAsync();
        await WaitForSlackAsync(TimeSpan.FromMilliseconds(100));
    }

    private async ValueTask WaitForSlackAsync(TimeSpan acknowledgeWithin)
    {
        _slack = await SlackClient.StartAsync(new SlackOptions
        {
            Limits = SlackLimits.None,
            RetryScale = 0.00001,
            AcknowledgeWithin = acknowledgeWithin,
        });
        _slack.Server.UseSocket();
        _slack.Token = AppToken;
    }

    private async Task<Uri> UrlAsync() => new((await _slack.CallAsync("apps.connections.open", "{}")).GetProperty("url").GetString()!);

    private async Task<ClientWebSocket> ConnectAsync(Uri? url = null)
    {
        var socket = new ClientWebSocket();
        _sockets.Add(socket);
        await socket.ConnectAsync(url ?? await UrlAsync(), CancellationToken.None);
        return socket;
    }

    private async Task<ClientWebSocket> GreetedAsync()
    {
        var before = _slack.Server.Socket.Connections;
        var socket = await ConnectAsync();
        await ReadAsync(socket);
        await _slack.Server.Socket.ConnectedAsync(before + 1);
        return socket;
    }

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var read = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return JsonElement.Parse(Encoding.UTF8.GetString(buffer, 0, read.Count));
    }

    private static Task AckAsync(ClientWebSocket socket, JsonElement envelope, string? payload = null)
    {
        var id = envelope.GetProperty("envelope_id").GetString();
        return SendAsync(socket, payload is null ? $$"""{"envelope_id":"{{id}}"}""" : $$"""{"envelope_id":"{{id}}","payload":{{payload}}}""");
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
