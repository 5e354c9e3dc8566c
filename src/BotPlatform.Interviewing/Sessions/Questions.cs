using System.Collections.Immutable;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>Whether a candidate only asked, or also answered.</summary>
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
}
