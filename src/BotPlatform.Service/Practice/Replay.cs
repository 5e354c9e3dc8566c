using System.Globalization;
using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.LanguageModels;

namespace BotPlatform.Service.Practice;

/// <summary>Compares what is stored of a session with what its events give when they are folded and scored again.</summary>
public sealed class Replay(SessionStore store, ModelCalls calls)
{
    /// <returns>Every difference in words, without candidate text, and the engine that recorded the session.</returns>
    public async Task<(IReadOnlyList<string> Differences, string Engine)> CompareAsync(SessionRow row, CancellationToken cancellation)
    {
        var differences = new List<string>();
        var events = await store.EventsAsync(row.Key, after: 0, cancellation);
        var session = await store.LoadAsync(row, cancellation);
        Differs(differences, "version", row.Version, session.Version);
        if (events.Count > 0)
        {
            Differs(differences, "state", row.State, Words.Name(session.State));
            Differs(differences, "step", row.Step, session.Step.Name());
            Differs(differences, "problem", row.ProblemHash, session.ProblemHash);
        }

        await CompareTurnsAsync(differences, row, session, cancellation);
        if (session.Scorecard is { GraderMode: "rules" } stored)
            CompareScores(differences, stored, SessionScoring.ByRules(session));
        else if (session.Scorecard is { GraderMode: Combining.Mode } graded && await GradedAgainAsync(row.Key, session, graded, cancellation) is { } again)
            CompareScores(differences, graded, again);
        await CompareRowsAsync(differences, row, session.Scorecard, cancellation);
        return (differences, events.OfType<SessionEvent.Started>().FirstOrDefault()?.Engine ?? "-");
    }

    /// <summary>The scorecard from the replies as they are kept; null once they are not.</summary>
    private async Task<Scorecard?> GradedAgainAsync(SessionKey key, Session session, Scorecard stored, CancellationToken cancellation)
    {
        var effect = DerivedId.Of(session.Id, session.GradeAskedAt, "request_grade");
        var replies = await calls.RepliesAsync(key, effect, cancellation);
        var samples = stored.Grader!.Models.Select((model, i) => new GraderSample(
            i + 1, model, [.. Grader.KeysOf(i + 1).Select(k => replies.FirstOrDefault(r => r.Sample == k)).OfType<KeptReply>().Select(r => GraderJson.Read(r.Body)).OfType<GraderReply>()])).ToArray();
        if (samples.Any(s => s.Replies.IsEmpty))
            return null;
        var texts = new Queue<TurnText>(stored.ModelTexts());
        return Combining.Combine(
            session.Book, SessionScoring.ByRules(session), SessionScoring.Transcript(session), new ModelGrade(stored.Grader.PromptHash, [.. samples]),
            words => texts.TryDequeue(out var text) ? text with { Value = words } : new TurnText(Guid.Empty, words));
    }

    private async Task CompareTurnsAsync(List<string> differences, SessionRow row, Session session, CancellationToken cancellation)
    {
        var stored = await store.TurnsAsync(row.Key, cancellation);
        Differs(differences, "turns", stored.Count, session.Turns.Count);
        foreach (var (told, turn) in session.Turns.Zip(stored))
        {
            if (turn.N != told.Turn.N || turn.Deleted != told.Deleted || (!turn.Deleted && turn.Body != told.Turn.Text))
                differences.Add($"turn {turn.N}: the read table differs from the events");
        }
    }

    private static void CompareScores(List<string> differences, Scorecard stored, Scorecard again)
    {
        foreach (var (was, now) in stored.Scores.Zip(again.Scores))
        {
            Differs(differences, $"{was.Criterion} scored", $"{Words.Name(was.State)} {was.Value}", $"{Words.Name(now.State)} {now.Value}");
            if (!was.Evidence.SequenceEqual(now.Evidence))
                differences.Add($"{was.Criterion}: other evidence");
        }

        Differs(differences, "recommendation", Words.Name(stored.Overall.Recommendation), Words.Name(again.Overall.Recommendation));
        if (differences.Count == 0 && JsonSerializer.Serialize(stored, StoredJson.Options) != JsonSerializer.Serialize(again, StoredJson.Options))
            differences.Add("scorecard: other wording or checks");
    }

    private async Task CompareRowsAsync(List<string> differences, SessionRow row, Scorecard? scorecard, CancellationToken cancellation)
    {
        var rows = (await store.ScoresAsync(row.Key, cancellation)).ToDictionary(r => r.Criterion, r => Shown(r.Value), StringComparer.Ordinal);
        var scores = scorecard?.Scores.ToDictionary(s => s.Criterion, s => Shown(s.Value), StringComparer.Ordinal) ?? [];
        foreach (var criterion in scores.Keys.Union(rows.Keys, StringComparer.Ordinal))
        {
            var (read, scored) = (rows.GetValueOrDefault(criterion, "nothing"), scores.GetValueOrDefault(criterion, "nothing"));
            if (read != scored)
                differences.Add($"{criterion}: the read table holds {read}, the events {scored}");
        }
    }

    private static string Shown(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "no value";

    private static void Differs<T>(List<string> differences, string what, T stored, T replayed)
    {
        if (!EqualityComparer<T>.Default.Equals(stored, replayed))
            differences.Add($"{what}: stored {stored}, replayed {replayed}");
    }
}
