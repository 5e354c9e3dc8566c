using System.Collections.Immutable;
using System.Text.Json;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Calibration;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Adapters.Transcripts;

/// <summary>
/// Reads <c>{"session","level","scores":{"&lt;criterion&gt;":{"score","quotes","why"}},"recommendation"}</c>. A criterion
/// may be missing or null, a score null; unknown criteria and values off the scale are refused, unknown fields ignored.
/// </summary>
public static class RatingFile
{
    private const string Recommendations = "strong_no, no, yes or strong_yes";

    /// <param name="session">The id of the session that this rating must be of.</param>
    /// <param name="criteria">The ids that a rating may name.</param>
    public static Task<Outcome<Rating>> ReadAsync(
        string path, string rater, string session, IReadOnlyCollection<string> criteria, CancellationToken cancellation) =>
        JsonFile.ReadAsync(path, root => Read(path, root, rater, session, criteria), cancellation);

    public static Outcome<Rating> Parse(
        string path, ReadOnlyMemory<byte> json, string rater, string session, IReadOnlyCollection<string> criteria) =>
        JsonFile.Parse(path, json, root => Read(path, root, rater, session, criteria));

    private static Outcome<Rating> Read(
        string path, JsonElement root, string rater, string session, IReadOnlyCollection<string> criteria)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new Refusal($"{path}: expected an object with session, level, scores and recommendation");
        if (JsonFile.Has(root, "session", out var of) && JsonFile.Text(root, "session") != session)
            return new Refusal($"{path}: \"session\": expected '{session}', found '{JsonFile.Shown(of)}'");
        var level = Levels.Parse(JsonFile.Text(root, "level"));
        if (level is null && JsonFile.Has(root, "level", out var levelName))
            return new Refusal($"{path}: \"level\": expected {Words.Choices<Level>()}, found '{JsonFile.Shown(levelName)}'");
        var recommendation = Words.Parse<Recommendation>(JsonFile.Text(root, "recommendation"));
        if (recommendation is null or Recommendation.InsufficientEvidence && JsonFile.Has(root, "recommendation", out var advice))
            return new Refusal($"{path}: \"recommendation\": expected {Recommendations}, found '{JsonFile.Shown(advice)}'");
        if (!root.TryGetProperty("scores", out var list) || list.ValueKind != JsonValueKind.Object)
            return new Refusal($"{path}: \"scores\": expected an object with a score for each criterion");

        var scores = ImmutableDictionary.CreateBuilder<string, RatedScore>();
        foreach (var entry in list.EnumerateObject().Where(e => e.Value.ValueKind != JsonValueKind.Null))
        {
            if (!criteria.Contains(entry.Name))
                return new Refusal($"{path}: scores: '{JsonFile.Shorten(entry.Name)}' is no criterion, expected {string.Join(", ", criteria)}");
            if (ReadScore(entry.Value) is not { } score)
                return new Refusal($"{path}: scores.{entry.Name}: expected an object with a \"score\" of 1 to 4 or null, and a \"why\"");
            scores.Add(entry.Name, score);
        }

        return new Rating(rater, level, scores.ToImmutable(), recommendation);
    }

    private static RatedScore? ReadScore(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("score", out var score))
            return null;
        var why = JsonFile.Text(entry, "why") ?? "";
        if (score.ValueKind == JsonValueKind.Null)
            return new RatedScore(null, why);
        return score.ValueKind == JsonValueKind.Number && score.TryGetInt32(out var value) && value is >= 1 and <= 4
            ? new RatedScore(value, why)
            : null;
    }
}
