using System.Collections.Frozen;

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
    private const int FewestWordsPasted = 120;
    private const int LongSentence = 15;
    private const int FewestItems = 6;
    private const int LongestItem = 3;
    private const int FewestMethods = 5;

    private static readonly FrozenSet<char> Vowels = "aeiouyáéíóúäöüàèâêô".ToFrozenSet();

    // Who answers says "I", "we" or "you"; who pastes an article does not.
    private static readonly FrozenSet<string> Persons =
        new[] { "i", "we", "my", "our", "us", "me", "you", "your", "id", "ill", "ive", "lets", "i'd", "i'll", "i've", "let's" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Joining = new[]
    {
        "the", "a", "an", "is", "are", "we", "i", "it", "to", "of", "for", "by", "as", "that", "which", "from", "at", "on", "in", "be", "will",
        "would", "not", "if", "per", "has", "have", "do", "does", "can", "with",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Which sentences of a turn earn nothing, with the reason.</summary>
    public static Dictionary<int, string> Of(Reading reading, RuleBook book)
    {
        var worthless = new Dictionary<int, string>();
        if (WholeTurn(reading) is { } whole)
        {
            for (var n = 0; n < reading.Sentences.Count; n++)
                worthless[n] = whole;
            return worthless;
        }

        var methods = Methods(reading, book);
        var addressed = new Queue<(int Start, int End)>(GraderAddress.In(reading.Turn.Text.ToLowerInvariant()));
        foreach (var (n, sentence) in reading.Sentences.Index())
        {
            var start = reading.Tokens[sentence.First].Start;
            while (addressed.TryPeek(out var passed) && passed.End <= start)
                addressed.Dequeue();
            if (addressed.TryPeek(out var part) && start >= part.Start)
                worthless[n] = AddressedToGrader;
            else if (IsGibberish(reading.Tokens, sentence))
                worthless[n] = Gibberish;
            else if (IsNameDropping(reading, sentence, methods.GetValueOrDefault(n)))
                worthless[n] = Buzzwords;
        }

        return worthless;
    }

    private static string? WholeTurn(Reading reading)
    {
        var tokens = reading.Tokens;
        var words = tokens.Count(t => char.IsLetter(t.Plain[0]));
        var personal = tokens.Exists(t => Persons.Contains(t.Plain));
        if (words >= FewestWordsPasted && !personal && words >= LongSentence * reading.Sentences.Count && Share(tokens, Joining) > 0.2)
            return Pasted;
        var barren = !reading.Matches.Exists(m => m.Owner.Use != TermUse.Excuse) && reading.Figures.Count == 0;
        return words >= FewestWordsOffTopic && barren ? OffTopic : null;
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
            var vowels = word.Count(Vowels.Contains);
            odd += vowels == 0 || vowels * 7 < word.Length || word.Length > 25 ? 1 : 0;
        }

        return words >= 3 && odd * 2 > words;
    }

    // Many short items after each other that name many things, and hardly a word that joins them.
    private static bool IsNameDropping(Reading reading, Sentence sentence, int methods)
    {
        if (sentence.IsQuestion)
            return false;
        var length = sentence.Last - sentence.First + 1;
        var items = reading.Commas(sentence) + 1;
        var joined = 0;
        for (var i = sentence.First; i <= sentence.Last; i++)
            joined += Joining.Contains(reading.Tokens[i].Plain) ? 1 : 0;
        var listed = items >= FewestItems && length <= items * LongestItem;
        var strung = length >= 2 * FewestItems && joined == 0 && reading.Commas(sentence) <= 1;
        if (!(listed || strung) || joined * 8 > length)
            return false;
        return methods >= (strung ? 2 * FewestMethods : FewestMethods);
    }

    // Features, slices and sources are rightly listed; methods, metrics and tools call for a word on each.
    private static Dictionary<int, int> Methods(Reading reading, RuleBook book) => reading.Matches
        .Where(m => m.Owner.Use == TermUse.Concept)
        .Where(m => book.PointsOf[m.Owner.Id].All(p => p.Criterion is not ("requirements" or "framing" or "data")))
        .GroupBy(m => reading.SentenceOf(m.First))
        .ToDictionary(g => g.Key, g => g.Select(m => m.Owner.Id).Distinct(StringComparer.Ordinal).Count());

    private static double Share(List<Token> tokens, FrozenSet<string> words) => tokens.Count(t => words.Contains(t.Plain)) / (double)tokens.Count;
}
