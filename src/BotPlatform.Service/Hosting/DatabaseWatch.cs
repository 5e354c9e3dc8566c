using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Practice;
using Npgsql;

namespace BotPlatform.Service.Hosting;

/// <summary>Starts a private PostgreSQL again when it has died under us.</summary>
public sealed class DatabaseWatch(Database database, TimeProvider time, ILogger<DatabaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (database.IsPrivate)
        {
            await Task.Delay(Every, time, stoppingToken);
            if (await IsThereAsync(stoppingToken))
                continue;
            log.LogWarning("The private database does not answer; starting it again");
            try
            {
                if (await database.ReviveAsync(line => log.LogInformation("{Line}", line), stoppingToken) is { } refusal)
                    log.LogError("{Refusal}", refusal.Message);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpgsqlException)
            {
                log.LogError("The private database could not be started ({Error}); trying again", e.GetType().Name);
            }
        }
    }

    private async Task<bool> IsThereAsync(CancellationToken cancellation)
    {
        try
        {
            // An open connection of the pool may have lost its server, so it is asked.
            await using var connection = await database.Source.OpenConnectionAsync(cancellation);
            await using var question = new NpgsqlCommand("select 1", connection);
            await question.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }
}
