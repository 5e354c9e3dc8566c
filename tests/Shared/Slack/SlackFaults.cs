namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What goes wrong with a call, beside what is wrong in it.</summary>
internal abstract record Fault
{
    /// <summary>Done, and nobody hears of it: no answer, until the client gives up.</summary>
    public sealed record Hang : Fault;

    /// <summary>Done, and nobody hears of it: the connection breaks.</summary>
    public sealed record Reset : Fault;

    public sealed record Status(int Code) : Fault;

    public sealed record Error(string Code) : Fault;

    /// <param name="Channel">Null for the whole workspace.</param>
    public sealed record TooFast(int Seconds, string? Channel) : Fault;

    public sealed record NotJson : Fault;
}

/// <summary>
/// Faults by method, each for so many calls. Those of a method come one after the other in the order they were asked
/// for; what is slow is slow until told otherwise.
/// </summary>
public sealed class SlackFaults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Fault>> _next = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _slow = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HeldCalls> _held = new(StringComparer.Ordinal);

    /// <summary>The call is carried out and stored; its answer never comes, for at most thirty seconds.</summary>
    public void AcceptThenHang(string method, int count = 1) => Add(method, new Fault.Hang(), count);

    /// <summary>The call is carried out and stored; then the connection breaks.</summary>
    public void AcceptThenReset(string method, int count = 1) => Add(method, new Fault.Reset(), count);

    /// <summary>Nothing is carried out; a status with an empty page.</summary>
    public void Status(string method, int status, int count = 1) => Add(method, new Fault.Status(status), count);

    /// <summary>Nothing is carried out; 429 with Retry-After, for a channel or the whole workspace.</summary>
    public void RateLimit(string method, int seconds, int count = 1, string? channel = null) =>
        Add(method, new Fault.TooFast(seconds, channel), count);

    /// <summary>Nothing is carried out; an error in Slack's words.</summary>
    public void Error(string method, string error, int count = 1) => Add(method, new Fault.Error(error), count);

    /// <summary>Nothing is carried out; 200 and a page.</summary>
    public void NotJson(string method, int count = 1) => Add(method, new Fault.NotJson(), count);

    /// <summary>Answers come that much later.</summary>
    public void Slow(string method, TimeSpan delay)
    {
        lock (_lock) _slow[method] = delay;
    }

    /// <summary>Answers come when they are let go, unless their caller has left by then.</summary>
    public HeldCalls Hold(string method)
    {
        lock (_lock) return _held[method] = new HeldCalls();
    }

    public void Clear()
    {
        lock (_lock)
        {
            _next.Clear();
            _slow.Clear();
            _held.Clear();
        }
    }

    internal TimeSpan Delay(string method)
    {
        lock (_lock) return _slow.GetValueOrDefault(method);
    }

    internal HeldCalls? Held(string method)
    {
        lock (_lock) return _held.GetValueOrDefault(method);
    }

    /// <summary>The next fault, if it is for this channel or for all.</summary>
    internal Fault? Take(string method, string? channel)
    {
        lock (_lock)
        {
            if (!_next.TryGetValue(method, out var faults) || !faults.TryPeek(out var next)) return null;
            if (next is Fault.TooFast { Channel: { } only } && only != channel) return null;
            return faults.Dequeue();
        }
    }

    private void Add(string method, Fault fault, int count)
    {
        lock (_lock)
        {
            if (!_next.TryGetValue(method, out var faults)) _next[method] = faults = new Queue<Fault>();
            for (var i = 0; i < count; i++) faults.Enqueue(fault);
        }
    }
}
