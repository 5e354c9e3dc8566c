using System.Collections.Concurrent;

namespace BotPlatform.Service;

/// <summary>Tells open pages on this node that a session has changed.</summary>
public sealed class Signals(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Bells> _listeners = new();

    public void Changed(Guid session)
    {
        if (_listeners.TryGetValue(session, out var listeners))
            listeners.Ring();
    }

    /// <summary>Everyone looks again: changes may have been missed.</summary>
    public void AllMayHaveChanged()
    {
        foreach (var listeners in _listeners.Values)
            listeners.Ring();
    }

    /// <summary>A bell that rings at least once after each change; disposed when the page is closed.</summary>
    public Listener Listen(Guid session)
    {
        var bell = new Bell();
        while (true)
        {
            var listeners = _listeners.GetOrAdd(session, _ => new Bells());
            if (listeners.Add(bell))
                return new Listener(bell, time, () => Leave(session, listeners, bell));
        }
    }

    private void Leave(Guid session, Bells listeners, Bell bell)
    {
        if (listeners.Remove(bell))
            _listeners.TryRemove(new KeyValuePair<Guid, Bells>(session, listeners));
    }

    public sealed class Listener(Bell bell, TimeProvider time, Action leave) : IDisposable
    {
        /// <summary>Waits for the next ring, at most <paramref name="most"/>; true when it rang.</summary>
        public Task<bool> WaitAsync(TimeSpan most, CancellationToken cancellation) => bell.WaitAsync(most, time, cancellation);

        public void Dispose() => leave();
    }

    /// <summary>The bells of one session; closed for good once the last one has left.</summary>
    private sealed class Bells
    {
        private readonly HashSet<Bell> _bells = [];
        private bool _closed;

        public bool Add(Bell bell)
        {
            lock (_bells)
                return !_closed && _bells.Add(bell);
        }

        public bool Remove(Bell bell)
        {
            lock (_bells)
            {
                _bells.Remove(bell);
                return _closed = _bells.Count == 0;
            }
        }

        public void Ring()
        {
            lock (_bells)
            {
                foreach (var bell in _bells)
                    bell.Ring();
            }
        }
    }
}
