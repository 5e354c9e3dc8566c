using System.Buffers;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Text that is worth nothing: addressed to a grader, gibberish, lists of names, off-topic or pasted.</summary>
internal static class Junk
{
    public const string AddressedToGrader = "addressed_to_grader";
    public const string Gibberish = "junk";
    public const string Buzzwords = "buzzwords";
    public const string OffTopic = "off_topic";
    public const string Pasted = "pasted";

    private const int FewestWordsOffTopic = 25;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyáéíóúäöüàèâêô");

    /// <summary>Which sentences of an answer earn nothing, with the reason.</summary>
    public static Dictionary<int, string> Of(Reading reading, RuleBook book)
    {
        var worthless = new Dictionary<int, string>();
        var addressed = new Queue<(int Start, int End)>(GraderAddress.In(reading.Text.ToLowerInvariant()));
        foreach (var (n, sentence) in reading.Sentences.Index())
        {
            while (addressed.TryPeek(out var passed) && passed.End <= reading.Tokens[sentence.First].Start)
                addressed.Dequeue();
            if (addressed.TryPeek(out var part) && reading.Tokens[sentence.Last].End > part.Start)
                worthless[n] = AddressedToGrader;
            else if (IsGibberish(reading.Tokens, sentence))
                worthless[n] = Gibberish;
        }

        foreach (var n in NameDropping.In(reading, book))
            worthless.TryAdd(n, Buzzwords);
        foreach (var n in PastedText.In(reading))
            worthless.TryAdd(n, Pasted);
        foreach (var n in Barren(reading))
            worthless.TryAdd(n, OffTopic);
        return worthless;
    }

    // Messages that name nothing of the field and hold no figure.
    private static IEnumerable<int> Barren(Reading reading)
    {
        var fertile = reading.Matches.Where(m => m.Owner.Use != TermUse.Excuse).Select(m => m.First)
            .Concat(reading.Figures.Select(f => f.First)).Select(reading.TurnOf).ToHashSet();
        return reading.Sentences.Index()
            .GroupBy(s => reading.TurnOf(s.Item.First))
            .Where(turn => !fertile.Contains(turn.Key) && turn.Sum(s => s.Item.Last - s.Item.First + 1) >= FewestWordsOffTopic)
            .SelectMany(turn => turn.Select(s => s.Index));
    }

    private static bool IsGibberish(List<Token> tokens, Sentence sentence)
    {
        var (words, odd) = (0, 0);
        for (var i = sentence.First; i <= sentence.Last; i++)
        {
            var word = tokens[i].Plain;
            if (!char.IsAsciiLetter(word[0]) || word.Length < 4)
                continue;
            words++;
            var vowels = 0;
            foreach (var letter in word)
                vowels += Vowels.Contains(letter) ? 1 : 0;
            odd += vowels == 0 || vowels * 7 < word.Length || word.Length > 25 ? 1 : 0;
        }

        return words >= 3 && odd * 2 > words;
    }
}
