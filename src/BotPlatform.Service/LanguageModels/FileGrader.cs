using System.Text.Json;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Hosting;

namespace BotPlatform.Service.LanguageModels;

/// <summary>Who scores transcripts from files.</summary>
/// <param name="Models">A file of models; null for the environment's.</param>
/// <param name="Prompt">Version of the grader's prompt; null for the newest.</param>
/// <param name="Record">Where replies are kept.</param>
/// <param name="Replay">Where they are taken from instead of asking.</param>
public sealed record GraderChoice(GraderMode Mode, string? Models, string? Prompt, string? Record, string? Replay)
{
    public static readonly GraderChoice Rules = new(GraderMode.Rules, null, null, null, null);

    /// <summary>The options that were given and mean something to models only.</summary>
    public string[] OfModels =>
    [
        .. from option in new[] { ("--models", Models), ("--prompt", Prompt), ("--record", Record), ("--replay", Replay) }
           where option.Item2 is not null
           select option.Item1,
    ];
}

/// <param name="Calls">What was asked of models; empty where rules scored.</param>
public sealed record ScoredFile(Scorecard Card, IReadOnlyList<ModelCall> Calls);

/// <summary>Scores transcripts without a database, by rules or with the same grader as the service.</summary>
public sealed class FileGrader : IDisposable
{
    private readonly Models? _models;
    private readonly PromptFile? _prompt;
    private readonly Telemetry _telemetry = new();
    private readonly byte[] _secret = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    private FileGrader(Models? models, PromptFile? prompt) => (_models, _prompt) = (models, prompt);

    /// <summary>What is scored with, for a report's heading.</summary>
    public string Name => _models is null ? "rules only" : $"{string.Join(", ", _models.Graders.Select(g => g.Entry.Model))} ({Interviewing.Words.Counted(_models.Settings.Samples, "sample")}) and rules, prompt {_prompt!.Version}";

    public bool UsesModels => _models is not null;

    public static Outcome<FileGrader> Open(GraderChoice choice, ContentLoad content, Func<string, string?> variable, TimeProvider time)
    {
        if (choice.Mode == GraderMode.Rules)
            return choice.OfModels is { Length: > 0 } given ? new Refusal($"{string.Join(", ", given)}: expected together with --grader model") : new FileGrader(null, null);
        if (choice is { Record: not null, Replay: not null })
            return new Refusal("--record, --replay: expected one of the two, found both");
        if (choice is { Models: not null, Replay: not null })
            return new Refusal("--models: not expected together with --replay, which plays back the models that were recorded");
        if (content.Prompt(PromptFile.Grader, choice.Prompt) is not { } prompt)
            return new Refusal($"--prompt: expected {string.Join(" or ", content.Prompts.Where(p => p.Kind == PromptFile.Grader).Select(p => p.Version).DefaultIfEmpty("a file in prompts/grader"))}, found '{choice.Prompt}'");
        var read = choice.Replay is { } folder ? RecordedModels.Read(folder) : ModelsFile.Read(choice.Models, variable);
        if (!read.TryGet(out var settings, out var refusal))
            return new Refusal(refusal);
        if (settings.Graders.IsEmpty)
        {
            return new Refusal(settings.Models.IsEmpty
                ? $"--grader model: no language model is configured; set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or name a file with --models or {ModelsFile.Variable}"
                : $"--grader model: no configured model has the role \"grader\": {string.Join(", ", settings.Models)}");
        }

        if (choice.Record is { } kept && RecordedModels.Write(kept, settings) is { } unwritable)
            return new Refusal(unwritable);
        var recordings = (choice.Replay ?? choice.Record) is { } path ? new RecordingFolder(path, choice.Replay is not null) : null;
        return new FileGrader(new Models(settings, time, Ids.Jitter, recordings), prompt);
    }

    /// <returns>The scorecard, or why a model gave none; never the rules' in its place.</returns>
    public async Task<Outcome<ScoredFile>> ScoreAsync(RuleBook book, Level level, IReadOnlyList<Turn> turns, CancellationToken cancellation)
    {
        var rules = RuleScoring.Score(book, level, turns, Circumstances.Unknown);
        if (_models is null)
            return new ScoredFile(rules, []);
        var calls = new List<ModelCall>();
        var asking = new Asking(_telemetry, Ids.From(TimeProvider.System), (call, _) =>
        {
            lock (calls)
                calls.Add(call);
            return Task.CompletedTask;
        });
        // One boundary for a session, whatever file it came from: recordings mask it, and no candidate has seen it.
        var boundary = Boundary.Of(_secret, Guid.Empty, attempt: turns.Count);
        var graded = await new Grader(_models).GradeAsync(
            new ToGrade(book, level, turns, rules, _prompt!.Hash, _prompt.Text, boundary), kept: [], asking, cancellation);
        return graded.Grade is { } grade
            ? new ScoredFile(Combining.Combine(book, rules, turns, grade, text => new TurnText(Guid.Empty, text)), calls)
            : new Refusal(graded.Why);
    }

    public void Dispose()
    {
        _models?.Dispose();
        _telemetry.Dispose();
    }
}
