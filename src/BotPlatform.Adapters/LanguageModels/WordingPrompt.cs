using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Wording;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>What an interviewer's model is asked, and the strict reading of what it answered.</summary>
public static class WordingPrompt
{
    private const int TurnsShown = 8;
    private const int LongestTurn = 4000;
    private const int MostOutputTokens = 600;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
    };

    /// <param name="instructions">The text of a prompt file.</param>
    public static ModelRequest Ask(string instructions, Session session, WordingOffer offer, string boundary, string sample)
    {
        var asked = new
        {
            step = session.Step.Name(),
            gaps = offer.Gaps.Select(g => new { id = g.Id, wording = g.Text.Trim() }),
            question = offer.Question,
            facts = offer.Facts.Select(f => new { id = f.Id, text = f.Answer.Trim() }),
            turns = session.Turns.Where(t => !t.Deleted && t.Kind != TurnKind.Notice).TakeLast(TurnsShown)
                .Select(t => new { speaker = Words.Name(t.Turn.Speaker), text = Shortened(t.Turn.Text) }),
        };
        return new ModelRequest([instructions], GraderPrompt.Fenced(boundary, GraderPrompt.Written(asked)), boundary, "wording", Schema(offer), MostOutputTokens, sample);
    }

    /// <summary>Null when it is not exactly of the schema's form.</summary>
    public static Worded? Read(string text)
    {
        try
        {
            var written = JsonSerializer.Deserialize<Written>(GraderJson.Bare(text), Strict);
            return written is { Facts: not null, Answer: not null, Question: not null } && !written.Facts.Contains(null!)
                ? new Worded(written.Gap, [.. written.Facts], written.Answer.Trim(), written.Question.Trim())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Schema(WordingOffer offer) => JsonSerializer.SerializeToElement(GraderJson.Object(
        ("gap", offer.Gaps.IsEmpty ? new JsonObject { ["type"] = "null" } : GraderJson.OneOf(offer.Gaps.Select(g => g.Id))),
        ("facts", GraderJson.List(offer.Facts.IsEmpty ? GraderJson.Text("none is offered: leave the list empty") : GraderJson.OneOf(offer.Facts.Select(f => f.Id)))),
        ("answer", GraderJson.Text("the facts in plain sentences, or empty")),
        ("question", GraderJson.Text("exactly one question"))));

    private static string Shortened(string text) => text.Length <= LongestTurn ? text : text[..(char.IsHighSurrogate(text[LongestTurn - 1]) ? LongestTurn - 1 : LongestTurn)] + " […]";

    private sealed record Written(string? Gap, List<string> Facts, string Answer, string Question);
}
