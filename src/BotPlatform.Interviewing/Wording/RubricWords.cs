using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Wording;

/// <summary>Whether words are taken from the rubric: five in a row that stand in an anchor, a point or a hint.</summary>
internal static class RubricWords
{
    private const int InARow = 5;

    /// <param name="except">What the interviewer may say anyway.</param>
    public static bool In(RuleBook book, string said, IEnumerable<string> except)
    {
        var runs = Runs(said).ToHashSet(StringComparer.Ordinal);
        runs.ExceptWith(except.SelectMany(Runs));
        return runs.Count > 0 && Texts(book).SelectMany(Runs).Any(runs.Contains);
    }

    private static IEnumerable<string> Texts(RuleBook book) =>
        book.Rubric.Criteria.SelectMany(c => c.Cells.Values.SelectMany(cell => cell.Anchors).Append(c.About))
            .Concat(book.Points.SelectMany(p => new[] { p.Shows, p.Hint, p.Raise }));

    private static IEnumerable<string> Runs(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(w => w.Trim('.', ',', ';', ':', '?', '!', '"', '\'', '(', ')').ToLowerInvariant())
            .Where(w => w.Length > 0)
            .ToArray();
        for (var i = 0; i + InARow <= words.Length; i++)
            yield return string.Join(' ', words, i, InARow);
    }
}
