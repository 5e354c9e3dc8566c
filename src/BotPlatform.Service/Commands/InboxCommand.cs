using System.CommandLine;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;

namespace BotPlatform.Service.Commands;

/// <summary><c>inbox list</c> and <c>inbox requeue</c>: what could not be handled and waits for an operator.</summary>
public static class InboxCommand
{
    public static Command Create() => new("inbox", "Messages that could not be handled; each holds up its own session only") { List(), Requeue() };

    private static Command List()
    {
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("list", "Show them") { dataDir, connectionString };
        command.SetAction((parsed, cancellation) => DatabaseCommands.WithDatabaseAsync(
            parsed.GetValue(dataDir),
            parsed.GetValue(connectionString),
            async database =>
            {
                var dead = await new Inbox(database.Source).DeadAsync(cancellation);
                foreach (var row in dead)
                    Console.WriteLine($"{row.InboxId}  session {row.SessionId}  {row.Kind}  received {row.ReceivedAt:u}  tried {Words.Counted(row.Attempts, "time")}  {row.Error}");
                if (dead.Count == 0)
                    Console.WriteLine("nothing waits for an operator");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }

    private static Command Requeue()
    {
        var id = new Argument<long?>("ID") { Description = "One row (default: all)", Arity = ArgumentArity.ZeroOrOne };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("requeue", "Put them back in their place, to be tried again by the running service") { id, dataDir, connectionString };
        command.SetAction((parsed, cancellation) => DatabaseCommands.WithDatabaseAsync(
            parsed.GetValue(dataDir),
            parsed.GetValue(connectionString),
            async database =>
            {
                var put = await new Inbox(database.Source).RequeueAsync(parsed.GetValue(id), cancellation);
                if (put == 0 && parsed.GetValue(id) is { } wanted)
                    return Invocation.Refuse($"row {wanted} does not wait for an operator; inbox list shows those that do");
                Console.WriteLine($"{put} put back");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }
}
