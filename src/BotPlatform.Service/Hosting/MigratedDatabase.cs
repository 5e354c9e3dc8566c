using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Hosting;

/// <summary>The database, found or started, and brought up to date.</summary>
public static class MigratedDatabase
{
    public static string MigrationsFolder => Path.Combine(AppContext.BaseDirectory, "migrations");

    public static async Task<Outcome<Database>> OpenAsync(DatabaseOptions options, Action<string> say, CancellationToken cancellation)
    {
        var opened = await Database.OpenAsync(options, say, cancellation);
        if (!opened.TryGet(out var database, out _))
            return opened;
        var migrated = await Migrations.ApplyAsync(database.Source, MigrationsFolder, cancellation);
        if (!migrated.TryGet(out var run, out var refusal))
        {
            await database.DisposeAsync();
            return new Refusal(refusal);
        }

        if (run.Applied.Count > 0)
            say($"database brought up to date: {string.Join(", ", run.Applied.Select(m => m.Name))}");
        return database;
    }
}
