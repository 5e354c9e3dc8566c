using System.Collections.Frozen;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// How sure someone sounds: "obviously", "it is a well known fact that", "I think that". It is read over, so that neither
/// confidence nor hedging makes a sentence longer, a figure more or an answer better.
/// </summary>
internal static class Tone
{
    private const int LongestLeadIn = 14;

    private static readonly FrozenSet<string> Adverbs = Set(
        "absolutely certainly clearly definitely obviously surely undoubtedly undeniably simply totally honestly naturally literally evidently frankly");

    private static readonly FrozenSet<string> Sure = Set(
        "certain clear confident confidence course doubt everybody everyone experience fact guarantee honest know known knows known needless obvious promise "
        + "question sure trust truth believe think guess maybe perhaps probably personally feel suppose");

    private static readonly FrozenSet<string> Around = Set("well years year industry field confidence experience believe doubt without");

    // A word that takes something back, says that there is no answer, or gives a reason is no mere tone.
    private static readonly FrozenSet<string> Matters = Set(
        "wrong back scratch sorry mistake mistaken actually correct correction change changed thought instead not never idea opinion clue assume "
        + "because since so therefore but rather than while although unless then if when what how which who why where");

    /// <summary>The tokens without those that only say how sure someone is.</summary>
    public static List<Token> Without(List<Token> tokens, string text)
    {
        var kept = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count;)
        {
            // One lead-in may follow another: then nothing of the sentence is kept yet.
            var begins = kept.Count == 0 || kept[^1].Sentence != tokens[i].Sentence;
            if (begins && LeadIn(tokens, i, text) is var length and > 0)
            {
                i += length;
                continue;
            }

            if (!Adverbs.Contains(tokens[i].Plain))
                kept.Add(tokens[i]);
            i++;
        }

        return kept;
    }

    /// <summary>How many tokens lead into what a sentence says; 0 when it begins at once.</summary>
    private static int LeadIn(List<Token> tokens, int first, string text)
    {
        var sure = false;
        for (var i = first; i < tokens.Count && i - first < LongestLeadIn && tokens[i].Sentence == tokens[first].Sentence; i++)
        {
            var token = tokens[i];
            if (Matters.Contains(token.Plain) || !(token.IsNumber || Sure.Contains(token.Plain) || Around.Contains(token.Plain) || Adverbs.Contains(token.Plain) || Everyday.Is(token)))
                return 0;
            sure |= Sure.Contains(token.Plain) || Adverbs.Contains(token.Plain);
            var more = i + 1 < tokens.Count && tokens[i + 1].Sentence == token.Sentence;
            var ends = token.Plain == "that" || (token.End < text.Length && text[token.End] is ',' or ':');
            if (ends)
                return sure && more ? i + 1 - first : 0;
        }

        return 0;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
