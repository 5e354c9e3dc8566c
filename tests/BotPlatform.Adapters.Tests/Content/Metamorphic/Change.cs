using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>Ways to change what a candidate said; the interviewer's turns stay as they are.</summary>
internal static class Change
{
    /// <summary>Where a text can be put into an answer.</summary>
    public static readonly ImmutableArray<Func<string, string, string>> Places =
    [
        (answer, text) => $"{Ended(answer)} {text}",
        (answer, text) => $"{answer}\n\n{text}",
        (answer, text) => $"{text}\n\n{answer}",
        InTheMiddle,
    ];

    public static ImmutableArray<Turn> EveryAnswer(IEnumerable<Turn> turns, Func<string, string> change) =>
        [.. turns.Select(t => t.Speaker == Speaker.Candidate ? t with { Text = change(t.Text) } : t)];

    /// <summary>As a message of its own, after every answer.</summary>
    public static ImmutableArray<Turn> OwnTurns(IReadOnlyList<Turn> turns, Func<Turn, string> text) => Numbered(turns.SelectMany((t, i) =>
        t.Speaker == Speaker.Candidate && (i + 1 == turns.Count || turns[i + 1].Speaker == Speaker.Interviewer)
            ? (Turn[])[t, t with { Text = text(t) }]
            : [t]));

    /// <summary>As a message of its own at the end of a step.</summary>
    public static ImmutableArray<Turn> AtTheEndOf(IReadOnlyList<Turn> turns, Step step, string text)
    {
        var last = turns.Last(t => t.Step == step && t.Speaker == Speaker.Candidate);
        return Numbered(turns.SelectMany(t => t == last ? (Turn[])[t, t with { Text = text }] : [t]));
    }

    /// <summary>Without some of the turns.</summary>
    public static ImmutableArray<Turn> Without(IEnumerable<Turn> turns, IReadOnlySet<int> numbers) => Numbered(turns.Where(t => !numbers.Contains(t.N)));

    public static ImmutableArray<Turn> Numbered(IEnumerable<Turn> turns) => [.. turns.Select((t, i) => t with { N = i + 1 })];

    private static string Ended(string answer) => answer.Length > 0 && !".!?".Contains(answer[^1]) ? answer + "." : answer;

    // After the sentence that ends next to the middle.
    private static string InTheMiddle(string answer, string text)
    {
        var at = answer.IndexOf(". ", answer.Length / 2, StringComparison.Ordinal);
        return at < 0 ? $"{answer}\n{text}" : $"{answer[..(at + 1)]} {Ended(text)} {answer[(at + 2)..]}";
    }
}
