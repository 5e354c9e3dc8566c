using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>What a model that does as it is told would say to our own requests: grades and wordings made from the request itself.</summary>
internal static class GoodReplies
{
    /// <summary>A grade of one value for every criterion, or the wording that was offered.</summary>
    public static ModelAnswer To(ModelRequest request, int value = 3) =>
        new ModelAnswer.Text(IsGrade(request) ? Grade(request, value).ToJsonString() : Wording(request).ToJsonString());

    public static bool IsGrade(ModelRequest request) => Property(request, "scores") is not null;

    /// <summary>Every criterion with its essentials met and the first sentence of the longest candidate turn as its quote.</summary>
    public static JsonObject Grade(ModelRequest request, int value, Func<string, int>? valueOf = null)
    {
        var turns = Data(request).GetProperty("turns").EnumerateArray().Where(t => t.GetProperty("speaker").GetString() == "candidate" && !t.TryGetProperty("note", out _)).ToArray();
        var longest = turns.MaxBy(t => t.GetProperty("text").GetString()!.Length);
        var essentials = Essentials(request.System);
        return new JsonObject
        {
            ["language"] = "en",
            ["scores"] = new JsonArray(
            [
                .. essentials.Select(c => (JsonNode)Criterion(
                    c.Key, valueOf?.Invoke(c.Key) ?? value, c.Value, longest.ValueKind == JsonValueKind.Undefined ? null : (longest.GetProperty("n").GetInt32(), Part(longest.GetProperty("text").GetString()!)))),
            ]),
        };
    }

    /// <summary>The first gap in words of its own, never the same twice, and the first fact where one is offered.</summary>
    public static JsonObject Wording(ModelRequest request)
    {
        var asked = Data(request);
        var gap = asked.GetProperty("gaps").EnumerateArray().FirstOrDefault();
        var before = asked.GetProperty("turns").EnumerateArray().Count(t => t.GetProperty("text").GetString()!.Contains("tell me more", StringComparison.Ordinal));
        var fact = asked.GetProperty("facts").EnumerateArray().FirstOrDefault();
        return new JsonObject
        {
            ["gap"] = gap.ValueKind == JsonValueKind.Undefined ? null : gap.GetProperty("id").GetString(),
            ["facts"] = fact.ValueKind == JsonValueKind.Undefined ? [] : new JsonArray((JsonNode)fact.GetProperty("id").GetString()!),
            ["answer"] = fact.ValueKind == JsonValueKind.Undefined ? "" : fact.GetProperty("text").GetString(),
            ["question"] = $"Could you tell me more about that part{string.Concat(Enumerable.Repeat(", please", before))}?",
        };
    }

    /// <summary>The JSON between the two boundaries.</summary>
    public static JsonElement Data(ModelRequest request)
    {
        var lines = request.Messages[^1].Text.Split('\n');
        return JsonDocument.Parse(string.Join('\n', lines[1..^1])).RootElement;
    }

    private static JsonObject Criterion(string id, int value, string[] essentials, (int Turn, string Text)? quote) => new()
    {
        ["criterion"] = id,
        ["anchors"] = new JsonArray([.. Enumerable.Range(1, 4).Select(n => (JsonNode)(n <= value))]),
        ["essentials"] = new JsonArray([.. essentials.Select(e => (JsonNode)new JsonObject { ["id"] = e, ["met"] = value >= 3 })]),
        ["quotes"] = quote is { } q && value > 1 ? new JsonArray(new JsonObject { ["turn"] = q.Turn, ["text"] = q.Text }) : [],
        ["value"] = value,
        ["missing"] = value < 4 ? "The last step to the level above." : "",
        ["raise"] = value < 4 ? "Say what it costs and what it brings." : "",
    };

    // The rubric as the prompt writes it: "## id: about", and below it "Essentials: `a` ...; `b` ...".
    private static Dictionary<string, string[]> Essentials(string system)
    {
        var found = new Dictionary<string, string[]>();
        var criterion = "";
        foreach (var line in system.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                found[criterion = line[3..line.IndexOf(':', StringComparison.Ordinal)]] = [];
            else if (line.StartsWith("Essentials: ", StringComparison.Ordinal))
                found[criterion] = [.. line.Split('`').Where((_, i) => i % 2 == 1)];
        }

        return found;
    }

    private static string Part(string text) => text.Length <= 60 ? text : text[..60].TrimEnd();

    private static JsonElement? Property(ModelRequest request, string name) =>
        request.Schema is { } schema && schema.GetProperty("properties").TryGetProperty(name, out var found) ? found : null;
}
