using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>A grade as JSON: the schema that a provider enforces where it can, and the strict reading of whatever came.</summary>
public static class GraderJson
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };

    /// <summary>Objects closed and every property required, as strict providers demand; ids and values are enumerated.</summary>
    public static JsonElement Schema(Rubric rubric, Level level)
    {
        var essentials = rubric.Criteria.SelectMany(c => c.Cells[level].Essentials).Distinct(StringComparer.Ordinal).ToArray();
        var schema = Object(
            ("language", Text("BCP 47 tag of the candidate's language")),
            ("scores", List(Object(
                ("criterion", OneOf(rubric.Criteria.Select(c => c.Id))),
                ("anchors", List(Of("boolean"), "four, for the anchors 1, 2, 3 and 4: whether each is met")),
                ("essentials", List(Object(("id", OneOf(essentials)), ("met", Of("boolean"))), "each essential of the criterion once")),
                ("quotes", List(Object(("turn", Of("integer")), ("text", Text("copied letter by letter from that turn"))), "empty for a value of 1 only")),
                ("value", new JsonObject { ["type"] = "integer", ["enum"] = new JsonArray(1, 2, 3, 4) }),
                ("missing", Text("one sentence, or empty")),
                ("raise", Text("one sentence, or empty"))), $"the {rubric.Criteria.Length} criteria, each once")));
        return JsonSerializer.SerializeToElement(schema);
    }

    /// <summary>Null when it is not exactly of the schema's form; what it claims is verified elsewhere.</summary>
    public static GraderReply? Read(string text)
    {
        try
        {
            var reply = JsonSerializer.Deserialize<WrittenReply>(Bare(text), Strict);
            return reply is not null && IsWhole(reply) ? new GraderReply(reply.Language, [.. reply.Scores.Select(Criterion)]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Models without enforced schemas like to put JSON between fences.
    public static string Bare(string text)
    {
        text = text.Trim();
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.Length < 6)
            return text;
        var start = text.IndexOf('\n', StringComparison.Ordinal);
        return start < 0 ? text : text[start..^3].Trim();
    }

    // What stands in a list may be null whatever its type says.
    private static bool IsWhole(WrittenReply reply) => reply.Scores.All(s => s is not null && s.Essentials.All(e => e is not null) && s.Quotes.All(q => q is not null));

    private static GradedCriterion Criterion(WrittenScore score) => new(
        score.Criterion,
        score.Value,
        [.. score.Anchors],
        [.. score.Essentials.Select(e => new GradedEssential(e.Id, e.Met))],
        [.. score.Quotes.Select(q => new GradedQuote(q.Turn, q.Text))],
        score.Missing,
        score.Raise);

    internal static JsonObject Object(params (string Name, JsonNode Schema)[] properties) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))),
        ["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Name)]),
        ["additionalProperties"] = false,
    };

    internal static JsonObject List(JsonNode items, string? about = null)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = items };
        if (about is not null)
            list["description"] = about;
        return list;
    }

    internal static JsonObject OneOf(IEnumerable<string> values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) };

    internal static JsonObject Text(string about) => new() { ["type"] = "string", ["description"] = about };

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private sealed record WrittenReply(string Language, ImmutableArray<WrittenScore> Scores);

    private sealed record WrittenScore(
        string Criterion,
        ImmutableArray<bool> Anchors,
        ImmutableArray<WrittenEssential> Essentials,
        ImmutableArray<WrittenQuote> Quotes,
        int Value,
        string Missing,
        string Raise);

    private sealed record WrittenEssential(string Id, bool Met);

    private sealed record WrittenQuote(int Turn, string Text);
}
