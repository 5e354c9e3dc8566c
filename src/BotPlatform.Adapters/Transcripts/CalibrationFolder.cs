using System.Collections.Immutable;
using BotPlatform.Interviewing.Calibration;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Adapters.Transcripts;

/// <summary>A transcript and who rated it.</summary>
/// <param name="Name">The file's name without <c>.json</c>, by which ratings find it.</param>
public sealed record RatedTranscript(string Name, Transcript Transcript, Level Level, ImmutableArray<Rating> Ratings);

/// <summary>
/// <c>DIR/sessions/*.json</c> and <c>DIR/ratings/&lt;rater&gt;/&lt;session&gt;.json</c>, in the order of their names.
/// </summary>
/// <param name="Sessions">Those with at least one rating.</param>
/// <param name="Notices">What was left out and why, one line each.</param>
public sealed record CalibrationFolder(ImmutableArray<RatedTranscript> Sessions, ImmutableArray<string> Notices)
{
    /// <param name="only">Names of the sessions to read; empty for all.</param>
    /// <param name="criteria">The ids that a rating may name.</param>
    /// <returns>Refused at the first file that is broken: figures over what happens to be whole would mislead.</returns>
    public static async Task<Outcome<CalibrationFolder>> ReadAsync(
        string folder, IReadOnlyCollection<string> only, IReadOnlyCollection<string> criteria, CancellationToken cancellation)
    {
        var (sessions, ratings) = (Path.Combine(folder, "sessions"), Path.Combine(folder, "ratings"));
        if (new[] { folder, sessions, ratings }.FirstOrDefault(f => !Directory.Exists(f)) is { } absent)
            return new Refusal($"{absent}: there is no such folder, expected DIR/sessions/*.json and DIR/ratings/<rater>/<session>.json");
        try
        {
            return await ReadAsync(sessions, ratings, only, criteria, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal($"{folder}: cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task<Outcome<CalibrationFolder>> ReadAsync(
        string sessions, string ratings, IReadOnlyCollection<string> only, IReadOnlyCollection<string> criteria, CancellationToken cancellation)
    {
        var names = Names(sessions);
        if (only.FirstOrDefault(n => !names.Contains(n)) is { } unknown)
            return new Refusal($"{sessions}: there is no session '{unknown}'");
        var raters = Directory.GetDirectories(ratings).Order(StringComparer.Ordinal).ToDictionary(r => r, Names);
        var rated = ImmutableArray.CreateBuilder<RatedTranscript>();
        var notices = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names.Where(n => only.Count == 0 || only.Contains(n)))
        {
            if (!(await ReadSessionAsync(sessions, name, raters, criteria, cancellation)).TryGet(out var session, out var refusal))
                return new Refusal(refusal);
            if (session.Ratings.IsEmpty)
                notices.Add($"{Path.Combine(sessions, name)}.json: nobody rated it, left out");
            else
                rated.Add(session);
        }

        notices.AddRange(
            from rater in raters
            from name in rater.Value.Except(names)
            select $"{Path.Combine(rater.Key, name)}.json: there is no such session, left out");
        return rated.Count == 0
            ? new Refusal($"{sessions}: expected at least one session with a rating in {ratings}/<rater>")
            : new CalibrationFolder(rated.ToImmutable(), notices.ToImmutable());
    }

    private static async Task<Outcome<RatedTranscript>> ReadSessionAsync(
        string sessions,
        string name,
        Dictionary<string, ImmutableArray<string>> raters,
        IReadOnlyCollection<string> criteria,
        CancellationToken cancellation)
    {
        var path = Path.Combine(sessions, name + ".json");
        if (!(await TranscriptFile.ReadAsync(path, cancellation)).TryGet(out var transcript, out var refusal))
            return new Refusal(refusal);
        if (transcript.Level is not { } level)
            return new Refusal($"{path}: \"level\" is missing");
        var ratings = ImmutableArray.CreateBuilder<Rating>();
        foreach (var rater in raters.Where(r => r.Value.Contains(name)).Select(r => r.Key))
        {
            var file = Path.Combine(rater, name + ".json");
            var read = await RatingFile.ReadAsync(file, Path.GetFileName(rater), transcript.Id, criteria, cancellation);
            if (!read.TryGet(out var rating, out refusal))
                return new Refusal(refusal);
            if (rating.Level is { } other && other != level)
                return new Refusal($"{file}: \"level\": rated at {other.Name()}, but the session is at {level.Name()}");
            ratings.Add(rating);
        }

        return new RatedTranscript(name, transcript, level, ratings.ToImmutable());
    }

    private static ImmutableArray<string> Names(string folder) =>
        [.. Directory.GetFiles(folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];
}
