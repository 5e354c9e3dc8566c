using System.CommandLine;
using System.Globalization;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;

namespace BotPlatform.Service.Commands;

/// <summary><c>inbox list</c> and <c>inbox requeue</c>: what could not be handled and waits for an operator.</summary>
public static class InboxCommand
{
    private const string SlackPrefix = "slack-";

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
                var events = await new SlackDeliveries(database.Source).DeadAsync(cancellation);
                foreach (var row in events)
                    Console.WriteLine($"{SlackPrefix}{row.DeliveryId}  event of Slack's  received {row.ReceivedAt:u}  {row.Error}");
                if (dead.Count + events.Count == 0)
                    Console.WriteLine("nothing waits for an operator");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }

    private static Command Requeue()
    {
        var id = new Argument<string?>("ID") { Description = "One row (default: all)", Arity = ArgumentArity.ZeroOrOne };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command("requeue", "Put them back in their place, to be tried again by the running service") { id, dataDir, connectionString };
        command.SetAction(async (parsed, cancellation) =>
        {
            var named = parsed.GetValue(id);
            var slack = named?.StartsWith(SlackPrefix, StringComparison.Ordinal) ?? false;
            if (named is not null && !long.TryParse(slack ? named[SlackPrefix.Length..] : named, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return Invocation.Refuse($"ID: expected one that inbox list shows, found '{named}'");
            return await DatabaseCommands.WithDatabaseAsync(
                parsed.GetValue(dataDir), parsed.GetValue(connectionString), database => RequeueAsync(database, named, slack, cancellation), cancellation);
        });
        return command;
    }

    private static async Task<int> RequeueAsync(Database database, string? named, bool slack, CancellationToken cancellation)
    {
        long? only = named is null ? null : long.Parse(slack ? named[SlackPrefix.Length..] : named, CultureInfo.InvariantCulture);
        var put = named is null || !slack ? await new Inbox(database.Source).RequeueAsync(only, cancellation) : 0;
        put += named is null || slack ? await new SlackDeliveries(database.Source).RequeueAsync(only, cancellation) : 0;
        if (put == 0 && named is not null)
            return Invocation.Refuse($"row {named} does not wait for an operator; inbox list shows those that do");
        Console.WriteLine($"{put} put back");
        return Exit.Fine;
    }
}
