using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>The same content in another form.</summary>
internal static partial class Surface
{
    private const double TypoRate = 0.05;
    private const int ShortestMistyped = 4;

    private static readonly (Regex Native, string Learner)[] Learner =
    [
        (Articles(), ""),
        (Of(@"\b(?<who>[Ww]e|[Ii]|[Yy]ou|[Tt]hey) (will|would) (?!not\b|be\b|to\b)"), "${who} will to "),
        (Of(@"\b(?<who>[Ww]e|I|[Tt]hey)'(d|ll) "), "${who} will "),
        (Of(@"\b(?<what>[Ii]t|[Tt]hat|[Tt]his|which|[Mm]odel) (?<does>take|give|need|use|look|learn|show|cost|change|work|help|make|run|serve)s\b"), "${what} ${does}"),
        (Of(@"\bdoesn't\b"), "does not"),
        (Of(@"\b(isn't|aren't)\b"), "is not"),
        (Of(@"\bthere (is|are)\b"), "it is"),
        (Of(@"\bhas\b"), "have"),
        (Of(@"\bmany\b"), "much"),
        (Of(@"\bfeedback\b"), "feedbacks"),
        (Of(@"\btraffic\b"), "traffics"),
    ];

    /// <summary>One word in twenty with a letter swapped, dropped, doubled or replaced.</summary>
    public static string Mistyped(string text, Random random) => Words().Replace(text, word =>
        word.Length < ShortestMistyped || random.NextDouble() >= TypoRate ? word.Value : Slip(word.Value, random));

    /// <summary>Articles left out, plain tenses, "we will to use".</summary>
    public static string SecondLanguage(string text) => Learner.Aggregate(text, (t, rule) => rule.Native.Replace(t, rule.Learner));

    /// <summary>One message a sentence.</summary>
    public static ImmutableArray<Turn> Split(IEnumerable<Turn> turns) => Change.Numbered(turns.SelectMany(t =>
        t.Speaker == Speaker.Candidate ? SentenceEnds().Split(t.Text).Where(p => p.Trim().Length > 0).Select(p => t with { Text = p.Trim() }) : [t]));

    /// <summary>One message an answer.</summary>
    public static ImmutableArray<Turn> Joined(IEnumerable<Turn> turns)
    {
        var joined = new List<Turn>();
        foreach (var turn in turns)
        {
            if (turn.Speaker == Speaker.Candidate && joined.Count > 0 && joined[^1].Speaker == Speaker.Candidate)
                joined[^1] = joined[^1] with { Text = joined[^1].Text + "\n" + turn.Text };
            else
                joined.Add(turn);
        }

        return Change.Numbered(joined);
    }

    private static Regex Of(string pattern) => new(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    private static string Slip(string word, Random random)
    {
        var at = random.Next(1, word.Length - 1);
        var slipped = new StringBuilder(word);
        switch (random.Next(4))
        {
            case 0:
                (slipped[at], slipped[at + 1]) = (slipped[at + 1], slipped[at]);
                break;
            case 1:
                slipped.Remove(at, 1);
                break;
            case 2:
                slipped.Insert(at, word[at]);
                break;
            default:
                slipped[at] = (char)('a' + random.Next(26));
                break;
        }

        return slipped.ToString();
    }

    [GeneratedRegex(@"\b(a|an|the|A|An|The) ", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Articles();

    [GeneratedRegex("[a-zA-Z]+", RegexOptions.None, 5000)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=\S)|\n\s*\n", RegexOptions.None, 5000)]
    private static partial Regex SentenceEnds();
}
