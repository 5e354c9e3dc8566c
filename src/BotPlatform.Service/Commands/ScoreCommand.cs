using System.CommandLine;
using System.Text.Json;
using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Service.Hosting;
using BotPlatform.Service.LanguageModels;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Commands;

/// <summary><c>score FILE.json</c>: a transcript against a rubric, without a database.</summary>
public static class ScoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE.json") { Description = "A transcript: {id, problem, level, turns: [{n, speaker, step, text}]}" };
        var level = new Option<string?>("--level") { Description = "mid, senior or staff (default: the one in the file)", HelpName = "LEVEL" };
        var rubric = new Option<string?>("--rubric") { Description = "Rubric version (default: the newest)", HelpName = "VERSION" };
        var format = CommonOptions.Format();
        var content = CommonOptions.Content();
        var command = new Command("score", "Score a transcript, by rules or with a language model, without a database") { file, level, rubric, format, content };
        var grader = new GraderOptions();
        grader.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(file)!,
            parsed.GetValue(level),
            parsed.GetValue(rubric),
            parsed.GetValue(format)!,
            CommonOptions.ContentFolderOf(parsed.GetValue(content)),
            grader.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string file, string? levelName, string? version, string format, string contentFolder, GraderChoice choice, CancellationToken cancellation)
    {
        if (levelName is not null && Levels.Parse(levelName) is null)
            return Invocation.Refuse($"--level: expected {Words.Choices<Level>()}, found '{levelName}'");
        if (!(await TranscriptFile.ReadAsync(file, cancellation)).TryGet(out var transcript, out var refusal))
            return Invocation.Refuse(refusal);
        if ((Levels.Parse(levelName) ?? transcript.Level) is not { } level)
            return Invocation.Refuse($"{file}: \"level\" is missing: add it, or give --level");
        if (!LoadedContent.From(contentFolder).TryGet(out var content, out var noContent))
            return Invocation.Refuse(noContent);
        if (content.Rubrics.LastOrDefault(r => version is null || r.Version == version) is not { } rubric)
            return Invocation.Refuse($"--rubric: expected {string.Join(" or ", content.Rubrics.Select(r => r.Version))}, found '{version}'");

        if (!GraderOptions.Open(choice, content).TryGet(out var grader, out var noGrader))
            return Invocation.Refuse(noGrader);
        using (grader)
        {
            var problem = content.Problems.FirstOrDefault(p => p.Slug == transcript.Problem);
            var outcome = await grader.ScoreAsync(RuleBook.Compile(rubric, problem), level, transcript.Turns, cancellation);
            if (!outcome.TryGet(out var scored, out var unscored))
                return Invocation.Fail($"{file}: not scored: {unscored}");
            await WriteAsync(ScorecardView.Of(transcript.Id, scored.Card with { Problem = transcript.Problem }, transcript.Turns), format);
            return Exit.Fine;
        }
    }

    private static async Task WriteAsync(ScorecardView view, string format)
    {
        await Console.Out.WriteLineAsync(format == "json" ? JsonSerializer.Serialize(view, Json.Indented) : ScorecardText.Write(view, forPanel: true));
    }
}
