using System.Net.ServerSentEvents;
using System.Text.Json;

namespace BotPlatform.Service.Tests;

/// <summary>An open page: the events of a session as they come.</summary>
internal sealed class SessionEvents : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _patience;

    private SessionEvents(HttpResponseMessage response, Stream stream, CancellationTokenSource patience)
    {
        (_response, _patience) = (response, patience);
        _items = SseParser.Create(stream).EnumerateAsync(patience.Token).GetAsyncEnumerator();
    }

    public static async Task<SessionEvents> OpenAsync(HttpClient http, string session, string? lastEventId = null)
    {
        var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api.Sessions}/{session}/events");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        response.EnsureSuccessStatusCode();
        return new SessionEvents(response, await response.Content.ReadAsStreamAsync(patience.Token), patience);
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<(string Type, string? Id, JsonElement Data)?> NextAsync() =>
        await _items.MoveNextAsync()
            ? (_items.Current.EventType, _items.Current.EventId, JsonDocument.Parse(_items.Current.Data).RootElement)
            : null;

    /// <summary>Everything up to and with the next event that says how the session is: turns, and its id.</summary>
    public async Task<(IReadOnlyList<(int N, string Text)> Turns, string Id)> NextStateAsync()
    {
        var turns = new List<(int, string)>();
        while (await NextAsync() is var (type, id, data))
        {
            if (type == "turn")
                turns.Add((data.GetProperty("n").GetInt32(), data.GetProperty("text").GetString()!));
            else if (type == "session")
                return (turns, id!);
            else
                throw new InvalidOperationException($"expected what the session is, came '{type}'");
        }

        throw new InvalidOperationException("the stream ended");
    }

    public async ValueTask DisposeAsync()
    {
        await _patience.CancelAsync();
        try
        {
            await _items.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // It was waiting for the next.
        }

        _response.Dispose();
        _patience.Dispose();
    }
}
