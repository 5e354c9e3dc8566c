using System.Collections.Frozen;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Lists of names with hardly a word that joins them, in one sentence or on lines of their own. Features, sources and
/// slices are rightly listed; methods, metrics, tools and concerns call for a word on each.
/// </summary>
internal static class NameDropping
{
    private const int FewestItems = 6;
    private const int LongestItem = 3;
    private const int FewestNames = 5;

    // One list about one matter may be a summary; one that runs through the whole design is not.
    private const int FewestNamesAcross = 4;
    private const int FewestCriteria = 3;

    private static readonly List<(string Concept, string Criterion)> Nothing = [];

    private static readonly FrozenSet<string> Joining = new[]
    {
        "the", "a", "an", "is", "are", "we", "i", "it", "to", "of", "for", "by", "as", "that", "which", "from", "at", "on", "in", "be", "will",
        "would", "not", "if", "per", "has", "have", "do", "does", "can", "with", "so", "because", "since", "than", "but", "then", "or", "=", "→", "<", ">",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The sentences that only drop names.</summary>
    public static IEnumerable<int> In(Reading reading, RuleBook book)
    {
        var names = Names(reading, book);
        for (var n = 0; n < reading.Sentences.Count;)
        {
            // Lines that do not name enough do not when one is left out.
            var end = EndOfLines(reading, n);
            var many = end - n >= FewestItems && IsMany(names.GetRange(n, end - n).SelectMany(sentence => sentence));
            for (end = Math.Max(end, n + 1); n < end; n++)
            {
                if (many || (IsList(reading, reading.Sentences[n], names[n].Count) && IsMany(names[n])))
                    yield return n;
            }
        }
    }

    private static bool IsList(Reading reading, Sentence sentence, int names)
    {
        if (sentence.IsQuestion)
            return false;
        var length = sentence.Last - sentence.First + 1;
        if (names < FewestNamesAcross)
            return false;
        var items = reading.Items(sentence);
        var joined = 0;
        for (var i = sentence.First; i <= sentence.Last; i++)
            joined += Joining.Contains(reading.Tokens[i].Plain) ? 1 : 0;
        var listed = items >= FewestNamesAcross && length <= items * LongestItem;
        var strung = joined == 0 && names * LongestItem >= length;
        return (listed || strung) && joined * 8 <= length;
    }

    private static bool IsMany(IEnumerable<(string Concept, string Criterion)> names)
    {
        var all = names.Distinct().ToArray();
        var concepts = all.DistinctBy(n => n.Concept).Count();
        return concepts >= FewestNames
            || (concepts >= FewestNamesAcross && all.DistinctBy(n => n.Criterion).Count() >= FewestCriteria);
    }

    // Lines of a few words each, one after the other.
    private static int EndOfLines(Reading reading, int first)
    {
        var n = first;
        while (n < reading.Sentences.Count && reading.Sentences[n] is { IsQuestion: false } s && s.Last - s.First < LongestItem)
            n++;
        return n;
    }

    // By sentence.
    private static List<List<(string Concept, string Criterion)>> Names(Reading reading, RuleBook book)
    {
        var names = new List<List<(string, string)>>(Enumerable.Repeat(Nothing, reading.Sentences.Count));
        foreach (var match in reading.Matches)
        {
            if (match.Owner.Use != TermUse.Concept || !book.CallForAWord.Contains(match.Owner.Id))
                continue;
            var n = reading.SentenceOf(match.First);
            if (names[n] == Nothing)
                names[n] = [];
            foreach (var point in book.PointsOf[match.Owner.Id])
                names[n].Add((match.Owner.Id, point.Criterion));
        }

        return names;
    }
}
