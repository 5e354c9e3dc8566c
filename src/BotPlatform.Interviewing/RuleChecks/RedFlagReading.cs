using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Wrong turns in one answer, and what takes earlier ones back.</summary>
internal static class RedFlagReading
{
    // How many sentences may stand between "I take that back" and what is taken back.
    private const int Near = 2;

    // What people say when they put something right, unasked or when asked.
    private static readonly FixedPhrases Retractions = new(
    [
        "scratch that", "scratch this", "correct myself", "was wrong", "that is wrong", "thats wrong", "my mistake", "a mistake",
        "on second thought", "i misspoke", "let me fix", "to fix", "let me correct", "should not have", "change my mind",
        "changed my mind", "retract", "withdraw", "withdrawn", "no longer", "bad idea", "should have said", "forget that", "forget what i said",
        "does not work as", "doesnt work as",
    ]);

    /// <param name="flagged">Wrong turns made so far, with the turn of the last time; what this answer adds is added to it.</param>
    /// <param name="before">The first turn of the answer before this one.</param>
    public static IEnumerable<Finding> Of(Reading reading, Dictionary<int, string> worthless, Dictionary<string, int> flagged, int before)
    {
        var concerned = reading.Matches.Where(m => m.Owner.Use == TermUse.RedFlag).Select(m => m.Owner.Id).Concat(flagged.Keys).ToHashSet(StringComparer.Ordinal);
        if (concerned.Count == 0)
            return [];
        var findings = new List<Finding>();
        var excuses = Excuses(reading, worthless, concerned);
        var excused = Excused(reading, excuses);
        var retracting = RetractingSentences(reading, worthless);
        // What was said long ago is put right at some length: that it was wrong, why, and what is right.
        var puttingRight = retracting.Select(n => reading.TurnOf(reading.Sentences[n].First)).ToHashSet();
        var here = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var match in reading.Matches.Where(m => m.Owner.Use == TermUse.RedFlag))
        {
            var (id, n) = (match.Owner.Id, reading.SentenceOf(match.First));
            if (reading.Sentences[n].IsQuestion)
                continue;
            var ruledOut = IsNear(retracting, n) || Negation.Covers(reading.Tokens, match.First) || excused.Contains((id, n));
            var known = flagged.ContainsKey(id) || here.ContainsKey(id);
            if (ruledOut ? !known : here.ContainsKey(id))
                continue;
            findings.Add(ruledOut ? Correction(reading, retracting, match) : new Finding(FindingKind.RedFlag, id, Strength.Named, reading.Quote(match.First)));
            if (!ruledOut)
                here[id] = n;
        }

        foreach (var excuse in excuses.Where(e => reading.IsSpecific(e) && !Negation.Covers(reading.Tokens, e.First)))
        {
            var (id, n) = (excuse.Owner.Id, reading.SentenceOf(excuse.First));
            var takesBack = here.TryGetValue(id, out var said)
                ? n > said && (n == said + 1 || IsNear(retracting, n))
                : flagged.TryGetValue(id, out var turn) && (turn >= before || puttingRight.Contains(reading.TurnOf(excuse.First)));
            if (takesBack)
                findings.Add(Correction(reading, retracting, excuse));
        }

        foreach (var (id, n) in here)
            flagged[id] = reading.TurnOf(reading.Sentences[n].First);
        return findings.DistinctBy(f => (f.Kind, f.Id, f.Strength));
    }

    // Knowing better shows in what is said next; saying that it was wrong puts it in words.
    private static Finding Correction(Reading reading, HashSet<int> retracting, TermMatch match) => new(
        FindingKind.Correction,
        match.Owner.Id,
        IsNear(retracting, reading.SentenceOf(match.First)) ? Strength.Reasoned : Strength.Named,
        reading.Quote(match.First));

    /// <summary>Whether something said before is taken back anywhere in the answer.</summary>
    public static bool TakesBack(Reading reading, Dictionary<int, string> worthless) =>
        reading.Sentences.Index().Any(s => !worthless.ContainsKey(s.Index) && Retracts(reading.Tokens, s.Item));

    private static TermMatch[] Excuses(Reading reading, Dictionary<int, string> worthless, HashSet<string> concerned) => reading.Matches
        .Where(m => m.Owner.Use == TermUse.Excuse && concerned.Contains(m.Owner.Id) && !worthless.ContainsKey(reading.SentenceOf(m.First)))
        .DistinctBy(m => (m.Owner.Id, reading.SentenceOf(m.First)))
        .ToArray();

    // A mere "because" excuses its own sentence; words of the field also the one after it.
    private static HashSet<(string, int)> Excused(Reading reading, TermMatch[] excuses)
    {
        var excused = new HashSet<(string, int)>();
        foreach (var excuse in excuses)
        {
            var n = reading.SentenceOf(excuse.First);
            excused.Add((excuse.Owner.Id, n));
            if (reading.IsSpecific(excuse))
                excused.Add((excuse.Owner.Id, n + 1));
        }

        return excused;
    }

    private static HashSet<int> RetractingSentences(Reading reading, Dictionary<int, string> worthless) =>
    [
        .. reading.Sentences.Index()
            .Where(s => !worthless.ContainsKey(s.Index) && Retracts(reading.Tokens, s.Item))
            .Select(s => s.Index),
    ];

    private static bool Retracts(List<Token> tokens, Sentence sentence) =>
        Retractions.AnyIn(tokens, sentence.First, sentence.Last) || TakesSomethingBack(tokens, sentence);

    // "I take that back", "I take the random split back".
    private static bool TakesSomethingBack(List<Token> tokens, Sentence sentence)
    {
        var taking = -1;
        for (var i = sentence.First; i <= sentence.Last; i++)
        {
            if (tokens[i].Plain is "take" or "took" && i > sentence.First && tokens[i - 1].Plain is "i" or "we" or "to" or "must" or "should" or "would" or "will" or "me" or "ill" or "i'll" or "i'd")
                taking = i;
            else if (tokens[i].Plain == "back" && taking >= 0 && i - taking <= TermPattern.LongestGap)
                return true;
        }

        return false;
    }

    private static bool IsNear(HashSet<int> retracting, int sentence)
    {
        for (var n = sentence - Near; n <= sentence + Near; n++)
        {
            if (retracting.Contains(n))
                return true;
        }

        return false;
    }
}
