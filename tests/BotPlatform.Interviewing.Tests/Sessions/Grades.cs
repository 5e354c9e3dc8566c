using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>Grades as language models would give them.</summary>
internal static class Grades
{
    /// <summary>One sample for each value; every criterion gets it, with the quote as evidence where it needs one.</summary>
    public static ModelGrade Of(params int[] values) => new("hash-of-prompt", [.. values.Select((v, i) => Sample(i + 1, Reply(v)))]);

    public static GraderSample Sample(int number, params GraderReply[] replies) => new(number, "test-model", [.. replies]);

    public static GraderReply Reply(int value, string quote = "For hikers.", int turn = 2, Level level = Level.Mid) =>
        new("en", [.. BirdSongs.Rubric.Criteria.Select(c => Criterion(c.Id, value, quote, turn, level))]);

    public static GradedCriterion Criterion(string id, int value, string quote = "For hikers.", int turn = 2, Level level = Level.Mid) => new(
        id,
        value,
        [.. Enumerable.Range(1, 4).Select(n => n == value)],
        [.. BirdSongs.Rubric.Criterion(id).Cells[level].Essentials.Select(e => new GradedEssential(e, Met: true))],
        [new GradedQuote(turn, quote)],
        "",
        "");
}
