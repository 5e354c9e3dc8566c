using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;
using BotPlatform.Service.Hosting;

namespace BotPlatform.Service.Commands;

/// <summary><c>models check|allow|forbid</c>: whether language models answer, and whether they may be used.</summary>
public static class ModelsCommand
{
    private const string NotAsAsked = "answers, but not in the JSON that was asked for, so that it could neither grade nor word a question: choose a model, or a server, that keeps to a JSON schema";
    private const string Schema = """{"type":"object","properties":{"word":{"type":"string","description":"the word fine"}},"required":["word"],"additionalProperties":false}""";

    public static Command Create() => new("models", "Language models: whether they answer, and whether they may be used") { Check(), Permit(allowed: true), Permit(allowed: false) };

    private static Command Check()
    {
        var models = CommonOptions.ModelsOption();
        var command = new Command("check", "Send one small request to each configured model and say what is wrong if one fails") { models };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!CommonOptions.ModelsOf(parsed.GetValue(models)).TryGet(out var settings, out var refusal))
                return Invocation.Refuse(refusal);
            if (settings.Models.IsEmpty)
                return Invocation.Refuse($"no language model is configured: set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or name a file with --models or {ModelsFile.Variable}");
            using var connected = new Models(settings, TimeProvider.System, Ids.Jitter);
            return await CheckAsync(connected, Console.Out, cancellation) ? Exit.Fine : Exit.Failed;
        });
        return command;
    }

    /// <summary>A line for each model; false when one fails.</summary>
    internal static async Task<bool> CheckAsync(Models models, TextWriter say, CancellationToken cancellation)
    {
        using var schema = JsonDocument.Parse(Schema);
        var request = new ModelRequest(["You are asked whether you can be reached."], "Answer with the word: fine", "-", "check", schema.RootElement, MostOutputTokens: 200, Sample: "1");
        var answers = await Task.WhenAll(models.All.Select(async model => (Model: model.Entry, Answer: await model.AskAsync(request, persistent: false, cancellation))));
        foreach (var (model, (reply, failure)) in answers)
            await say.WriteLineAsync($"{model}: {(reply is null ? failure!.InWords(model) : IsAsAsked(reply) ? Answers(model, reply) : NotAsAsked)}");
        if (models.Graders.IsEmpty)
            await say.WriteLineAsync("no model has the role \"grader\": scores come from rules only");
        return Array.TrueForAll(answers, a => a.Answer.Reply is { } reply && IsAsAsked(reply));
    }

    private static string Answers(ModelEntry model, ModelReply reply) => string.Create(
        CultureInfo.InvariantCulture,
        $"answers in {reply.Latency.TotalSeconds:0.0} s as {reply.Model}, {reply.InputTokens} tokens in and {reply.OutputTokens} out; {string.Join(" and ", model.Roles.Order().Select(Words.Name))}");

    // A model that talks instead would fail each grade, hours later.
    private static bool IsAsAsked(ModelReply reply)
    {
        try
        {
            using var read = JsonDocument.Parse(GraderJson.Bare(reply.Text));
            return read.RootElement is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty("word", out var word) && word.ValueKind == JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Command Permit(bool allowed)
    {
        var (dataDir, connectionString) = (CommonOptions.DataDir(), CommonOptions.ConnectionString());
        var command = new Command(
            allowed ? "allow" : "forbid",
            allowed ? "Let what candidates write go to the configured models again" : "Send nothing that candidates write to any model: new sessions are scored by rules, and waiting grades wait")
        {
            dataDir, connectionString,
        };
        command.SetAction((parsed, cancellation) => DatabaseCommands.WithDatabaseAsync(
            parsed.GetValue(dataDir),
            parsed.GetValue(connectionString),
            async database =>
            {
                await new ModelCalls(database.Source).AllowAsync(allowed, cancellation);
                Console.WriteLine(allowed ? "Language models may be used." : "Language models are forbidden: nothing that candidates write is sent to any.");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }
}
