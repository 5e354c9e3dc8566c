using System.Threading.Channels;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service;

/// <summary>
/// Sessions to be looked at on this node, each at most once at a time. A session that is asked for while a
/// conductor is at it is looked at again afterwards.
/// </summary>
public sealed class WorkQueue
{
    private readonly Channel<SessionKey> _channel = Channel.CreateUnbounded<SessionKey>();
    private readonly Dictionary<SessionKey, State> _states = [];

    private enum State
    {
        Waiting,
        Working,
        WorkingAndAskedAgain,
    }

    public void Ask(SessionKey session)
    {
        lock (_states)
        {
            if (_states.TryGetValue(session, out var state))
            {
                if (state == State.Working)
                    _states[session] = State.WorkingAndAskedAgain;
                return;
            }

            _states[session] = State.Waiting;
        }

        _channel.Writer.TryWrite(session);
    }

    /// <summary>The next session; <see cref="Finished"/> must follow.</summary>
    public async ValueTask<SessionKey> TakeAsync(CancellationToken cancellation)
    {
        var session = await _channel.Reader.ReadAsync(cancellation);
        lock (_states)
            _states[session] = State.Working;
        return session;
    }

    public void Finished(SessionKey session)
    {
        lock (_states)
        {
            _states.Remove(session, out var state);
            if (state != State.WorkingAndAskedAgain)
                return;
            _states[session] = State.Waiting;
        }

        _channel.Writer.TryWrite(session);
    }
}
