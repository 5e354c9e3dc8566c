using System.Collections.Frozen;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Whether a sentence ties what it names to the problem: by a cause, a contrast, a consequence or a figure.</summary>
internal static class Reasons
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "because", "since", "so", "therefore", "hence", "thus", "otherwise", "thats", "due", "means", "meaning", "avoid", "avoids", "prevent",
        "prevents", "reduces", "reduce", "keeps", "instead", "rather", "than", "versus", "but", "however", "whereas", "while", "although", "though",
        "unless", "if", "when", "then", "else", "until", "would", "cheaper", "faster", "slower", "better", "worse", "costs", "cost", "enough", "too",
        "only", "tradeoff", "trade", "risk", "hurts", "fails", "leaks", "biased", "bias", "ensures", "lets", "allows", "needs", "need", "depends", "→", ">", "<",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Contrasts = new[]
    {
        "but", "instead", "rather", "than", "versus", "however", "whereas", "unless", "although", "though", "not", "while", "either", "or",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[][] Vague =
    [
        ["i", "guess"], ["not", "sure"], ["some", "kind", "of"], ["or", "something"], ["etc"], ["and", "so", "on"], ["not", "know"], ["no", "idea"],
        ["whatever"], ["maybe"], ["probably"], ["stuff"], ["things"], ["best", "practice"], ["best", "practices"], ["industry", "standard"],
        ["state", "of", "the", "art"], ["robust"], ["leverage"], ["holistic"], ["seamless"], ["it", "depends"], ["the", "usual"], ["as", "needed"],
    ];

    // Experience is not a reason, and neither is a habit of the trade.
    private static readonly string[][] NoReasons = [["at", "work"], ["my", "job"], ["best", "practice"], ["everyone", "uses"], ["industry", "standard"]];

    private const int FewestWords = 5;

    public static bool Tie(List<Token> tokens, List<Figure> figures, int first, int last)
    {
        if (last - first + 1 < FewestWords)
            return false;
        var tied = figures.Exists(f => f.First >= first && f.Last <= last && f.Kind != QuantityKind.Number);
        for (var i = first; i <= last && !tied; i++)
            tied = Words.Contains(tokens[i].Plain);
        return tied && !NoReasons.Any(n => Stands(tokens, first, last, n));
    }

    /// <summary>Something is held against something else.</summary>
    public static bool Contrast(List<Token> tokens, int first, int last)
    {
        if (last - first + 1 < FewestWords)
            return false;
        for (var i = first; i <= last; i++)
        {
            if (Contrasts.Contains(tokens[i].Plain))
                return true;
        }

        return false;
    }

    /// <summary>How often the sentence stays vague where something definite could stand.</summary>
    public static int Vagueness(List<Token> tokens, int first, int last) => Vague.Count(v => Stands(tokens, first, last, v));

    private static bool Stands(List<Token> tokens, int first, int last, string[] words)
    {
        for (var i = first; i + words.Length - 1 <= last; i++)
        {
            var all = true;
            for (var j = 0; j < words.Length && all; j++)
                all = tokens[i + j].Plain == words[j];
            if (all)
                return true;
        }

        return false;
    }
}
