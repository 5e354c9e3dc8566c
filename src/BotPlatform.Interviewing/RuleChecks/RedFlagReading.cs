using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Wrong turns in one turn, and what takes earlier ones back.</summary>
internal static class RedFlagReading
{
    // Turns within which a changed mind shows without saying so: the answer to the probe.
    private const int SoonAfter = 3;

    // What people say when they put something right, unasked or when asked.
    private static readonly string[][] Retractions =
    [
        ["take", "back"], ["take", "that", "back"], ["take", "it", "back"], ["scratch", "that"], ["scratch", "this"], ["correct", "myself"],
        ["was", "wrong"], ["that", "is", "wrong"], ["thats", "wrong"], ["my", "mistake"], ["a", "mistake"], ["on", "second", "thought"], ["i", "misspoke"],
        ["let", "me", "fix"], ["to", "fix"], ["let", "me", "correct"], ["should", "not", "have"], ["change", "my", "mind"], ["changed", "my", "mind"],
        ["retract"], ["withdraw"], ["no", "longer"],
    ];

    // These put something right only together with words that say how.
    private static readonly string[][] Turns =
    [
        ["good", "point"], ["fair", "point"], ["you", "are", "right"], ["youre", "right"], ["true"], ["actually"], ["oh"], ["ah"], ["sorry"], ["right"],
        ["revise"], ["rethink"], ["instead"], ["rather"], ["better"], ["yes"], ["indeed"], ["i", "said"], ["earlier"],
    ];

    public static IEnumerable<Finding> Of(
        RuleBook book, Reading reading, Dictionary<int, string> worthless, IReadOnlyList<Finding> known)
    {
        var excused = reading.Matches.Where(m => m.Owner.Use == TermUse.Excuse)
            .Select(m => (m.Owner.Id, Sentence: reading.SentenceOf(m.First), m.First)).ToArray();
        var retracting = SaysOneOf(reading, Retractions);
        var raised = new HashSet<string>(StringComparer.Ordinal);
        var lifted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in reading.Matches.Where(m => m.Owner.Use == TermUse.RedFlag))
        {
            var (id, sentence) = (match.Owner.Id, reading.SentenceOf(match.First));
            if (worthless.ContainsKey(sentence) || reading.Sentences[sentence].IsQuestion)
                continue;
            var ruledOut = Negation.Covers(reading.Tokens, match.First)
                || excused.Any(e => e.Id == id && Math.Abs(e.Sentence - sentence) <= 1);
            if (!ruledOut && !retracting && raised.Add(id))
                yield return new Finding(FindingKind.RedFlag, id, Strength.Named, reading.Quote(match.First));
            else if ((ruledOut || retracting) && IsKnown(known, id) && lifted.Add(id))
                yield return new Finding(FindingKind.Correction, id, Strength.Named, reading.Quote(match.First));
        }

        if (!retracting && !SaysOneOf(reading, Turns))
            yield break;
        foreach (var (id, sentence, at) in excused)
        {
            var near = retracting || known.Any(f => f.Kind == FindingKind.RedFlag && f.Id == id && reading.Turn.N - f.Span.Turn <= SoonAfter);
            if (near && !worthless.ContainsKey(sentence) && !raised.Contains(id) && IsKnown(known, id) && lifted.Add(id))
                yield return new Finding(FindingKind.Correction, id, Strength.Named, reading.Quote(at));
        }
    }

    private static bool IsKnown(IReadOnlyList<Finding> known, string id) => known.Any(f => f.Kind == FindingKind.RedFlag && f.Id == id);

    private static bool SaysOneOf(Reading reading, string[][] phrases) =>
        phrases.Any(words => FixedPhrases.Stand(reading.Tokens, 0, reading.Tokens.Count - 1, words));
}
