using System.Collections.Frozen;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Remembers every sentence, so that what is said again, word for word or lightly reworded, is read once. Sentences are
/// compared by the words that are about something; which earlier ones to compare with is found by hashing.
/// </summary>
internal sealed class SaidBefore
{
    private const int Bands = 12;
    private const int RowsPerBand = 2;
    private const double Alike = 0.75;
    private const int FewestWords = 2;

    // "We do that" and "we do not do that" share their other words.
    private static readonly FrozenSet<string> Turning = new[]
    {
        "not", "no", "never", "none", "neither", "nor", "without", "wrong", "mistake", "instead", "rather", "however", "scratch", "longer", "back",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly List<HashSet<string>> _sentences = [];
    private readonly Dictionary<(int Band, ulong Key), int> _alike = [];

    /// <summary>The turn with blanks in place of what was said before, so that places in it stay the same.</summary>
    public Turn Fresh(Turn turn)
    {
        var tokens = Tone.Without(Tokens.Of(turn.Text), turn.Text);
        char[]? text = null;
        for (var first = 0; first < tokens.Count;)
        {
            var last = first;
            while (last + 1 < tokens.Count && tokens[last + 1].Sentence == tokens[first].Sentence)
                last++;
            if (IsKnown(Words(tokens, first, last)))
                (text ??= turn.Text.ToCharArray()).AsSpan(tokens[first].Start..tokens[last].End).Fill(' ');
            first = last + 1;
        }

        return text is null ? turn : turn with { Text = new string(text) };
    }

    // Of a sentence with hardly a word of its own all words are compared.
    private static HashSet<string> Words(List<Token> tokens, int first, int last)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var turning = false;
        for (var i = first; i <= last; i++)
        {
            turning |= Turning.Contains(tokens[i].Plain);
            if (!Everyday.Is(tokens[i]))
                words.Add(tokens[i].Stem);
        }

        if (words.Count < FewestWords)
            words = [.. Enumerable.Range(first, last - first + 1).Select(i => tokens[i].Plain)];
        words.Add(turning ? "-" : "+");
        return words;
    }

    private bool IsKnown(HashSet<string> words)
    {
        var keys = Enumerable.Range(0, Bands).Select(band => (band, Key(words, band))).ToArray();
        if (Array.Exists(keys, k => _alike.TryGetValue(k, out var like) && AreAlike(words, _sentences[like])))
            return true;
        foreach (var key in keys)
            _alike.TryAdd(key, _sentences.Count);
        _sentences.Add(words);
        return false;
    }

    private static bool AreAlike(HashSet<string> a, HashSet<string> b)
    {
        var shared = a.Count(b.Contains);
        return a.Contains("-") == b.Contains("-") && shared >= Alike * (a.Count + b.Count - shared);
    }

    // The smallest hashes of two sets are equal as often as the sets overlap.
    private static ulong Key(HashSet<string> words, int band)
    {
        var key = 0UL;
        for (var row = 0; row < RowsPerBand; row++)
            key = (key * 31) + words.Min(w => Hash(w, (band * RowsPerBand) + row));
        return key;
    }

    private static ulong Hash(string word, int seed)
    {
        var hash = 14695981039346656037UL ^ ((ulong)seed * 0x9E3779B97F4A7C15UL);
        foreach (var c in word)
            hash = (hash ^ c) * 1099511628211UL;
        return hash ^ (hash >> 29);
    }
}
