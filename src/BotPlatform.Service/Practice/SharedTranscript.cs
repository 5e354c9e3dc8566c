using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Practice;

/// <summary>A turn of a transcript that is only read, or files that came without a word.</summary>
/// <param name="Told">Null for files alone.</param>
/// <param name="Begins">The step whose first turn it is; null for a step that has begun before.</param>
public sealed record TranscriptLine(SessionTurn? Told, IReadOnlyList<Attachment> Files, Step? Begins);

/// <summary>A session as whoever has a link to it reads it.</summary>
public static class SharedTranscript
{
    public static IReadOnlyList<TranscriptLine> Of(Session session, IReadOnlyList<Attachment> files)
    {
        var byMessage = files.ToLookup(f => f.MessageKey, StringComparer.Ordinal);
        var said = session.Turns.Select(t => t.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var alone = new Queue<IGrouping<string, Attachment>>(byMessage.Where(m => !said.Contains(m.Key)));
        var lines = new List<TranscriptLine>();
        Step? step = null;
        foreach (var told in session.Turns)
        {
            while (alone.TryPeek(out var earlier) && earlier.First().ReceivedAt < told.At.UtcDateTime)
                lines.Add(new TranscriptLine(null, [.. alone.Dequeue()], null));
            var beforeAll = step is null && told.Kind == TurnKind.Notice;
            var begins = told.Turn.Step != step && !beforeAll ? told.Turn.Step : (Step?)null;
            step = begins ?? step;
            // Who takes a message back takes back what came with it.
            lines.Add(new TranscriptLine(told, told.Key is { } key && !told.Deleted ? [.. byMessage[key]] : [], begins));
        }

        lines.AddRange(alone.Select(m => new TranscriptLine(null, [.. m], null)));
        return lines;
    }

    /// <summary>What a file is, in words.</summary>
    public static string Said(Attachment file) => $"File {file.Name}, not scored";
}
