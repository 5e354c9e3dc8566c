using System.CommandLine;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;
using BotPlatform.Service.Hosting;

namespace BotPlatform.Service.Commands;

/// <summary><c>migrate</c> and <c>database stop|status|dump|restore</c>.</summary>
public static class DatabaseCommands
{
    public static Command Migrate()
    {
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("migrate", "Bring the database up to date and say what was applied") { dataDir, connectionString };
        command.SetAction((parsed, cancellation) => WithDatabaseAsync(
            parsed.GetValue(dataDir),
            parsed.GetValue(connectionString),
            async database =>
            {
                var applied = await Migrations.AppliedAsync(database.Source, cancellation);
                Console.WriteLine($"{database.Location} is up to date: {Words.Counted(applied.Count, "migration")}");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }

    public static Command Database() => new("database", "The private database, and copies of any") { Status(), Stop(), Dump(), Restore() };

    /// <summary>Opens the migrated database, does the work, and leaves it.</summary>
    public static async Task<int> WithDatabaseAsync(
        string? dataDir, string? connectionString, Func<Database, Task<int>> work, CancellationToken cancellation)
    {
        var folder = CommonOptions.DataFolderOf(dataDir);
        var opened = await MigratedDatabase.OpenAsync(CommonOptions.DatabaseOf(connectionString, folder), Console.Error.WriteLine, cancellation);
        if (!opened.TryGet(out var database, out var refusal))
            return Invocation.Fail(refusal);
        await using (database)
            return await work(database);
    }

    private static Command Status()
    {
        var dataDir = CommonOptions.DataDir();
        var command = new Command("status", "Show the private servers of the data folder") { dataDir };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = CommonOptions.DataFolderOf(parsed.GetValue(dataDir));
            var all = await ServerStatus.OfAsync(folder, cancellation);
            if (all.Count == 0)
                Console.WriteLine($"{folder} holds no database yet");
            foreach (var one in all)
            {
                Console.WriteLine(one.Running
                    ? $"PostgreSQL {one.Major} in {one.Folder}: runs as process {one.ProcessId} on port {one.Port}, {Words.Counted(one.Clients ?? 0, "client")}"
                    : $"PostgreSQL {one.Major} in {one.Folder}: stopped");
            }

            return Exit.Fine;
        });
        return command;
    }

    private static Command Stop()
    {
        var dataDir = CommonOptions.DataDir();
        var command = new Command("stop", "Stop the private servers of the data folder, whoever uses them") { dataDir };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await ServerStatus.StopAsync(CommonOptions.DataFolderOf(parsed.GetValue(dataDir)), cancellation)).TryGet(out var stopped, out var refusal))
                return Invocation.Fail(refusal);
            Console.WriteLine(stopped.Count == 0 ? "none was running" : $"stopped PostgreSQL {string.Join(", ", stopped.Select(s => s.Major))}");
            return Exit.Fine;
        });
        return command;
    }

    private static Command Dump()
    {
        var file = new Argument<string>("FILE") { Description = "Where to write; replaced once the dump is complete" };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("dump", "Write all data, as of one moment, to a file that any later version restores") { file, dataDir, connectionString };
        command.SetAction((parsed, cancellation) => WithDatabaseAsync(
            parsed.GetValue(dataDir),
            parsed.GetValue(connectionString),
            async database =>
            {
                if (!(await DatabaseDump.WriteAsync(database.Source, parsed.GetValue(file)!, cancellation)).TryGet(out var summary, out var refusal))
                    return Invocation.Fail(refusal);
                Console.WriteLine($"{summary.Rows} rows of {summary.Tables} tables written to {parsed.GetValue(file)}");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "A file that dump has written" };
        var replace = new Option<bool>("--replace") { Description = "Delete what the database holds now; asks first, unless --yes" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("restore", "Bring data back from a dump, into an empty database") { file, replace, yes, dataDir, connectionString };
        command.SetAction((parsed, cancellation) => WithDatabaseAsync(
            parsed.GetValue(dataDir),
            parsed.GetValue(connectionString),
            async database =>
            {
                var replaces = parsed.GetValue(replace);
                if (replaces && !parsed.GetValue(yes) && !Confirmed(database.Location))
                    return Invocation.Refuse("nothing was changed; type yes to replace, or give --yes");
                var restored = await DatabaseRestore.RunAsync(database.Source, MigratedDatabase.MigrationsFolder, parsed.GetValue(file)!, replaces, cancellation);
                if (!restored.TryGet(out var summary, out var refusal))
                    return Invocation.Fail(refusal);
                Console.WriteLine($"{summary.Rows} rows of {summary.Tables} tables restored");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }

    private static bool Confirmed(string location)
    {
        Console.Write($"This deletes everything in the {location} first. Type yes to go on: ");
        return string.Equals(Console.ReadLine()?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }
}
