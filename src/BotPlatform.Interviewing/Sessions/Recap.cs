using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>What was taken down, in the candidate's figures and our words for things; it does not judge.</summary>
public static class Recap
{
    private const int ItemsInRecap = 5;
    private const int FiguresInRecap = 3;
    private const int ItemsInPassing = 2;

    /// <summary>Closes a step: "I have down: 60M users a day; p99 250 ms; a time-based split. Say so if something is off."</summary>
    public static string? Of(Session session, Step step)
    {
        var findings = FindingsOf(session, step).ToArray();
        var figures = Figures(session, findings).Distinct(StringComparer.OrdinalIgnoreCase).Take(FiguresInRecap).ToArray();
        var labels = Labels(session, findings, step).Where(l => !Array.Exists(figures, f => f.Contains(l, StringComparison.OrdinalIgnoreCase)));
        var items = figures.Concat(labels).Take(ItemsInRecap).ToArray();
        return items.Length == 0 ? null : $"I have down: {string.Join("; ", items)}. Say so if something is off.";
    }

    /// <summary>Shows that the last answer was heard: "Noted: clicks and dwell time." A word in passing is not noted.</summary>
    public static string? Taken(Session session)
    {
        var findings = session.Findings.Values.LastOrDefault();
        if (findings.IsDefaultOrEmpty)
            return null;
        var items = Labels(session, findings.Where(f => f.Strength > Strength.Named), session.Step).Take(ItemsInPassing).ToArray();
        return items.Length == 0 ? null : Phrases.Taken(string.Join(" and ", items), session.ProbesSpent);
    }

    // What an earlier recap of the step held is not read out again, and a question to us told us nothing.
    private static IEnumerable<Finding> FindingsOf(Session session, Step step) => session.Findings
        .Where(f => f.Key >= session.Progress(step).FromTurn && session.Turns[f.Key - 1].Turn.Step == step)
        .SelectMany(f => f.Value.Where(x => !Questions.Hold(f.Value, x)));

    // What belongs to another step is taken down there.
    private static IEnumerable<string> Labels(Session session, IEnumerable<Finding> findings, Step step) => findings
        .Where(f => f is { Kind: FindingKind.Point, Detail: not null } && session.Book.StepOf(f.Id) == step)
        .Select(f => f.Detail!)
        .Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Figures(Session session, IEnumerable<Finding> findings) => findings
        .Where(f => f.Kind == FindingKind.Quantity && f.Span.Turn >= 1 && f.Span.Turn <= session.Turns.Count)
        .OrderByDescending(f => f.Strength)
        .Select(f => Clause.Around(session.Turns[f.Span.Turn - 1].Turn.Text, f.Span, mayStandAlone: f.Id != "duration"))
        .OfType<string>();
}
