using System.Collections.Frozen;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Whether something named is ruled out: "we don't need a feature store".</summary>
internal static class Negation
{
    private const int Reach = 4;

    private static readonly FrozenSet<string> Words =
        new[] { "not", "no", "never", "without", "skip", "skipping", "avoid", "neither", "nor", "drop", "ignore", "ignoring" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True when a negation stands shortly before the token, in its sentence; "not only" and "why not" are none.</summary>
    public static bool Covers(List<Token> tokens, int at)
    {
        for (var i = at - 1; i >= 0 && at - i <= Reach && tokens[i].Sentence == tokens[at].Sentence; i--)
        {
            if (!Words.Contains(tokens[i].Plain))
                continue;
            var only = i + 1 < tokens.Count && tokens[i + 1].Plain is "only" or "just" or "sure";
            var why = i > 0 && tokens[i - 1].Plain is "why" or "if";
            // "Without any doubt" denies nothing.
            var assuring = false;
            for (var j = i; j < tokens.Count && j <= i + 3; j++)
                assuring |= tokens[j].Plain is "doubt" or "question";
            return !only && !why && !assuring;
        }

        return false;
    }
}
