using System.CommandLine;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;

namespace BotPlatform.Service.Commands;

/// <summary><c>outbox list</c> and <c>outbox retry</c>: what is still to be done outside, such as a grade that waits for a model.</summary>
public static class OutboxCommand
{
    private const string Nothing = "nothing waits";

    public static Command Create() => new("outbox", "What is still to be done outside, such as grades that wait for a language model") { List(), Retry() };

    private static Command List()
    {
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("list", "Show it, with the reason and the next try") { dataDir, connectionString };
        command.SetAction((parsed, cancellation) => DatabaseCommands.WithDatabaseAsync(
            parsed.GetValue(dataDir),
            parsed.GetValue(connectionString),
            async database =>
            {
                var waiting = await new Outbox(database.Source).WaitingAsync(cancellation);
                foreach (var row in waiting)
                    Console.WriteLine($"{row.EffectId}  {(row.SessionId == Guid.Empty ? "no session" : $"session {row.SessionId}")}  {row.Kind}  since {row.CreatedAt:u}  tried {Words.Counted(row.Attempts, "time")}  {When(row)}  {row.Error}".TrimEnd());
                if (waiting.Count == 0)
                    Console.WriteLine(Nothing);
                return Exit.Fine;
            },
            cancellation));
        return command;
    }

    private static Command Retry()
    {
        var id = new Argument<string?>("ID") { Description = "One of them (default: all)", Arity = ArgumentArity.ZeroOrOne };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("retry", "Have the running service try at once, instead of at the next try") { id, dataDir, connectionString };
        command.SetAction(async (parsed, cancellation) =>
        {
            var named = parsed.GetValue(id);
            var only = Guid.TryParse(named, out var effect) ? effect : (Guid?)null;
            return named is not null && only is null
                ? Invocation.Refuse($"ID: expected one that outbox list shows, found '{named}'")
                : await DatabaseCommands.WithDatabaseAsync(
                    parsed.GetValue(dataDir), parsed.GetValue(connectionString), database => RetryAsync(database, only, cancellation), cancellation);
        });
        return command;
    }

    private static async Task<int> RetryAsync(Database database, Guid? only, CancellationToken cancellation)
    {
        var tried = await new Outbox(database.Source).RetryAsync(only, TimeProvider.System.GetUtcNow(), cancellation);
        if (tried == 0 && only is { } wanted)
            return Invocation.Refuse($"{wanted} does not wait; outbox list shows what does");
        Console.WriteLine(tried == 0 ? Nothing : $"{tried} to be tried now");
        return Exit.Fine;
    }

    private static string When(WaitingEffect row) => row.State == "dead" ? "waits for an operator (outbox retry)" : row.State == "attempting" ? "at it now" : $"next {row.DueAt:u}";
}
