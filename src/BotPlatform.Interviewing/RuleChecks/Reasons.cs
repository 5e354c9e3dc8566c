using System.Collections.Frozen;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>What findings of the kind <see cref="FindingKind.Reasoning"/> are about.</summary>
internal static class ReasonIds
{
    /// <summary>A sentence about the matter, whatever it is worth.</summary>
    public const string Said = "said";

    /// <summary>Ties what it names to the problem by a cause, a contrast, a consequence or a figure.</summary>
    public const string Reason = "reason";

    /// <summary>Holds one thing against another.</summary>
    public const string Contrast = "contrast";

    /// <summary>Carries a figure.</summary>
    public const string Figured = "figured";

    /// <summary>Works with a figure that was settled in the requirements.</summary>
    public const string Traced = "traced";

    /// <summary>Lists names and says nothing about them.</summary>
    public const string Listed = "listed";

    /// <summary>Waves the matter away: it is standard, it will be fine.</summary>
    public const string Dismissed = "dismissed";

    /// <summary>Says that there is no answer.</summary>
    public const string Unanswered = "unanswered";
}

/// <summary>Whether a sentence ties what it names to the problem: by a cause, a contrast, a consequence or a figure.</summary>
internal static class Reasons
{
    private const int FewestWords = 5;

    private static readonly FrozenSet<string> Words = new[]
    {
        "because", "since", "so", "therefore", "hence", "thus", "otherwise", "due", "means", "meaning", "avoid", "avoids", "prevent", "prevents",
        "instead", "rather", "than", "whereas", "while", "although", "unless", "then", "cheaper", "faster", "slower", "better", "worse", "costs",
        "cost", "enough", "too", "only", "risk", "hurts", "fails", "leaks", "biased", "lets", "allows", "depends", "without", "never", "wrong", "→", ">", "<",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Contrasts = new[]
    {
        "but", "instead", "rather", "than", "versus", "however", "whereas", "unless", "although", "though", "not", "while", "either", "or",
        "never", "without", "only", "worse", "cheaper", "fewer", "against", "otherwise", "alone",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Experience is not a reason, and neither is a habit of the trade.
    private static readonly FixedPhrases NoReasons =
        new(["at work", "my job", "best practice", "best practices", "everyone uses", "industry standard", "state of the art"]);

    /// <summary>The words that make a reason or a contrast.</summary>
    public static IEnumerable<string> Signals => Words.Concat(Contrasts);

    public static bool Tie(List<Token> tokens, int first, int last, bool figured)
    {
        if (last - first + 1 < FewestWords)
            return false;
        return (figured || Has(tokens, first, last, Words))
            && !NoReasons.AnyIn(tokens, first, last);
    }

    /// <summary>Something is held against something else.</summary>
    public static bool Contrast(List<Token> tokens, int first, int last) =>
        last - first + 1 >= FewestWords && Has(tokens, first, last, Contrasts);

    private static bool Has(List<Token> tokens, int first, int last, FrozenSet<string> words)
    {
        for (var i = first; i <= last; i++)
        {
            if (words.Contains(tokens[i].Plain))
                return true;
        }

        return false;
    }
}
