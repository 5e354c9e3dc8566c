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

    /// <param name="flagged">Wrong turns made so far, with the turn of the last time; what this turn adds is added to it.</param>
    public static IEnumerable<Finding> Of(Reading reading, Dictionary<int, string> worthless, Dictionary<string, int> flagged)
    {
        var findings = new List<Finding>();
        var excuses = reading.Matches.Where(m => m.Owner.Use == TermUse.Excuse && !worthless.ContainsKey(reading.SentenceOf(m.First)))
            .DistinctBy(m => (m.Owner.Id, reading.SentenceOf(m.First))).ToArray();
        var excused = excuses.Select(m => (m.Owner.Id, reading.SentenceOf(m.First))).ToHashSet();
        var retracting = SaysOneOf(reading, Retractions);
        var settled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in reading.Matches.Where(m => m.Owner.Use == TermUse.RedFlag))
        {
            var (id, n) = (match.Owner.Id, reading.SentenceOf(match.First));
            if (settled.Contains(id) || worthless.ContainsKey(n) || reading.Sentences[n].IsQuestion)
                continue;
            var ruledOut = retracting || Negation.Covers(reading.Tokens, match.First)
                || excused.Contains((id, n)) || excused.Contains((id, n - 1)) || excused.Contains((id, n + 1));
            if (ruledOut && !flagged.ContainsKey(id))
                continue;
            settled.Add(id);
            findings.Add(new Finding(ruledOut ? FindingKind.Correction : FindingKind.RedFlag, id, Strength.Named, reading.Quote(match.First)));
        }

        var turning = retracting || SaysOneOf(reading, Turns);
        foreach (var excuse in excuses.Where(e => turning && flagged.ContainsKey(e.Owner.Id)))
        {
            var soon = reading.Turn.N - flagged[excuse.Owner.Id] <= SoonAfter;
            if ((retracting || soon) && settled.Add(excuse.Owner.Id))
                findings.Add(new Finding(FindingKind.Correction, excuse.Owner.Id, Strength.Named, reading.Quote(excuse.First)));
        }

        foreach (var raised in findings.Where(f => f.Kind == FindingKind.RedFlag))
            flagged[raised.Id] = reading.Turn.N;
        return findings;
    }

    public static bool TakesBack(Reading reading) => SaysOneOf(reading, Retractions);

    private static bool SaysOneOf(Reading reading, string[][] phrases) =>
        phrases.Any(words => FixedPhrases.Stand(reading.Tokens, 0, reading.Tokens.Count - 1, words));
}
