using System.Net;
using System.Net.Sockets;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Commands;

namespace BotPlatform.Service.Hosting;

/// <param name="Settings">What new sessions are started with.</param>
public sealed record ServerOptions(
    string Urls, string DataFolder, DatabaseOptions Database, string ContentFolder, SessionSettings Settings)
{
    public ModelSettings Models { get; init; } = ModelSettings.None;

    /// <summary>Null where Slack is not spoken to.</summary>
    public SlackSettings? Slack { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Brings everything up in order, tells where it is, and takes it down again.</summary>
public static class Server
{
    public static async Task<int> RunAsync(ServerOptions options, TextWriter say, CancellationToken cancellation)
    {
        var addresses = options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(addresses, a => !Uri.TryCreate(a, UriKind.Absolute, out var u) || u.Scheme != "http") is { } wrong)
            return Invocation.Refuse($"--urls: expected addresses as http://127.0.0.1:5080 (a proxy in front of them may speak TLS), found '{wrong}'");
        if (!LoadedContent.From(options.ContentFolder).TryGet(out var content, out var noContent))
            return Invocation.Refuse(noContent);
        if (MissingPrompt(options.Models, content) is { } missing)
            return Invocation.Refuse($"{options.ContentFolder}/{PromptFile.FolderOf(missing)}: expected instructions for the configured language models, as 1.0.0.md, found none");
        if (addresses.Select(TakenPort).FirstOrDefault(p => p is not null) is { } taken)
            return Invocation.Fail(taken);
        var opened = await MigratedDatabase.OpenAsync(options.Database, say.WriteLine, cancellation);
        if (!opened.TryGet(out var database, out var refusal))
            return Invocation.Fail(refusal);
        await using (database)
        {
            await using var app = WebHost.Build(options, addresses, content, database);
            try
            {
                await app.StartAsync(cancellation);
            }
            catch (IOException e) when (e.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                return Invocation.Fail($"{options.Urls} cannot be listened on: {e.Message.ReplaceLineEndings(" ")} Choose another address with --urls.");
            }

            await say.WriteLineAsync($"{Words.Counted(content.Problems.Length, "problem")}, database {database.Location}");
            await say.WriteLineAsync(ModelWords(options.Models));
            if (options.Slack is { } slack)
                await say.WriteLineAsync(SlackWords(slack));
            await say.WriteLineAsync($"Practise at {app.Urls.First()}/practice    (Ctrl+C stops)");
            await app.WaitForShutdownAsync(cancellation);
        }

        return Exit.Fine;
    }

    // Without its instructions a model would be left out, and rules would score where models were asked for.
    private static string? MissingPrompt(ModelSettings models, ContentLoad content) =>
        !models.Graders.IsEmpty && content.Prompt(PromptFile.Grader) is null ? PromptFile.Grader
        : models.Interviewer is not null && content.Prompt(PromptFile.Interviewer) is null ? PromptFile.Interviewer
        : null;

    private static string ModelWords(ModelSettings models) => models.SentTo is not { } sentTo
        ? "No language model is configured: rules score, and every scorecard says so"
        : $"Language models: {string.Join(", ", models.Models.Select(m => $"{m} as {string.Join(" and ", m.Roles.Order().Select(Words.Name))}"))}. What candidates write goes to {sentTo}";

    private static string SlackWords(SlackSettings slack) =>
        $"Slack: {(slack.AppToken is null ? "events come to /slack/events" : "in Socket Mode")}, {(slack.BotToken is null ? $"teams install it at {slack.PublicUrl}slack/install" : "one team")}";

    /// <summary>Whether every address is reachable from this machine only.</summary>
    public static bool IsLoopback(IEnumerable<string> addresses) => addresses.All(a =>
        new Uri(a).Host is var host && (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));

    // Asked before PostgreSQL is started, so that a second start by mistake ends at once and names the port.
    private static string? TakenPort(string address)
    {
        var uri = new Uri(address);
        if (uri.Port == 0 || (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && uri.Host != "localhost"))
            return null;
        using var probe = new TcpListener(ip ?? IPAddress.Loopback, uri.Port);
        try
        {
            probe.Start();
            return null;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return $"Port {uri.Port} on {uri.Host} is in use, perhaps by another botplatform. Choose another with --urls {uri.Scheme}://{uri.Host}:{uri.Port + 1}";
        }
        catch (SocketException e)
        {
            return $"{address} cannot be listened on: {e.SocketErrorCode}. Choose another address with --urls.";
        }
    }
}
