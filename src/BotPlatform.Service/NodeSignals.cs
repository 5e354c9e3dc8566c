using System.Threading.Channels;
using BotPlatform.Adapters.Postgres;
using Npgsql;

namespace BotPlatform.Service;

/// <summary>
/// Tells open pages on every node of the database that a session has changed, and other nodes that work waits for
/// them. Notices leave in batches, from a transaction of their own: one inside the commit of each message would make
/// all commits wait for each other.
/// </summary>
public sealed class NodeSignals(
    NpgsqlDataSource source, Signals signals, WorkQueue queue, Func<Guid> newId, TimeProvider time, ILogger<NodeSignals> log) : BackgroundService
{
    private const string Name = "botplatform_sessions";

    // A notice holds 8,000 bytes at most.
    private const int SessionsPerNotice = 100;
    private const int IdDigits = 32;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly string _node = newId().ToString("N");
    private readonly Channel<News> _news = Channel.CreateUnbounded<News>();

    /// <param name="Work">Its inbox is to be looked at, not only its pages.</param>
    private readonly record struct News(SessionKey Key, bool Work)
    {
        public string Write() => Work ? $"w{Key.Workspace:N}{Key.Session:N}" : $"c{Key.Session:N}";
    }

    public void Changed(SessionKey key)
    {
        signals.Changed(key.Session);
        _news.Writer.TryWrite(new News(key, Work: false));
    }

    /// <summary>Another node has the session locked, and may have read its inbox before the last message came.</summary>
    public void WorkWaits(SessionKey key) => _news.Writer.TryWrite(new News(key, Work: true));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(TellAsync(stoppingToken), HearAsync(stoppingToken));

    private async Task TellAsync(CancellationToken cancellation)
    {
        while (await _news.Reader.WaitToReadAsync(cancellation))
        {
            await Task.Delay(Gather, time, cancellation);
            var told = new HashSet<News>();
            while (told.Count < SessionsPerNotice && _news.Reader.TryRead(out var news))
                told.Add(news);
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                // Nothing is lost with a notice, so its commit need not wait for the disk.
                await using var notify = new NpgsqlCommand("select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", connection);
                notify.Parameters.Add(new() { Value = Name });
                notify.Parameters.Add(new() { Value = $"{_node} {string.Join(' ', told.Select(n => n.Write()))}" });
                await notify.ExecuteNonQueryAsync(cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // The others have lost the database as well, and look at everything once they have it back.
                log.LogWarning("Other nodes could not be told of changes ({Error})", e.GetType().Name);
            }
        }
    }

    private async Task HearAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                connection.Notification += (_, notice) => Hear(notice.Payload);
                await ExecuteAsync(connection, $"listen {Name}", cancellation);
                signals.AllMayHaveChanged();
                while (true)
                {
                    if (!await connection.WaitAsync(Silence, cancellation))
                        await ExecuteAsync(connection, "select 1", cancellation);
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning("Other nodes cannot be heard ({Error}); trying again", e.GetType().Name);
                await Task.Delay(AfterFailure, time, cancellation);
            }
        }
    }

    private void Hear(string notice)
    {
        var words = notice.Split(' ');
        if (words[0] == _node)
            return;
        foreach (var word in words.Skip(1))
        {
            var session = Guid.ParseExact(word.AsSpan(^IdDigits), "N");
            if (word[0] == 'w')
                queue.Ask(new SessionKey(Guid.ParseExact(word.AsSpan(1, IdDigits), "N"), session));
            else
                signals.Changed(session);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
