namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Fixed phrases in a range of tokens.</summary>
internal static class FixedPhrases
{
    /// <summary>Whether the words stand next to each other between two tokens, both included.</summary>
    public static bool Stand(List<Token> tokens, int first, int last, string[] words)
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
