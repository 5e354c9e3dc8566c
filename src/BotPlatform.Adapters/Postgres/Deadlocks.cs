using Npgsql;

namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// Deleting a session and finishing an effect of it lock the same rows from two ends; PostgreSQL ends one of the two, and it
/// has only to be done again.
/// </summary>
internal static class Deadlocks
{
    private const int MostTries = 3;

    public static async Task<T> RetriedAsync<T>(Func<Task<T>> work)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected && tries < MostTries)
            {
                // Whoever won is done by now.
            }
        }
    }
}
