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

    private readonly List<(string[] Words, bool Turns)> _sentences = [];
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
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
            if (IsKnown(tokens, first, last))
                (text ??= turn.Text.ToCharArray()).AsSpan(tokens[first].Start..tokens[last].End).Fill(' ');
            first = last + 1;
        }

        return text is null ? turn : turn with { Text = new string(text) };
    }

    // Of a sentence with hardly a word of its own all words are compared.
    private bool Read(List<Token> tokens, int first, int last)
    {
        _words.Clear();
        var turning = false;
        for (var i = first; i <= last; i++)
        {
            turning |= Turning.Contains(tokens[i].Plain);
            if (!Everyday.Is(tokens[i]))
                _words.Add(tokens[i].Stem);
        }

        if (_words.Count < FewestWords)
        {
            _words.Clear();
            for (var i = first; i <= last; i++)
                _words.Add(tokens[i].Plain);
        }

        _words.Add(turning ? "-" : "+");
        return _words.Contains("-");
    }

    private bool IsKnown(List<Token> tokens, int first, int last)
    {
        var turns = Read(tokens, first, last);
        Span<ulong> smallest = stackalloc ulong[Bands * RowsPerBand];
        SmallestHashes(_words, smallest);
        for (var band = 0; band < Bands; band++)
        {
            if (_alike.TryGetValue((band, Key(smallest, band)), out var like) && turns == _sentences[like].Turns && IsLike(_sentences[like].Words))
                return true;
        }

        for (var band = 0; band < Bands; band++)
            _alike.TryAdd((band, Key(smallest, band)), _sentences.Count);
        _sentences.Add(([.. _words], turns));
        return false;
    }

    private bool IsLike(string[] earlier)
    {
        var shared = 0;
        foreach (var word in earlier)
            shared += _words.Contains(word) ? 1 : 0;
        return shared >= Alike * (_words.Count + earlier.Length - shared);
    }

    private static ulong Key(ReadOnlySpan<ulong> smallest, int band)
    {
        var key = 0UL;
        foreach (var hash in smallest.Slice(band * RowsPerBand, RowsPerBand))
            key = (key * 31) + hash;
        return key;
    }

    // The smallest hashes of two sets are equal as often as the sets overlap. One function for each row, all of them side
    // by side, since none has to wait for another.
    private static void SmallestHashes(HashSet<string> words, Span<ulong> smallest)
    {
        Span<ulong> hashes = stackalloc ulong[smallest.Length];
        smallest.Fill(ulong.MaxValue);
        foreach (var word in words)
        {
            for (var row = 0; row < hashes.Length; row++)
                hashes[row] = 14695981039346656037UL ^ ((ulong)row * 0x9E3779B97F4A7C15UL);
            foreach (var c in word)
            {
                for (var row = 0; row < hashes.Length; row++)
                    hashes[row] = (hashes[row] ^ c) * 1099511628211UL;
            }

            for (var row = 0; row < hashes.Length; row++)
                smallest[row] = Math.Min(smallest[row], hashes[row] ^ (hashes[row] >> 29));
        }
    }
}
