using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// A transaction on a connection of its own, and what is to be written in it, all at once when it is committed. Disposed
/// without <see cref="CommitAsync"/>, nothing has happened.
/// </summary>
internal sealed class OpenTransaction : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;
    private readonly NpgsqlBatch _writes;

    private OpenTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        (Connection, _transaction) = (connection, transaction);
        _writes = new NpgsqlBatch(connection, transaction);
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlBatchCommandCollection Writes => _writes.BatchCommands;

    /// <summary>Opens one for what is to own it from then on.</summary>
    /// <param name="take">What is read and locked first; where it comes to null or fails, the transaction is over again.</param>
    public static async Task<T?> BeginAsync<T>(NpgsqlDataSource source, Func<OpenTransaction, Task<T?>> take, CancellationToken cancellation)
        where T : class
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        var open = new OpenTransaction(connection, await connection.BeginTransactionAsync(cancellation));
        T? owner = null;
        try
        {
            owner = await take(open);
        }
        finally
        {
            if (owner is null)
                await open.DisposeAsync();
        }

        return owner;
    }

    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (_writes.BatchCommands.Count > 0)
            await _writes.ExecuteNonQueryAsync(cancellation);
        await _transaction.CommitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
