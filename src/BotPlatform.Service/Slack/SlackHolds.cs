using System.Collections.Concurrent;
using BotPlatform.Adapters.Postgres;
using Dapper;
using Npgsql;

namespace BotPlatform.Service.Slack;

/// <summary>The teams that this node sends to: each is held with a lease, all of them with a sign of life.</summary>
public sealed class SlackHolds(NpgsqlDataSource source, SlackSenders senders, Func<Guid> newId, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _heldUntil = new();
    private NpgsqlConnection? _alive;
    private DateTimeOffset _seenAlive;

    /// <summary>
    /// Who this node is. Another one each time that its sign of life has to be given anew: what the last one left behind says
    /// nothing of this one.
    /// </summary>
    public Guid Node { get; private set; }

    /// <summary>Without its sign of life others may have taken over what this node held.</summary>
    public async Task ShowAliveAsync(CancellationToken cancellation)
    {
        if (_alive is not null && time.GetUtcNow() - _seenAlive < Renewal)
            return;
        try
        {
            if (_alive is not null)
                await _alive.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: cancellation));
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException && !cancellation.IsCancellationRequested)
        {
            await _alive!.DisposeAsync();
            _alive = null;
        }

        if (_alive is null)
        {
            var (before, node) = (Node, newId());
            var connection = await source.OpenConnectionAsync(cancellation);
            try
            {
                await SlackSenders.ShowAliveAsync(connection, node, cancellation);
                await senders.LetGoAsync(before, cancellation);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            (_alive, Node) = (connection, node);
            _heldUntil.Clear();
        }

        _seenAlive = time.GetUtcNow();
    }

    /// <summary>False while another node sends to the team.</summary>
    public async Task<bool> HoldAsync(Guid workspace, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (_heldUntil.TryGetValue(workspace, out var until) && until - now > Lease - Renewal && until - now <= Lease)
            return true;
        if (!await senders.HoldAsync(workspace, Node, Lease, cancellation))
        {
            Forget(workspace);
            return false;
        }

        _heldUntil[workspace] = now + Lease;
        return true;
    }

    /// <summary>The team may be another's by now: it is asked anew.</summary>
    public void Forget(Guid workspace) => _heldUntil.TryRemove(workspace, out _);

    /// <summary>Lets other nodes take over at once.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        await senders.LetGoAsync(Node, cancellation);
        if (_alive is not null)
        {
            await SlackSenders.ShowNothingAsync(_alive, cancellation);
            await _alive.DisposeAsync();
        }
    }
}
