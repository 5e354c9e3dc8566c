using System.Collections.Frozen;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Phrases found by their first word, so that a text is read once, however many there are.</summary>
internal sealed class FixedPhrases
{
    private readonly FrozenDictionary<string, (int Phrase, string[] Words)[]> _byFirst;
    private readonly int _count;

    public FixedPhrases(IEnumerable<string> phrases)
    {
        var all = phrases.Select((p, i) => (Phrase: i, Words: p.Split(' '))).ToArray();
        _count = all.Length;
        _byFirst = all.GroupBy(p => p.Words[0], StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Whether any of them stands between two tokens, both included.</summary>
    public bool AnyIn(List<Token> tokens, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (!_byFirst.TryGetValue(tokens[i].Plain, out var phrases))
                continue;
            foreach (var (_, words) in phrases)
            {
                if (Stands(tokens, i, last, words))
                    return true;
            }
        }

        return false;
    }

    /// <summary>How many of them stand between two tokens, both included; each counts once.</summary>
    public int CountIn(List<Token> tokens, int first, int last)
    {
        var count = 0;
        Span<bool> seen = stackalloc bool[_count];
        for (var i = first; i <= last; i++)
        {
            if (!_byFirst.TryGetValue(tokens[i].Plain, out var phrases))
                continue;
            foreach (var (phrase, words) in phrases)
            {
                if (seen[phrase] || !Stands(tokens, i, last, words))
                    continue;
                seen[phrase] = true;
                count++;
            }
        }

        return count;
    }

    private static bool Stands(List<Token> tokens, int at, int last, string[] words)
    {
        if (at + words.Length - 1 > last)
            return false;
        for (var i = 1; i < words.Length; i++)
        {
            if (tokens[at + i].Plain != words[i])
                return false;
        }

        return true;
    }
}
