using System.CommandLine;
using System.Globalization;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Service.Calibration;
using BotPlatform.Service.Hosting;
using BotPlatform.Service.LanguageModels;

namespace BotPlatform.Service.Commands;

/// <summary><c>rescore</c>: stored sessions scored again by another rubric, prompt or model, beside the old scorecards.</summary>
public static class RescoreCommand
{
    public static Command Create()
    {
        var rubric = new Option<string?>("--rubric") { Description = "Version of the rubric to score by", HelpName = "VERSION" };
        var prompt = new Option<string?>("--prompt") { Description = "Version of the grader's prompt", HelpName = "VERSION" };
        var model = new Option<string?>("--model") { Description = "Name of the configured model that grades alone", HelpName = "NAME" };
        var since = new Option<string?>("--since") { Description = "Only sessions begun on this day or later, as 2026-01-31", HelpName = "DAY" };
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var (content, models) = (CommonOptions.Content(), CommonOptions.ModelsOption());
        var command = new Command("rescore", "Score stored sessions again by another rubric, prompt or model; new scorecards stand beside the old, and what moved is printed")
        {
            rubric, prompt, model, since, models, content, dataDir, connectionString,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = (Rubric: parsed.GetValue(rubric), Prompt: parsed.GetValue(prompt), Model: parsed.GetValue(model));
            if (wanted is (null, null, null))
                return Invocation.Refuse("rescore: expected at least one of --rubric, --prompt and --model");
            if (!LoadedContent.From(CommonOptions.ContentFolderOf(parsed.GetValue(content))).TryGet(out var loaded, out var noContent))
                return Invocation.Refuse(noContent);
            if (!CommonOptions.ModelsOf(parsed.GetValue(models)).TryGet(out var configured, out var noModels))
                return Invocation.Refuse(noModels);
            var from = DateTimeOffset.MinValue;
            if (parsed.GetValue(since) is { } day && !DateTimeOffset.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out from))
                return Invocation.Refuse($"--since: expected a day such as 2026-01-31, found '{day}'");
            if (!With(wanted, loaded, configured).TryGet(out var with, out var refusal))
                return Invocation.Refuse(refusal);
            using var connected = with.Models;
            var secret = Secret.In(CommonOptions.DataFolderOf(parsed.GetValue(dataDir)));
            return await DatabaseCommands.WithDatabaseAsync(
                parsed.GetValue(dataDir), parsed.GetValue(connectionString), database => RunAsync(database, loaded, with, secret, from, cancellation), cancellation);
        });
        return command;
    }

    private static Outcome<RescoreWith> With((string? Rubric, string? Prompt, string? Model) wanted, ContentLoad content, ModelSettings models)
    {
        var rubric = content.Rubrics.LastOrDefault(r => r.Version == wanted.Rubric);
        if (wanted.Rubric is not null && rubric is null)
            return new Refusal($"--rubric: expected {string.Join(" or ", content.Rubrics.Select(r => r.Version))}, found '{wanted.Rubric}'");
        var prompt = wanted.Prompt is null ? null : content.Prompt(PromptFile.Grader, wanted.Prompt);
        if (wanted.Prompt is not null && prompt is null)
            return new Refusal($"--prompt: expected {string.Join(" or ", content.Prompts.Where(p => p.Kind == PromptFile.Grader).Select(p => p.Version))}, found '{wanted.Prompt}'");
        var graders = models.Graders.Where(m => wanted.Model is null || m.Name == wanted.Model || m.Model == wanted.Model).ToArray();
        var byModel = wanted.Model is not null || wanted.Prompt is not null;
        if (graders.Length == 0 && byModel)
            return new Refusal(wanted.Model is null ? "--prompt: no language model is configured as a grader" : $"--model: expected {string.Join(" or ", models.Graders.Select(m => m.Name).DefaultIfEmpty("a configured grader, and none is"))}, found '{wanted.Model}'");
        var newest = byModel ? content.Prompt(PromptFile.Grader) : null;
        return new RescoreWith(
            rubric,
            prompt,
            new Models(models with { Models = [.. graders] }, TimeProvider.System, Ids.Jitter),
            byModel,
            newest,
            [.. Texts(content, rubric, prompt ?? newest)]);
    }

    private static IEnumerable<StoredText> Texts(ContentLoad content, Rubric? rubric, PromptFile? prompt)
    {
        if (rubric is not null)
            yield return new StoredText(rubric.Hash, "rubric", $"{rubric.Id} {rubric.Version}", content.Texts[rubric.Hash]);
        if (prompt is not null)
            yield return new StoredText(prompt.Hash, "prompt", $"{prompt.Kind} {prompt.Version}", prompt.Text);
    }

    private static async Task<int> RunAsync(
        Database database, ContentLoad content, RescoreWith with, byte[] secret, DateTimeOffset since, CancellationToken cancellation)
    {
        var pinned = new PinnedContent(database.Source, PinnedText.Read);
        var (store, calls) = (new SessionStore(database.Source, pinned), new ModelCalls(database.Source));
        using var telemetry = new Telemetry();
        var rescoring = new Rescoring(
            database.Source, store, pinned, calls, new ModelUse(with.Models, content, calls, TimeProvider.System), telemetry, secret, Ids.From(TimeProvider.System), TimeProvider.System);
        var (done, left, failed) = (new List<Rescored.Done>(), 0, 0);
        var keys = await store.AllAsync(since, cancellation);
        foreach (var (n, key) in keys.Index())
        {
            switch (await rescoring.RescoreAsync(key, with, cancellation))
            {
                case Rescored.Done rescored:
                    done.Add(rescored);
                    Console.WriteLine($"{key.Session}  {n + 1} of {keys.Count}  {RescoreText.Line(rescored)}");
                    break;
                case Rescored.Left(var why):
                    left++;
                    await Console.Error.WriteLineAsync($"{key.Session}: left as it is: {why}");
                    break;
                case Rescored.Failed(var why):
                    failed++;
                    await Console.Error.WriteLineAsync($"{key.Session}: not scored again: {why}");
                    break;
            }
        }

        Console.WriteLine(RescoreText.Summary(done, left, failed));
        return failed == 0 ? Exit.Fine : Exit.Failed;
    }
}
