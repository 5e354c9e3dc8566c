using System.Collections.Immutable;
using System.Text.Json;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Adapters.Transcripts;

/// <summary>An interview as a file holds it, in the format of the gold sessions.</summary>
/// <param name="Level">As written; null when the file leaves it out.</param>
public sealed record Transcript(string Id, string Problem, Level? Level, ImmutableArray<Turn> Turns);

/// <summary>Reads <c>{"id","problem","level","turns":[{"n","speaker","step","text"}]}</c>; unknown fields are ignored.</summary>
public static class TranscriptFile
{
    /// <param name="path">Only for the refusal, which is one line that names file, place and what was expected.</param>
    public static Task<Outcome<Transcript>> ReadAsync(string path, CancellationToken cancellation) =>
        JsonFile.ReadAsync(path, root => Read(path, root), cancellation);

    public static Outcome<Transcript> Parse(string path, ReadOnlyMemory<byte> json) =>
        JsonFile.Parse(path, json, root => Read(path, root));

    private static Outcome<Transcript> Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new Refusal($"{path}: expected an object with id, problem, level and turns");
        if (JsonFile.Text(root, "problem") is not { Length: > 0 } problem)
            return new Refusal($"{path}: \"problem\": expected the name of a problem");
        var levelName = JsonFile.Text(root, "level");
        if (levelName is not null && Levels.Parse(levelName) is null)
            return new Refusal($"{path}: \"level\": expected {Words.Choices<Level>()}, found '{JsonFile.Shown(root.GetProperty("level"))}'");
        if (!root.TryGetProperty("turns", out var turns) || turns.ValueKind != JsonValueKind.Array)
            return new Refusal($"{path}: \"turns\": expected a list");
        var read = ImmutableArray.CreateBuilder<Turn>();
        foreach (var element in turns.EnumerateArray())
        {
            var (turn, wrong) = ReadTurn(element, after: read.Count == 0 ? 0 : read[^1].N);
            if (turn is null)
                return new Refusal($"{path}: turns[{read.Count}].{wrong}");
            read.Add(turn);
        }

        return read.Any(t => t.Speaker == Speaker.Candidate && !string.IsNullOrWhiteSpace(t.Text))
            ? new Transcript(JsonFile.Text(root, "id") ?? Path.GetFileNameWithoutExtension(path), problem, Levels.Parse(levelName), read.ToImmutable())
            : new Refusal($"{path}: holds no turn of a candidate, so there is nothing to score");
    }

    private static (Turn? Turn, string Wrong) ReadTurn(JsonElement turn, int after)
    {
        if (turn.ValueKind != JsonValueKind.Object)
            return (null, "n: expected an object with n, speaker, step and text");
        if (!turn.TryGetProperty("n", out var number) || number.ValueKind != JsonValueKind.Number
            || !number.TryGetInt32(out var n) || n <= after)
            return (null, $"n: expected a whole number above {after}");
        if (Words.Parse<Speaker>(JsonFile.Text(turn, "speaker")) is not { } speaker)
            return (null, $"speaker: expected {Words.Choices<Speaker>()}");
        if (Steps.Parse(JsonFile.Text(turn, "step")) is not { } step)
            return (null, $"step: expected {Words.Choices<Step>()}");
        return JsonFile.Text(turn, "text") is { } text ? (new Turn(n, speaker, step, text), "") : (null, "text: expected a string");
    }
}
