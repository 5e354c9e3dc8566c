using System.CommandLine;
using BotPlatform.Adapters;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Commands;

/// <summary>Options that several commands share, and what they mean together with the environment.</summary>
public static class CommonOptions
{
    private const string SlackPrefix = SlackSettings.Section + "__";

    private static readonly Dictionary<string, string> SlacksOwn = new(StringComparer.Ordinal)
    {
        ["SLACK_BOT_TOKEN"] = "BotToken",
        ["SLACK_SIGNING_SECRET"] = "SigningSecret",
        ["SLACK_APP_TOKEN"] = "AppToken",
        ["SLACK_CLIENT_ID"] = "ClientId",
        ["SLACK_CLIENT_SECRET"] = "ClientSecret",
    };

    public static Option<string?> DataDir() => new("--data-dir")
    {
        Description = "Folder for the private database and keys (default: the user's data folder; /var/lib/botplatform for root)",
        HelpName = "DIR",
    };

    public static Option<string?> ConnectionString() => new("--connection-string")
    {
        Description = "A PostgreSQL server to use instead of a private one (or BOTPLATFORM_CONNECTION_STRING)",
        HelpName = "STRING",
    };

    public static Option<string?> Content() => new("--content")
    {
        Description = "Folder that holds prompts/ and rubrics/ (default: those this release ships with)",
        HelpName = "DIR",
    };

    public static Option<double> QuietPeriod()
    {
        var option = new Option<double>("--quiet-period")
        {
            Description = "Seconds of silence after which several messages are taken as one answer",
            DefaultValueFactory = _ => SessionSettings.Default.QuietPeriod.TotalSeconds,
            HelpName = "SECONDS",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, out var seconds) && seconds is < 0 or > 600)
                result.AddError("--quiet-period: expected 0 to 600 seconds");
        });
        return option;
    }

    public static Option<string?> ModelsOption() => new("--models")
    {
        Description = $"JSON file of language models (or {ModelsFile.Variable}; default: OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY where set)",
        HelpName = "FILE",
    };

    public static Outcome<ModelSettings> ModelsOf(string? option) => ModelsFile.Read(option, Environment.GetEnvironmentVariable);

    /// <summary>
    /// How Slack is spoken to, if at all: variables such as <c>Slack__BotToken</c>, or those that Slack's own tools use.
    /// </summary>
    public static Outcome<SlackChoice> SlackOf(System.Collections.IDictionary environment)
    {
        var set = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (System.Collections.DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (name.StartsWith(SlackPrefix, StringComparison.OrdinalIgnoreCase))
                set[name[SlackPrefix.Length..]] = (string?)variable.Value;
            else if (SlacksOwn.TryGetValue(name, out var ours))
                set.TryAdd(ours, (string?)variable.Value);
        }

        if (set.Values.All(string.IsNullOrWhiteSpace))
            return new SlackChoice(null);
        return SlackSettings.Read(set).TryGet(out var settings, out var refusal) ? new SlackChoice(settings) : new Refusal(refusal);
    }

    public static Option<string> Format()
    {
        var option = new Option<string>("--format")
        {
            Description = "text or json",
            DefaultValueFactory = _ => "text",
            HelpName = "FORMAT",
        };
        return option.AcceptOnlyFromAmong("text", "json");
    }

    public static string DataFolderOf(string? option) =>
        Path.GetFullPath(option ?? Environment.GetEnvironmentVariable("BOTPLATFORM_DATA_DIR") ?? DataFolder.Default());

    public static string ContentFolderOf(string? option) =>
        Path.GetFullPath(option ?? AppContext.BaseDirectory);

    public static DatabaseOptions DatabaseOf(string? connectionString, string dataFolder) =>
        new(connectionString ?? Environment.GetEnvironmentVariable("BOTPLATFORM_CONNECTION_STRING"), dataFolder);
}

/// <summary>Whether Slack is spoken to, and how; null settings where it is not.</summary>
public sealed record SlackChoice(SlackSettings? Settings);
