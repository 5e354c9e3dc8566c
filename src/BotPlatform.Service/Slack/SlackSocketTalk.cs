using System.Collections.Concurrent;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>Why a connection needs another in its place.</summary>
internal enum SocketEnd
{
    /// <summary>It still works, for a while.</summary>
    Expiring,

    Ended,

    /// <summary>Socket Mode was switched off.</summary>
    SwitchedOff,
}

/// <summary>
/// One connection at work: takes envelopes, many at a time, and acknowledges each once it is done. An envelope that could
/// not be taken is not acknowledged, so that Slack delivers it again, or says to whoever waits that it failed.
/// </summary>
internal sealed class SlackSocketTalk : IDisposable
{
    /// <summary>Envelopes in work; the next one is read when one of them is done, which takes three seconds at most.</summary>
    private const int MostAtOnce = 64;

    private static readonly TimeSpan ForWork = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForLeaving = TimeSpan.FromSeconds(1);

    private readonly SocketLink _link;
    private readonly SlackSocketTaking _taking;
    private readonly Telemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<SocketEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _places = new(MostAtOnce);
    private readonly ConcurrentDictionary<Task, byte> _working = new();
    private volatile bool _leaving;

    public SlackSocketTalk(SocketLink link, SlackSocketTaking taking, Telemetry telemetry, TimeProvider time)
    {
        (_link, _taking, _telemetry, _time) = (link, taking, telemetry, time);
        Reading = Task.Run(ReadAsync, CancellationToken.None);
    }

    /// <summary>Completes when the connection is at its end.</summary>
    public Task Reading { get; }

    /// <summary>Completes when another connection is needed.</summary>
    public Task<SocketEnd> End => _end.Task;

    /// <summary>Goes on for a while, finishes what is in work, and closes the connection.</summary>
    /// <param name="stopping">Ends the while.</param>
    public async Task LeaveAsync(TimeSpan lingering, CancellationToken stopping)
    {
        await WithinAsync(Reading, lingering, stopping);
        _leaving = true;
        await WithinAsync(Task.WhenAll(_working.Keys), ForWork, CancellationToken.None);
        await _link.CloseAsync();
        await WithinAsync(Reading, ForLeaving, CancellationToken.None);
        _link.Abort();
        await Reading;
    }

    public void Dispose()
    {
        _link.Dispose();
        _places.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _link.ReceiveAsync() is { } message)
                await HearAsync(message);
        }
        finally
        {
            _end.TrySetResult(SocketEnd.Ended);
            await Task.WhenAll(_working.Keys);
        }
    }

    private async Task HearAsync(SocketMessage message)
    {
        switch (message)
        {
            case SocketMessage.Envelope envelope when !_leaving:
                await _places.WaitAsync();
                var work = WorkAsync(envelope);
                _working.TryAdd(work, 0);
                _ = work.ContinueWith(done => _working.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                break;
            case SocketMessage.Disconnect gone:
                _telemetry.SlackSocket(gone.Reason);
                _end.TrySetResult(gone.Reason == "link_disabled" ? SocketEnd.SwitchedOff : SocketEnd.Expiring);
                break;
            case SocketMessage.Unreadable:
                _telemetry.SlackSocket("unreadable");
                break;
        }
    }

    private async Task WorkAsync(SocketMessage.Envelope envelope)
    {
        await Task.Yield();
        try
        {
            // Also where the connection breaks meanwhile: who clicked is to see what comes of it.
            if (await _taking.TakeAsync(envelope, CancellationToken.None) is not { } taken || !await _link.AcknowledgeAsync(envelope.Id, taken.Answer))
                _telemetry.SlackSocket("unacknowledged");
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task WithinAsync(Task done, TimeSpan most, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(done, Task.Delay(most, _time, enough.Token));
        await enough.CancelAsync();
    }
}
