using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// The folds of sessions worked on lately, so that a message need not read a whole history again. It is only ever
/// used with the version read under the session's lock, so a stale entry is never believed.
/// </summary>
public sealed class SessionCache(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, LinkedListNode<Session>> _byId = [];
    private readonly LinkedList<Session> _recent = new();

    public Session? Find(Guid id, int version)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var node) || node.Value.Version != version)
                return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value;
        }
    }

    public void Keep(Session session)
    {
        lock (_gate)
        {
            if (_byId.Remove(session.Id, out var old))
                _recent.Remove(old);
            _byId[session.Id] = _recent.AddFirst(session);
            if (_byId.Count <= capacity)
                return;
            _byId.Remove(_recent.Last!.Value.Id);
            _recent.RemoveLast();
        }
    }

    public void Forget(Guid id)
    {
        lock (_gate)
        {
            if (_byId.Remove(id, out var node))
                _recent.Remove(node);
        }
    }
}
