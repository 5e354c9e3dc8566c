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
            return choice.Record is null && choice.Replay is null ? new FileGrader(null, null) : new Refusal("--record, --replay: expected together with --grader model");
        if (choice is { Record: not null, Replay: not null })
            return new Refusal("--record, --replay: expected one of the two, found both");
        if (content.Prompt(PromptFile.Grader, choice.Prompt) is not { } prompt)
            return new Refusal($"--prompt: expected {string.Join(" or ", content.Prompts.Where(p => p.Kind == PromptFile.Grader).Select(p => p.Version).DefaultIfEmpty("a file in prompts/grader"))}, found '{choice.Prompt}'");
        var read = choice.Replay is { } folder ? RecordedModels.Read(folder) : ModelsFile.Read(choice.Models, variable);
        if (!read.TryGet(out var settings, out var refusal))
            return new Refusal(refusal);
        if (settings.Graders.IsEmpty)
            return new Refusal("--grader model: no language model is configured as a grader; set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or give --models FILE");
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

/// <summary>Which models a folder of recordings is of, so that it can be played back where none of them is configured.</summary>
internal static class RecordedModels
{
    private const string FileName = "models.json";

    public static Outcome<ModelSettings> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var written = JsonSerializer.Deserialize<Written>(File.ReadAllText(path), Json.Indented);
            return written is { Models.Count: > 0, Samples: >= ModelSettings.FewestSamples and <= ModelSettings.MostSamples }
                ? ModelSettings.None with { Models = [.. written.Models.Select(Entry)], Samples = written.Samples }
                : new Refusal($"{path}: expected the models that were recorded");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new Refusal($"{path}: expected the list that --record writes, found none ({e.GetType().Name})");
        }
    }

    public static string? Write(string folder, ModelSettings settings)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var written = new Written(settings.Samples, [.. settings.Graders.Select(m => new WrittenModel(m.Name, m.Provider, m.Model, m.Temperature, m.Price?.Input, m.Price?.Output))]);
            File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(written, Json.Indented));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"--record: {folder} cannot be written ({e.GetType().Name})";
        }
    }

    private static ModelEntry Entry(WrittenModel m) => new(
        m.Name, m.Provider, m.Model, BaseUrl: null, Key: "", [ModelRole.Grader], m.Temperature,
        m.InputPrice is null && m.OutputPrice is null ? null : new ModelPrice(m.InputPrice ?? 0, m.OutputPrice ?? 0),
        ModelEntry.DefaultConcurrency, ModelEntry.DefaultTimeout);

    private sealed record Written(int Samples, List<WrittenModel> Models);

    private sealed record WrittenModel(string Name, ModelProvider Provider, string Model, double? Temperature, double? InputPrice, double? OutputPrice);
}
