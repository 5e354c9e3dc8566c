using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>One question to a model.</summary>
/// <param name="System">Our instructions, the most lasting part first so that providers can keep it; never holds candidate text.</param>
/// <param name="User">The candidate's text as data, between two lines that read <paramref name="Boundary"/>.</param>
/// <param name="SchemaName">Of the JSON that is to come back.</param>
/// <param name="Sample">Which of several alike, for recordings: "1", or "1b" when it was asked for once more.</param>
public sealed record ModelRequest(
    ImmutableArray<string> System, string User, string Boundary, string SchemaName, JsonElement Schema, int MostOutputTokens, string Sample)
{
    private const string MaskedBoundary = "BOUNDARY";

    /// <summary>SHA-256 of all that decides the reply, with the boundary masked: it differs for the same session each time.</summary>
    public string Hash(ModelEntry model)
    {
        var text = new StringBuilder();
        foreach (var part in (IEnumerable<string>)[model.Model, Parameters(model), SchemaName, Schema.GetRawText(), .. System, User.Replace(Boundary, MaskedBoundary, StringComparison.Ordinal)])
            text.Append(part.Length).Append(':').Append(part).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>What a reply depends on besides the text, as it is stored.</summary>
    public string Parameters(ModelEntry model) => JsonSerializer.Serialize(new
    {
        temperature = model.Provider == ModelProvider.Anthropic ? null : model.Temperature,
        max_output_tokens = MostOutputTokens,
        response_format = "json_schema",
    });
}

/// <summary>A model's reply, as text that is not believed yet.</summary>
/// <param name="Model">As the provider reported it.</param>
/// <param name="Cost">US dollars; null without a configured price.</param>
public sealed record ModelReply(string Text, string Model, int InputTokens, int OutputTokens, int CachedTokens, double? Cost, TimeSpan Latency);

/// <summary>What one call used, whatever came of it; see <see cref="ModelReply"/>.</summary>
public sealed record ModelSpent(int InputTokens, int OutputTokens, int CachedTokens, double? Cost)
{
    public static readonly ModelSpent Nothing = new(0, 0, 0, Cost: null);
}
