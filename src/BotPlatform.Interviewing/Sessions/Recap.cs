using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>What was taken down, in the candidate's figures and our words for things; it does not judge.</summary>
public static class Recap
{
    private const int ItemsInRecap = 5;
    private const int ItemsInPassing = 2;
    private const int LongestFigure = 40;
    private const int ShortestUnit = 3;

    /// <summary>Closes a step: "I have down: 60M users, 250 ms, a time-based split. Say so if that is off."</summary>
    public static string? Of(Session session, Step step)
    {
        var items = Items(session, FindingsOf(session, step), step).Take(ItemsInRecap).ToArray();
        return items.Length == 0 ? null : $"I have down: {string.Join(", ", items)}. Say so if something is off.";
    }

    /// <summary>Shows that the last answer was heard: "Noted: clicks and dwell time."</summary>
    public static string? Taken(Session session)
    {
        var labels = session.Findings.Values.LastOrDefault();
        if (labels.IsDefaultOrEmpty)
            return null;
        var items = Labels(session, labels, session.Step).Take(ItemsInPassing).ToArray();
        return items.Length == 0 ? null : $"Noted: {string.Join(" and ", items)}.";
    }

    // What an earlier recap of the step held is not read out again.
    private static IEnumerable<Finding> FindingsOf(Session session, Step step) => session.Findings
        .Where(f => f.Key >= session.Progress(step).FromTurn && session.Turns[f.Key - 1].Turn.Step == step)
        .SelectMany(f => f.Value);

    private static IEnumerable<string> Items(Session session, IEnumerable<Finding> findings, Step step)
    {
        var all = findings.ToArray();
        return Figures(session, all).Take(3).Concat(Labels(session, all, step)).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    // What belongs to another step is taken down there.
    private static IEnumerable<string> Labels(Session session, IEnumerable<Finding> findings, Step step) => findings
        .Where(f => f is { Kind: FindingKind.Point, Detail: not null } && session.Book.StepOf(f.Id) == step)
        .Select(f => f.Detail!)
        .Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Figures(Session session, IEnumerable<Finding> findings) => findings
        .Where(f => f.Kind == FindingKind.Quantity && f.Span.Length <= LongestFigure)
        .Select(f => Quote(session, f.Span))
        .Where(SaysOfWhat);

    // "9B impressions" can be checked by who said it; "50%" or "10s" on its own cannot.
    private static bool SaysOfWhat(string figure) => figure.Count(char.IsLetter) >= ShortestUnit && !figure.Contains('%', StringComparison.Ordinal);

    private static string Quote(Session session, Span span)
    {
        if (span.Turn < 1 || span.Turn > session.Turns.Count)
            return "";
        var text = session.Turns[span.Turn - 1].Turn.Text;
        return span.Start + span.Length <= text.Length ? text.Substring(span.Start, span.Length).ReplaceLineEndings(" ").Trim() : "";
    }
}
