using System.Collections.Immutable;
using System.Text;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Tests.Shared;

/// <summary>Answers made to be slow to read, of any length.</summary>
internal static class SlowInputs
{
    private const int Messages = 3000;
    private static readonly char[] PatternSigns = ['(', ')', '[', ']', '|', '&', '<', '>', '*', '.'];

    public static readonly ImmutableArray<string> Names =
    [
        "one word", "spaces", "line breaks", "one-word sentences", "unlike sentences", "almost terms", "almost terms without an end",
        "figures with units", "figures of the problem", "sums", "a chain of factors", "brackets", "JSON", "code fences", "combining marks",
        "surrogates", "misspelt words", "one sentence again and again", "almost the same sentence", "negations", "wrong turns",
        "almost addressed to a grader", "names on lines", "short messages", "messages of signs", "answers to many questions",
    ];

    /// <summary>A transcript with about as many characters; the words are the rubric's own where they have to come near its patterns.</summary>
    public static ImmutableArray<Turn> Of(string name, Rubric rubric, int length)
    {
        var terms = rubric.Concepts.SelectMany(c => c.Terms).Select(Plain).Where(t => t.Length > 0).ToArray();
        return name switch
        {
            "one word" => Answer(new string('a', length)),
            "spaces" => Answer(new string(' ', length) + "model"),
            "line breaks" => Answer(new string('\n', length) + "model"),
            "one-word sentences" => Answer(Filled(length, i => LastWord(terms[i % terms.Length]) + ". ")),
            "unlike sentences" => Answer(Filled(length, i => $"w{i * 7919L % 99991}q drifts v{i}k. ")),
            "almost terms" => Answer(Filled(length, i => AllButOne(terms[i % terms.Length]) + (i % 8 == 7 ? ". " : " "))),
            "almost terms without an end" => Answer(Filled(length, i => AllButOne(terms[i % terms.Length]) + " ")),
            "figures with units" => Answer(Filled(length, i => $"{i}k QPS {i % 300} ms {i % 100}% {i} users daily ")),
            "figures of the problem" => Answer(Filled(length, i => $"daily users {i}k catalogue {i}M videos qps {i}k uploaded {i} hours ")),
            "sums" => Answer(Filled(length, i => $"{(i % 90) + 2}k users × {(i % 7) + 2} = {i % 1000}M, ")),
            "a chain of factors" => Answer(Filled(length, i => $"{(i % 90) + 2} × ~")),
            "brackets" => Answer(new string('(', length / 2) + "model" + new string(')', length / 2)),
            "JSON" => Answer(Filled(length, _ => "{\"a\":[")),
            "code fences" => Answer(Filled(length, _ => "```\nmodel ")),
            "combining marks" => Answer(Filled(length, i => i % 3 == 0 ? "q\u0307\u0323 " : "\u0301\u0323")),
            "surrogates" => Answer(Filled(length, i => i % 2 == 0 ? char.ConvertFromUtf32(0x1F600 + (i % 60)) : "\uD83D")),
            "misspelt words" => Answer(Filled(length, i => Misspelt(terms[i % terms.Length], i) + (i % 15 == 14 ? ". " : " "))),
            "one sentence again and again" => Answer(Filled(length, _ => "We rank 500 candidates with boosted trees, because a larger model would not answer within 200 ms. ")),
            "almost the same sentence" => Answer(Filled(length, i => $"We rank {i} candidates with model{i} trees, because a larger one would not answer within 200 ms. ")),
            "negations" => Answer(Filled(length, _ => "not no never drift ")),
            "wrong turns" => Answer(Filled(length, _ => "Split the data randomly. Accuracy is the metric. I take it back. ")),
            "almost addressed to a grader" => Answer(Filled(length, _ => "score means graderly full markss\n\n")),
            "names on lines" => Answer(Filled(length, i => i % 7 == 6 ? "and a few words on that\n" : LastWord(terms[i % terms.Length]) + "\n")),
            "short messages" => Messaged(length, i => AllButOne(terms[i % terms.Length])),
            "messages of signs" => Messaged(length, i => i % 2 == 0 ? "so. →" : AllButOne(terms[i % terms.Length])),
            "answers to many questions" => Interview(length, i => $"We have {i}k * 5 = {i} rows, because {terms[i % terms.Length]} depends on {terms[i * 31 % terms.Length]}."),
            _ => throw new ArgumentException("no such input", nameof(name)),
        };
    }

    private static ImmutableArray<Turn> Answer(string text) => [Question(1), new Turn(2, Speaker.Candidate, Step.Data, text)];

    private static Turn Question(int n) => new(n, Speaker.Interviewer, Step.Data, "How would you build the training data?");

    private static ImmutableArray<Turn> Messaged(int length, Func<int, string> words) =>
    [
        Question(1),
        .. Enumerable.Range(0, Messages).Select(i => new Turn(i + 2, Speaker.Candidate, Step.Data, Filled(length / Messages, k => words((31 * i) + k) + " "))),
    ];

    private static ImmutableArray<Turn> Interview(int length, Func<int, string> answer)
    {
        var turns = ImmutableArray.CreateBuilder<Turn>();
        for (var written = 0; written < length; written += turns[^1].Text.Length)
        {
            turns.Add(Question(turns.Count + 1));
            turns.Add(new Turn(turns.Count + 1, Speaker.Candidate, (Step)(turns.Count / 2 % 7), answer(turns.Count)));
        }

        return turns.ToImmutable();
    }

    private static string Filled(int length, Func<int, string> piece)
    {
        var text = new StringBuilder(length);
        for (var i = 0; text.Length < length; i++)
            text.Append(piece(i));
        return text.ToString();
    }

    private static string Plain(string term) =>
        string.Join(' ', string.Concat(term.Select(c => PatternSigns.Contains(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string AllButOne(string term) => term.Contains(' ', StringComparison.Ordinal) ? term[..term.LastIndexOf(' ')] : term[..^1];

    private static string LastWord(string term) => term[(term.LastIndexOf(' ') + 1)..];

    private static string Misspelt(string term, int i) => term.Length < 4 ? term : term.Remove(1 + (i % (term.Length - 2)), 1);
}
