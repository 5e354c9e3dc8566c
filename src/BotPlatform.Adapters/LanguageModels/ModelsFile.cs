using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>
/// Which models there are: from a JSON file where one is named, else from the variables that the providers' own tools
/// use. A key never stands in the file; it names the variable that holds it.
/// </summary>
public static class ModelsFile
{
    public const string Variable = "BOTPLATFORM_MODELS";
    private const string OpenAiDefault = "gpt-4.1";
    private const string AnthropicDefault = "claude-sonnet-4-5";
    private const int ShortestKey = 16;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <param name="variable">The environment.</param>
    public static Outcome<ModelSettings> Read(string? path, Func<string, string?> variable)
    {
        path ??= variable(Variable);
        if (string.IsNullOrWhiteSpace(path))
            return FromEnvironment(variable);
        try
        {
            var written = JsonSerializer.Deserialize<Written>(File.ReadAllText(path), Options);
            return written is null ? new Refusal($"{path}: expected an object with \"models\", found null") : Checked(path, written, variable);
        }
        catch (JsonException e)
        {
            return new Refusal($"{path}:{e.LineNumber + 1}: expected {(e.Path is { Length: > 1 } at ? $"another value or key at {at}" : "JSON with \"models\", \"samples\" and \"budget\"")}; see the README on language models");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal($"{path}: expected a readable file, found none ({e.GetType().Name})");
        }
    }

    private static Outcome<ModelSettings> FromEnvironment(Func<string, string?> variable)
    {
        var models = new List<ModelEntry>();
        var (key, url) = (Value("OPENAI_API_KEY"), Value("OPENAI_BASE_URL"));
        Uri? address = null;
        if (url is not null && !IsAddress(url, out address))
            return new Refusal($"OPENAI_BASE_URL: expected an address such as http://localhost:11434/v1, found {Found(url)}");
        if (key is not null || address is not null)
            models.Add(Entry("openai", ModelProvider.OpenAi, Value("OPENAI_MODEL") ?? OpenAiDefault, address, key ?? ""));
        Uri? anthropic = null;
        if (Value("ANTHROPIC_BASE_URL") is { } other && !IsAddress(other, out anthropic))
            return new Refusal($"ANTHROPIC_BASE_URL: expected an address such as https://api.anthropic.com, found {Found(other)}");
        if (Value("ANTHROPIC_API_KEY") is { } anthropicKey)
            models.Add(Entry("anthropic", ModelProvider.Anthropic, Value("ANTHROPIC_MODEL") ?? AnthropicDefault, anthropic, anthropicKey));
        return ModelSettings.None with { Models = [.. models] };

        string? Value(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    private static Outcome<ModelSettings> Checked(string path, Written written, Func<string, string?> variable)
    {
        var models = new List<ModelEntry>();
        foreach (var (i, model) in (written.Models ?? []).Index())
        {
            if (Checked(model, variable, out var entry) is { } fault)
                return new Refusal($"{path}: models[{i}]: {fault}");
            if (models.Exists(m => m.Name == entry!.Name))
                return new Refusal($"{path}: models[{i}]: expected a name of its own, found '{entry!.Name}' again");
            models.Add(entry!);
        }

        if (written.Samples is { } samples and (< ModelSettings.FewestSamples or > ModelSettings.MostSamples))
            return new Refusal($"{path}: \"samples\": expected {ModelSettings.FewestSamples} to {ModelSettings.MostSamples}, found {samples}");
        var budget = written.Budget;
        if (new double?[] { budget?.SessionTokens, budget?.SessionCost, budget?.DayTokens, budget?.DayCost }.Any(b => b is not null and not > 0))
            return new Refusal($"{path}: \"budget\": expected numbers above 0");
        return new ModelSettings(
            [.. models],
            written.Samples ?? ModelSettings.DefaultSamples,
            budget is null ? ModelBudget.Default : new ModelBudget(budget.SessionTokens ?? ModelBudget.Default.SessionTokens, budget.SessionCost, budget.DayTokens ?? ModelBudget.Default.DayTokens, budget.DayCost));
    }

    private static string? Checked(WrittenModel? model, Func<string, string?> variable, out ModelEntry? entry)
    {
        entry = null;
        if (model is null)
            return "expected an object, found null";
        if (string.IsNullOrWhiteSpace(model.Name))
            return "\"name\" is missing";
        if (Interviewing.Words.Parse<ModelProvider>(model.Provider?.Replace('-', '_').Replace("openai", "open_ai", StringComparison.Ordinal)) is not { } provider)
            return $"\"provider\": expected openai, azure-openai or anthropic, found '{model.Provider}'";
        if (string.IsNullOrWhiteSpace(model.Model))
            return "\"model\" is missing";
        Uri? url = null;
        if (model.BaseUrl is not null && !IsAddress(model.BaseUrl, out url))
            return $"\"base-url\": expected an address such as https://example.org/v1, found {Found(model.BaseUrl)}";
        if (provider == ModelProvider.AzureOpenAi && url is null)
            return "\"base-url\": Azure needs one, as https://NAME.openai.azure.com";
        // Who writes the key itself there must not find it in a log.
        if (model.KeyEnv is { } name && !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            return "\"key-env\": expected the name of the variable that holds the key, such as OPENAI_API_KEY";
        var key = model.KeyEnv is null ? "" : variable(model.KeyEnv) ?? "";
        if (key.Length == 0 && (model.KeyEnv is not null || url is null))
            return model.KeyEnv is null ? "\"key-env\" is missing: the name of the variable that holds the key" : $"the variable {model.KeyEnv} is not set";
        var roles = (model.Roles ?? []).Select(r => (Written: r, Role: Interviewing.Words.Parse<ModelRole>(r))).ToArray();
        if (Array.Exists(roles, r => r.Role is null))
            return $"\"roles\": expected {Interviewing.Words.Choices<ModelRole>()}, found '{roles.First(r => r.Role is null).Written}'";
        if (model.Temperature is < 0 or > 2 || model.Concurrency is < 1 or > 1000 || model.Timeout is <= 0 or > 3600 || model.InputPrice is < 0 || model.OutputPrice is < 0)
            return "expected \"temperature\" 0 to 2, \"concurrency\" 1 to 1000, \"timeout\" in seconds up to 3600, prices not below 0";
        entry = Entry(model.Name, provider, model.Model, url, key) with
        {
            Roles = roles.Length == 0 ? BothRoles : [.. roles.Select(r => r.Role!.Value)],
            Temperature = model.Temperature,
            Price = model.InputPrice is null && model.OutputPrice is null ? null : new ModelPrice(model.InputPrice ?? 0, model.OutputPrice ?? 0),
            Concurrency = model.Concurrency ?? ModelEntry.DefaultConcurrency,
            Timeout = model.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : ModelEntry.DefaultTimeout,
        };
        return null;
    }

    private static ImmutableHashSet<ModelRole> BothRoles => [ModelRole.Interviewer, ModelRole.Grader];

    private static ModelEntry Entry(string name, ModelProvider provider, string model, Uri? url, string key) =>
        new(name, provider, model, url, key, BothRoles, Temperature: null, Price: null, ModelEntry.DefaultConcurrency, ModelEntry.DefaultTimeout);

    // A key that was put in the wrong place must not be repeated.
    private static string Found(string address) =>
        address.Length < ShortestKey || address.AsSpan().IndexOfAny(":./") >= 0 ? $"'{address}'" : "something else";

    private static bool IsAddress(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https";

    private sealed record Written(List<WrittenModel?>? Models, int? Samples, WrittenBudget? Budget);

    private sealed record WrittenModel(
        string? Name,
        string? Provider,
        string? Model,
        string? BaseUrl,
        string? KeyEnv,
        List<string>? Roles,
        double? Temperature,
        double? InputPrice,
        double? OutputPrice,
        int? Concurrency,
        double? Timeout);

    private sealed record WrittenBudget(long? SessionTokens, double? SessionCost, long? DayTokens, double? DayCost);
}
