using System.Net.WebSockets;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>Opens connections of Socket Mode, one after the other, and never before Slack wants to be asked again.</summary>
public sealed class SlackSocketDoor(SlackApi api, SlackSettings settings, Telemetry telemetry, TimeProvider time, ILogger<SlackSocketDoor> log) : IDisposable
{
    private const string Method = "apps.connections.open";
    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private string? _told;

    /// <summary>A connection that Slack has greeted, and how long it lasts; null when there is none to be had now.</summary>
    public async Task<(SocketLink Link, TimeSpan Lasts)?> OpenAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_notBefore - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellation);
            var reply = await api.CallAsync(Method, settings.AppToken, [], cancellation);
            telemetry.SlackCalled(Method, reply is SlackReply.Done ? "ok" : reply is SlackReply.Refused refused ? refused.Error : "failed");
            return reply switch
            {
                SlackReply.Done done when UrlOf(done.Text("url")) is { } url => await GreetAsync(url, cancellation),
                SlackReply.Done => Failed("Slack gave no address to connect to"),
                SlackReply.Limited limited => Held(limited.RetryAfter, "Slack wants fewer connections"),
                SlackReply.Refused { Error: var error } => Refused($"Slack refuses the app token ({error}); copy it again from Basic Information of the app, with the scope connections:write"),
                _ => Failed(SlackConnection.InWords(reply)),
            };
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Slack has no Socket Mode for this app: nobody asks again for a while.</summary>
    public void SwitchedOff() => Refused("Socket Mode is switched off for this app; switch it on under Socket Mode of the app's settings");

    public void Dispose() => _one.Dispose();

    private async Task<(SocketLink, TimeSpan)?> GreetAsync(Uri url, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var late = new CancellationTokenSource(settings.Socket.Greeting, time);
        using var breaking = late.Token.Register(limit.Cancel);
        SocketLink? link = null;
        try
        {
            link = await SocketLink.ConnectAsync(url, settings.Socket, time, limit.Token);
            SocketMessage? first;
            do
                first = await link.ReceiveAsync().WaitAsync(limit.Token);
            while (first is SocketMessage.Unreadable);
            if (first is SocketMessage.Hello hello)
            {
                var opened = link;
                link = null;
                _told = null;
                telemetry.SlackSocket("opened");
                return (opened, hello.Lasts ?? settings.Socket.Lasting);
            }

            if (first is SocketMessage.Disconnect { Reason: "link_disabled" })
                SwitchedOff();
            return first is SocketMessage.Disconnect { Reason: "too_many_websockets" }
                ? Held(settings.Socket.LongestWait, "there are as many connections for this app token as Slack allows")
                : Failed("Slack ended a connection before it began");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is WebSocketException or OperationCanceledException or IOException)
        {
            return Failed($"a connection to Slack could not be opened ({e.GetType().Name})");
        }
        finally
        {
            link?.Abort();
            link?.Dispose();
        }
    }

    // The address holds a ticket: it is written nowhere, and sent in the clear only where the whole of Slack's API is, as in tests.
    private Uri? UrlOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == "wss" || (address.Scheme == "ws" && settings.ApiBaseUrl.Scheme == "http")) ? address : null;

    private (SocketLink, TimeSpan)? Held(TimeSpan wait, string why)
    {
        _notBefore = time.GetUtcNow() + wait;
        return Failed(why);
    }

    private (SocketLink, TimeSpan)? Refused(string why)
    {
        _notBefore = time.GetUtcNow() + settings.Socket.WhenRefused;
        if (_told != why)
            log.LogError("Slack cannot be listened to: {Why}. It is tried again each minute", why);
        _told = why;
        return null;
    }

    private (SocketLink, TimeSpan)? Failed(string why)
    {
        if (_told != why)
            log.LogWarning("Slack cannot be listened to for now: {Why}; trying again", why);
        _told = why;
        return null;
    }
}
