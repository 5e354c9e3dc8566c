using System.CommandLine;
using System.Text.Json;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing.Calibration;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Service.Calibration;
using BotPlatform.Service.Hosting;
using BotPlatform.Service.LanguageModels;

namespace BotPlatform.Service.Commands;

/// <summary><c>calibrate DIR</c>: our scores beside those of raters, without a database.</summary>
public static class CalibrateCommand
{
    private const int SessionsAtOnce = 4;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Holds sessions/*.json and ratings/<rater>/<session>.json" };
        var only = new Option<string?>("--only") { Description = "Sessions to take, with commas between (default: all)", HelpName = "NAMES" };
        var rubric = new Option<string?>("--rubric") { Description = "Rubric version (default: the newest)", HelpName = "VERSION" };
        var seed = new Option<ulong>("--seed")
        {
            Description = "For the intervals; the same seed gives the same report",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        var format = CommonOptions.Format();
        var content = CommonOptions.Content();
        var command = new Command("calibrate", "Compare our scores with raters' on sessions that they rated")
        {
            folder, only, rubric, seed, format, content,
        };
        var grader = new GraderOptions();
        grader.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Choice(parsed.GetValue(folder)!, Names(parsed.GetValue(only)), parsed.GetValue(format)!, parsed.GetValue(seed)),
            parsed.GetValue(rubric),
            CommonOptions.ContentFolderOf(parsed.GetValue(content)),
            grader.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Choice choice, string? version, string contentFolder, GraderChoice who, CancellationToken cancellation)
    {
        if (!LoadedContent.From(contentFolder).TryGet(out var content, out var noContent))
            return Invocation.Refuse(noContent);
        if (content.Rubrics.LastOrDefault(r => version is null || r.Version == version) is not { } rubric)
            return Invocation.Refuse($"--rubric: expected {string.Join(" or ", content.Rubrics.Select(r => r.Version))}, found '{version}'");

        if (!GraderOptions.Open(who, content).TryGet(out var grader, out var noGrader))
            return Invocation.Refuse(noGrader);
        using var opened = grader;
        var books = content.Problems.ToDictionary(p => p.Slug, p => RuleBook.Compile(rubric, p));
        var general = RuleBook.Compile(rubric, null);
        var scorer = new Scorer(
            $"rubric {rubric.Id} {rubric.Version}, {grader.Name}",
            [.. rubric.Criteria.Select(c => c.Id)],
            [.. books.Keys],
            (at, token) => grader.ScoreAsync(books.GetValueOrDefault(at.Transcript.Problem, general), at.Level, at.Transcript.Turns, token))
        {
            AtOnce = grader.UsesModels ? SessionsAtOnce : 1,
        };
        var (report, refused, failed) = await ReportAsync(choice, scorer, Console.Error, cancellation);
        if (refused is not null)
            return Invocation.Refuse(refused);
        if (failed is not null)
            return Invocation.Fail(failed);
        await Console.Out.WriteLineAsync(report);
        return Exit.Fine;
    }

    /// <returns>The report, or the one line that says why there is none: bad input, or a model that gave no grade.</returns>
    internal static async Task<(string? Report, string? Refused, string? Failed)> ReportAsync(
        Choice choice, Scorer scorer, TextWriter notices, CancellationToken cancellation)
    {
        var read = await CalibrationFolder.ReadAsync(choice.Folder, choice.Only, scorer.Criteria, cancellation);
        if (!read.TryGet(out var folder, out var refusal))
            return (null, refusal, null);
        foreach (var notice in folder.Notices)
            await notices.WriteLineAsync(notice);
        foreach (var problem in folder.Sessions.Select(s => s.Transcript.Problem).Distinct().Except(scorer.Problems))
            await notices.WriteLineAsync($"{problem}: not in the bank, scored with general knowledge");

        var (scored, failed) = await ScoreAsync(folder.Sessions, scorer, notices, cancellation);
        if (failed is not null)
            return (null, null, failed);
        var sessions = folder.Sessions.Zip(scored, (s, f) => new RatedSession(s.Name, s.Transcript.Problem, s.Level, f.Card, s.Ratings));
        var report = CalibrationReport.Of([.. sessions], scorer.Criteria, choice.Seed);
        var grader = GraderReport.Of(scored);
        return choice.Format == "json"
            ? (JsonSerializer.Serialize(CalibrationView.Of(report, grader), Json.Indented), null, null)
            : (CalibrationText.Write(report, grader, $"{scorer.Name}; seed {choice.Seed}").TrimEnd(), null, null);
    }

    // A session that got no grade would leave the rest to look better or worse than it is: then there is no report.
    private static async Task<(ScoredFile[] Scored, string? Failed)> ScoreAsync(
        IReadOnlyList<RatedTranscript> sessions, Scorer scorer, TextWriter notices, CancellationToken cancellation)
    {
        var scored = new ScoredFile[sessions.Count];
        string? failed = null;
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, sessions.Count),
            new ParallelOptions { MaxDegreeOfParallelism = scorer.AtOnce, CancellationToken = cancellation },
            async (i, token) =>
            {
                if (failed is not null)
                    return;
                var outcome = await scorer.Score(sessions[i], token);
                lock (scored)
                {
                    if (!outcome.TryGet(out var file, out var why))
                        failed ??= $"{sessions[i].Name}: not scored: {why}";
                    else
                        scored[i] = file;
                    if (failed is null && scorer.AtOnce > 1)
                        notices.WriteLine($"{sessions[i].Name} graded, {++done} of {sessions.Count}");
                }
            });
        return (scored, failed);
    }

    private static string[] Names(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <param name="Only">Names of sessions; empty for all.</param>
    internal sealed record Choice(string Folder, IReadOnlyCollection<string> Only, string Format, ulong Seed);

    /// <param name="Criteria">In the rubric's order.</param>
    /// <param name="Problems">Those that it knows more about than the rubric says.</param>
    internal sealed record Scorer(
        string Name,
        IReadOnlyList<string> Criteria,
        IReadOnlyCollection<string> Problems,
        Func<RatedTranscript, CancellationToken, Task<Outcome<ScoredFile>>> Score)
    {
        /// <summary>Sessions scored at once; above 1 progress is told.</summary>
        public int AtOnce { get; init; } = 1;
    }
}
