using System.Collections.Frozen;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Passages written for no one: sentences after each other that are long, address nobody and speak for nobody. Who
/// answers says "I", "we" or "you"; an article explains what a thing is and where it is used.
/// </summary>
internal static class PastedText
{
    private const int ShortestSentence = 8;
    private const int UsualSentence = 15;
    private const int FewestWords = 120;
    private const int FewestWordsOfAnArticle = 50;
    private const int FewestMarks = 2;
    private const double LeastJoined = 0.2;

    private static readonly FrozenSet<string> Persons =
        Set("i we my our us me you your id ill ive lets i'd i'll i've let's we'd we'll we've you'd imo");

    private static readonly FrozenSet<string> Joining =
        Set("the a an is are it to of for by as that which from at on in be will would not if per has have do does can with and or such");

    // How articles define things and place them.
    private static readonly FixedPhrases Marks = new(
    [
        "is a measure", "is a technique", "is a method", "is a type", "is a subclass", "is a class", "is a process", "is a form of", "is a set of",
        "is a branch", "is a field", "is a family", "is a concept", "is a common", "is a popular", "is an approach", "is an important", "is one of the most",
        "is an essential", "is an alternative", "is the process", "is the fraction", "is the probability", "is the foundation", "is the practice",
        "is the task", "is the ratio", "refers to", "the term", "is defined as", "is known as", "also known as", "is commonly", "are commonly", "is a machine",
        "is widely", "are widely", "is often", "are often", "is typically", "are typically", "most current", "in recent years", "plays a", "play a", "any successful",
        "is essential", "is crucial", "a variety of", "a wide range", "is generally", "are generally", "in contrast to",
    ]);

    /// <summary>The sentences that were pasted.</summary>
    public static IEnumerable<int> In(Reading reading)
    {
        for (var n = 0; n < reading.Sentences.Count;)
        {
            var end = n;
            while (end < reading.Sentences.Count && IsImpersonal(reading, reading.Sentences[end]))
                end++;
            if (end > n && IsPasted(reading, n, end))
            {
                for (; n < end; n++)
                    yield return n;
            }

            n = end + 1;
        }
    }

    private static bool IsImpersonal(Reading reading, Sentence sentence)
    {
        if (sentence.IsQuestion || sentence.Last - sentence.First + 1 < ShortestSentence)
            return false;
        for (var i = sentence.First; i <= sentence.Last; i++)
        {
            if (Persons.Contains(reading.Tokens[i].Plain))
                return false;
        }

        return true;
    }

    private static bool IsPasted(Reading reading, int first, int end)
    {
        var (from, to) = (reading.Sentences[first].First, reading.Sentences[end - 1].Last);
        var words = to - from + 1;
        if (words < FewestWordsOfAnArticle || words < UsualSentence * (end - first))
            return false;
        var joined = 0;
        for (var i = from; i <= to; i++)
            joined += Joining.Contains(reading.Tokens[i].Plain) ? 1 : 0;
        if (joined < LeastJoined * words)
            return false;
        return Marked(reading, first, end) >= (words >= FewestWords ? 1 : FewestMarks);
    }

    private static int Marked(Reading reading, int first, int end)
    {
        var marked = 0;
        for (var n = first; n < end; n++)
        {
            var sentence = reading.Sentences[n];
            marked += Marks.CountIn(reading.Tokens, sentence.First, sentence.Last);
        }

        return marked;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
