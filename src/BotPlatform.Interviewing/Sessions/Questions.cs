using System.Collections.Immutable;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>What a candidate asked of the interviewer, apart from what was answered.</summary>
internal static class Questions
{
    // A greeting or "ok, a few things first" around the questions is no answer yet.
    private const double MostlyQuestions = 0.6;

    /// <summary>True when questions to the interviewer make up most of what was written.</summary>
    public static bool MakeUp(IReadOnlyList<Turn> answer, ImmutableArray<Finding> findings)
    {
        var length = answer.Sum(t => t.Text.Length);
        var asked = findings
            .Where(f => f.Kind is FindingKind.FactAsked or FindingKind.OpenQuestion)
            .Select(f => f.Span)
            .Distinct()
            .Sum(s => s.Length);
        return asked >= length * MostlyQuestions;
    }

    /// <summary>True when something found stands in one of the questions that were found with it.</summary>
    public static bool Hold(IEnumerable<Finding> findings, Finding found) => findings.Any(f =>
        f.Kind is FindingKind.FactAsked or FindingKind.OpenQuestion
        && f.Span.Turn == found.Span.Turn
        && f.Span.Start <= found.Span.Start
        && found.Span.Start + found.Span.Length <= f.Span.Start + f.Span.Length);
}
