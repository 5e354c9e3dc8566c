using System.Collections.Immutable;

namespace BotPlatform.Adapters.LanguageModels;

public enum ModelProvider
{
    /// <summary>OpenAI, and whatever speaks its protocol: Ollama, vLLM and others, by base URL.</summary>
    OpenAi,
    AzureOpenAi,
    Anthropic,
}

public enum ModelRole
{
    Interviewer,
    Grader,
}

/// <summary>US dollars for a million tokens.</summary>
public sealed record ModelPrice(double Input, double Output);

/// <summary>One configured language model.</summary>
/// <param name="Name">What operators call it; unique.</param>
/// <param name="Model">What its provider calls it; for Azure the deployment.</param>
/// <param name="BaseUrl">Null for the provider's own address.</param>
/// <param name="Key">Empty where none is needed.</param>
/// <param name="Temperature">0 to 2; null leaves it to the provider. Anthropic's is never sent: its API takes none any more.</param>
/// <param name="Concurrency">Calls at once, at most.</param>
/// <param name="Timeout">For one attempt.</param>
public sealed record ModelEntry(
    string Name,
    ModelProvider Provider,
    string Model,
    Uri? BaseUrl,
    string Key,
    ImmutableHashSet<ModelRole> Roles,
    double? Temperature,
    ModelPrice? Price,
    int Concurrency,
    TimeSpan Timeout)
{
    public const int DefaultConcurrency = 8;
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(90);

    /// <summary>Whose model it is, as candidates are told.</summary>
    public string Owner => (Provider, BaseUrl) switch
    {
        (ModelProvider.AzureOpenAi, _) => "Microsoft Azure OpenAI",
        (ModelProvider.Anthropic, null) => "Anthropic",
        (_, null) => "OpenAI",
        (_, { IsLoopback: true }) => $"this installation ({Model})",
        (_, { } url) => url.Host == "api.openai.com" ? "OpenAI" : url.Host == "api.anthropic.com" ? "Anthropic" : $"{url.Host} ({Model})",
    };

    /// <summary>Never shows the key.</summary>
    public override string ToString() => $"{Name} ({Model})";
}

/// <summary>What may be spent; null is no limit. Reaching one makes work wait and tells an operator.</summary>
/// <param name="SessionTokens">Input and output together, for one session.</param>
/// <param name="SessionCost">US dollars, where prices are configured.</param>
public sealed record ModelBudget(long? SessionTokens, double? SessionCost, long? DayTokens, double? DayCost)
{
    public static readonly ModelBudget Default = new(SessionTokens: 600_000, SessionCost: null, DayTokens: 30_000_000, DayCost: null);
}

/// <summary>Every configured model and how they are used together.</summary>
/// <param name="Samples">For one grade, 2 to 9; spread over all graders in turn.</param>
public sealed record ModelSettings(ImmutableArray<ModelEntry> Models, int Samples, ModelBudget Budget)
{
    public const int DefaultSamples = 3;
    public const int FewestSamples = 2;
    public const int MostSamples = 9;

    public static readonly ModelSettings None = new([], DefaultSamples, ModelBudget.Default);

    public ImmutableArray<ModelEntry> Graders => [.. Models.Where(m => m.Roles.Contains(ModelRole.Grader))];

    /// <summary>The first with that role words questions; null when none does.</summary>
    public ModelEntry? Interviewer => Models.FirstOrDefault(m => m.Roles.Contains(ModelRole.Interviewer));

    /// <summary>Whose models the candidate's text goes to, as candidates are told; null when to none.</summary>
    public string? SentTo => Models.IsEmpty ? null : string.Join(" and ", Models.Select(m => m.Owner).Distinct(StringComparer.Ordinal));
}
