using System.CommandLine;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Commands;

/// <summary><c>replay</c>: folds what is stored again, scores it again, and names every difference.</summary>
public static class ReplayCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("SESSION") { Description = "One session (default: all)", Arity = ArgumentArity.ZeroOrOne };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("replay", "Fold stored sessions again, score them with their pinned content, and name every difference") { id, dataDir, connectionString };
        command.SetAction(async (parsed, cancellation) =>
        {
            var named = parsed.GetValue(id);
            var only = Guid.TryParse(named, out var session) ? session : (Guid?)null;
            return named is not null && only is null
                ? Invocation.Refuse($"SESSION: expected the id of a session, found '{named}'")
                : await DatabaseCommands.WithDatabaseAsync(
                    parsed.GetValue(dataDir), parsed.GetValue(connectionString), database => RunAsync(database, only, cancellation), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Database database, Guid? only, CancellationToken cancellation)
    {
        var store = new SessionStore(database.Source, new PinnedContent(database.Source, PinnedText.Read));
        var keys = (await store.AllAsync(cancellation)).Where(k => only is null || k.Session == only).ToArray();
        if (only is { } wanted && keys.Length == 0)
            return Invocation.Refuse($"there is no session {wanted}");
        var (differing, engines) = (0, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var key in keys)
        {
            if (await store.FindAsync(key, cancellation) is not { } row)
                continue;
            var (differences, engine) = await new Replay(store, new ModelCalls(database.Source)).CompareAsync(row, cancellation);
            engines.Add(engine);
            foreach (var difference in differences)
                Console.WriteLine($"session {key.Session}: {difference}");
            differing += differences.Count > 0 ? 1 : 0;
        }

        Console.WriteLine(
            $"{Words.Counted(keys.Length, "session")} replayed, {differing} with differences; recorded by engine {(engines.Count == 0 ? "-" : string.Join(", ", engines))}, replayed by engine {Interview.Engine}");
        return differing == 0 ? Exit.Fine : Exit.Failed;
    }
}
