using System.Globalization;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Service.Calibration;

/// <summary>What scoring again moved, for the terminal.</summary>
internal static class RescoreText
{
    public static string Line(Rescored.Done session)
    {
        var moved = session.Moved.Select(m => $"{m.Criterion} {Shown(m.Before)} to {Shown(m.After)}");
        var recommended = Changed(session) ? [$"recommendation {Spoken(session.Before)} to {Spoken(session.After)}"] : Array.Empty<string>();
        var line = string.Join(", ", [.. moved, .. recommended]);
        return (session.IsComparable ? "" : $"by {session.Before.GraderMode} before, by {session.After.GraderMode} now: ") + (line.Length == 0 ? "nothing moved" : line);
    }

    /// <summary>Sums up what can be compared, and says what is left out of the sum.</summary>
    public static string Summary(IReadOnlyCollection<Rescored.Done> done, int left, int failed)
    {
        var alike = done.Where(s => s.IsComparable).ToArray();
        var parts = new List<string> { done.Count == 0 ? "No session was scored again" : Sum(alike) };
        if (done.Count > alike.Length)
            parts.Add($"{Words.Counted(done.Count - alike.Length, "session")} scored in another mode than before, which is not compared");
        if (left > 0)
            parts.Add($"{Words.Counted(left, "session")} left as {(left == 1 ? "it is" : "they are")}");
        if (failed > 0)
            parts.Add($"{Words.Counted(failed, "session")} not scored again; the command can be given once more");
        if (done.Count > 0)
            parts.Add("The old scorecards stand beside the new");
        return string.Join(". ", parts) + ".";
    }

    private static string Sum(Rescored.Done[] alike)
    {
        var moved = alike.SelectMany(r => r.Moved).ToArray();
        var (up, down) = (moved.Count(m => m.After > m.Before), moved.Count(m => m.After < m.Before));
        return $"{Words.Counted(alike.Length, "session")} scored again: {Words.Counted(moved.Length, "score")} moved ({up} up, {down} down, {moved.Length - up - down} to or from unscored), {Words.Counted(alike.Count(Changed), "recommendation")} changed";
    }

    private static bool Changed(Rescored.Done session) => session.Before.Overall.Recommendation != session.After.Overall.Recommendation;

    private static string Spoken(Scorecard card) => Words.Name(card.Overall.Recommendation).Replace('_', ' ');

    private static string Shown(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "unscored";
}
