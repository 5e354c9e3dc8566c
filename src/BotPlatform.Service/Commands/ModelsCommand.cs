using System.CommandLine;
using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Hosting;

namespace BotPlatform.Service.Commands;

/// <summary><c>models check|allow|forbid</c>: whether language models answer, and whether they may be used.</summary>
public static class ModelsCommand
{
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
        {
            await say.WriteLineAsync(reply is not null
                ? $"{model}: answers in {reply.Latency.TotalSeconds:0.0} s as {reply.Model}, {reply.InputTokens} + {reply.OutputTokens} tokens"
                : $"{model}: {failure!.InWords(model)}");
        }

        return answers.All(a => a.Answer.Reply is not null);
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
                await new ModelCalls(database.Source).AllowAsync(Workspace.Local, allowed, cancellation);
                Console.WriteLine(allowed ? "Language models may be used." : "Language models are forbidden: nothing that candidates write is sent to any.");
                return Exit.Fine;
            },
            cancellation));
        return command;
    }
}
