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
            var end = EndOfLines(reading, n);
            if (end - n >= FewestItems && IsMany(Enumerable.Range(n, end - n).SelectMany(i => names[i])))
            {
                for (; n < end; n++)
                    yield return n;
                continue;
            }

            if (IsList(reading, reading.Sentences[n], names[n].Count()) && IsMany(names[n]))
                yield return n;
            n++;
        }
    }

    private static bool IsList(Reading reading, Sentence sentence, int names)
    {
        if (sentence.IsQuestion)
            return false;
        var length = sentence.Last - sentence.First + 1;
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

    private static ILookup<int, (string Concept, string Criterion)> Names(Reading reading, RuleBook book) => (
        from match in reading.Matches
        where match.Owner.Use == TermUse.Concept
        let points = book.PointsOf[match.Owner.Id]
        where points.Any(p => p.Needs > Strength.Named || p.Criterion is not ("requirements" or "framing" or "data"))
        from point in points
        select (Sentence: reading.SentenceOf(match.First), Name: (match.Owner.Id, point.Criterion)))
        .ToLookup(x => x.Sentence, x => x.Name);
}
