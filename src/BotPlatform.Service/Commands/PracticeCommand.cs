using System.CommandLine;
using BotPlatform.Adapters.Console;
using BotPlatform.Adapters.Content;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Hosting;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Commands;

/// <summary><c>practice</c>: the same interview in the terminal, at the keyboard or in a pipe.</summary>
public static class PracticeCommand
{
    public static Command Create()
    {
        var problem = new Option<string?>("--problem") { Description = "Which problem (asked for when left out)", HelpName = "PROBLEM" };
        var level = new Option<string?>("--level") { Description = "mid, senior or staff (asked for when left out)", HelpName = "LEVEL" };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var (content, quiet, models) = (CommonOptions.Content(), CommonOptions.QuietPeriod(), CommonOptions.ModelsOption());
        var command = new Command("practice", "Be interviewed in the terminal; in a pipe each line is an answer")
        {
            problem, level, dataDir, connectionString, content, quiet, models,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var terminal = Terminal.OfProcess();
            if (!LoadedContent.From(CommonOptions.ContentFolderOf(parsed.GetValue(content))).TryGet(out var loaded, out var refusal))
                return Invocation.Refuse(refusal);
            if (!CommonOptions.ModelsOf(parsed.GetValue(models)).TryGet(out var configured, out var noModels))
                return Invocation.Refuse(noModels);
            var (wanted, wrong) = Choose(parsed.GetValue(problem), parsed.GetValue(level), loaded, terminal);
            if (wanted is null)
                return Invocation.Refuse(wrong!);
            var seconds = terminal.IsInteractive || parsed.GetResult(quiet) is { Implicit: false } ? parsed.GetValue(quiet) : 0;
            return await DatabaseCommands.WithDatabaseAsync(
                parsed.GetValue(dataDir),
                parsed.GetValue(connectionString),
                database => TerminalInterview.RunAsync(
                    wanted,
                    new InterviewParts(
                        SessionSettings.Default with { QuietPeriod = TimeSpan.FromSeconds(seconds) },
                        loaded,
                        database,
                        new Access(local: true, Secret.In(CommonOptions.DataFolderOf(parsed.GetValue(dataDir)))))
                    {
                        Models = configured,
                    },
                    terminal,
                    cancellation),
                cancellation);
        });
        return command;
    }

    private static (Wanted? Wanted, string? Wrong) Choose(string? slug, string? levelName, ContentLoad content, Terminal terminal)
    {
        var slugs = string.Join(", ", content.Problems.Select(p => p.Slug));
        if (slug is not null && content.Problems.All(p => p.Slug != slug))
            return (null, $"--problem: expected one of {slugs}; found '{slug}'");
        if (levelName is not null && Levels.Parse(levelName) is null)
            return (null, $"--level: expected {Words.Choices<Level>()}; found '{levelName}'");
        if (!terminal.IsInteractive && (slug is null || levelName is null))
            return (null, $"practice: give --problem (one of {slugs}) and --level ({Words.Choices<Level>()})");
        var problem = content.Problems.FirstOrDefault(p => p.Slug == slug)
            ?? Terminal.Choose("Which problem?", content.Problems, p => $"{p.Title}: {p.Summary}");
        var level = Levels.Parse(levelName) ?? Terminal.Choose("At which level?", Levels.All, l => l.Name());
        return (new Wanted(problem, level, SessionMode.Practice), null);
    }
}
