using System.CommandLine;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Hosting;

namespace BotPlatform.Service.Commands;

/// <summary><c>serve</c>, which is also what happens without a command.</summary>
public static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create(RootCommand root)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Address to listen on; anything but loopback opens sessions by token only",
            DefaultValueFactory = _ => DefaultUrl,
            HelpName = "URL",
        };
        var dataDir = CommonOptions.DataDir();
        var connectionString = CommonOptions.ConnectionString();
        var content = CommonOptions.Content();
        var quiet = CommonOptions.QuietPeriod();
        var models = CommonOptions.ModelsOption();
        var command = new Command("serve", "Run the service: finds or starts PostgreSQL, migrates it, and prints one local address (default)");
        foreach (var option in new Option[] { urls, dataDir, connectionString, content, quiet, models })
        {
            command.Options.Add(option);
            root.Options.Add(option);
        }

        command.SetAction(RunAsync);
        root.SetAction(RunAsync);
        return command;

        async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
        {
            if (!CommonOptions.ModelsOf(parsed.GetValue(models)).TryGet(out var configured, out var refusal))
                return Invocation.Refuse(refusal);
            if (!CommonOptions.SlackOf(Environment.GetEnvironmentVariables()).TryGet(out var slack, out var noSlack))
                return Invocation.Refuse(noSlack);
            var folder = CommonOptions.DataFolderOf(parsed.GetValue(dataDir));
            return await Server.RunAsync(
                new ServerOptions(
                    parsed.GetValue(urls)!,
                    folder,
                    CommonOptions.DatabaseOf(parsed.GetValue(connectionString), folder),
                    CommonOptions.ContentFolderOf(parsed.GetValue(content)),
                    SessionSettings.Default with { QuietPeriod = TimeSpan.FromSeconds(parsed.GetValue(quiet)) })
                {
                    Models = configured,
                    Slack = slack.Settings,
                },
                Console.Out,
                cancellation);
        }
    }
}
