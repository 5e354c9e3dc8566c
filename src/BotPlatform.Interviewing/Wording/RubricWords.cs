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

    // However it is punctuated, it is the same wording.
    private static IEnumerable<string> Runs(string text)
    {
        var words = string.Concat(text.Where(c => c is not ('\'' or '\u2019')).Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + InARow <= words.Length; i++)
            yield return string.Join(' ', words, i, InARow);
    }
}
