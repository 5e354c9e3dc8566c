using System.Buffers;
using System.Collections.Immutable;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Reads one answer and says what it shows.</summary>
internal static class Examination
{
    private const int FewestWords = 4;
    private const int ListedFrom = 3;
    private static readonly SearchValues<char> FormulaSigns = SearchValues.Create("²³^√()");

    public static ImmutableArray<Finding> Of(
        RuleBook book, IReadOnlyList<Turn> earlier, IReadOnlyList<Turn> answer, IReadOnlyList<Finding> known)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var question = earlier.LastOrDefault(t => t.Speaker == Speaker.Interviewer);
        // What the interviewer has just named is no evidence by itself.
        var heard = question is null ? null : new Reading([question], book.Matcher);
        var echoed = heard is null ? [] : heard.Matches.Select(m => m.Owner).ToHashSet();
        if (heard is { Tokens.Count: > 0 })
            findings.AddRange(Claims.Told(heard).Concat(Traces.Laid(heard, [])));
        var settled = Claims.Settled(known.Concat(findings));
        var open = known.Where(f => f.Kind is FindingKind.Contradiction or FindingKind.WrongArithmetic).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var claimed = known.Concat(findings).Where(f => f.Kind == FindingKind.Claim).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var points = new Dictionary<string, Finding>(StringComparer.Ordinal);
        var flagged = known.Where(f => f.Kind == FindingKind.RedFlag).GroupBy(f => f.Id, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(f => f.Span.Turn), StringComparer.Ordinal);
        var reading = answer.Count == 0 ? null : new Reading(answer, book.Matcher);
        if (reading is { Tokens.Count: > 0 })
        {
            var worthless = Junk.Of(reading, book);
            findings.AddRange(Flags(answer, reading, worthless));
            findings.AddRange(RedFlagReading.Of(reading, worthless, flagged, AnswerBefore(earlier)));
            Points(book, reading, worthless, echoed, points);
            findings.AddRange(AskedQuestions.Of(reading, worthless));
            findings.AddRange(Misfits.In(book, reading, worthless, flagged));
            findings.AddRange(OddFigures.In(book, reading, worthless));
            findings.AddRange(Figures(reading, worthless));
            findings.AddRange(Claims.In(reading, worthless, settled, open));
            findings.AddRange(Sums(reading, worthless, open));
            findings.AddRange(Traces.Laid(reading, worthless));
            findings.AddRange(Traces.In(reading, worthless, claimed));
            findings.AddRange(Reasoning(reading, worthless));
        }

        findings.AddRange(points.Values);
        findings.AddRange(points.Values
            .Where(f => f.Strength == Strength.Named && f.Detail is not null && book.Point(f.Id) is { Needs: not Strength.Named })
            .Select(f => f with { Kind = FindingKind.Buzzword }));
        return findings.ToImmutable();
    }

    // A turn is flagged once for each reason.
    private static IEnumerable<Finding> Flags(IReadOnlyList<Turn> answer, Reading reading, Dictionary<int, string> worthless) =>
        from turn in answer
        join flag in worthless.Select(w => (Kind: w.Value, Turn: reading.TurnOf(reading.Sentences[w.Key].First))).Distinct() on turn.N equals flag.Turn
        select new Finding(FindingKind.Junk, flag.Kind, Strength.Named, new Span(turn.N, 0, turn.Text.Length));

    // The first turn of the answer before this one: what it said is still being spoken about.
    private static int AnswerBefore(IReadOnlyList<Turn> earlier)
    {
        var i = earlier.Count - 1;
        while (i >= 0 && earlier[i].Speaker == Speaker.Interviewer)
            i--;
        while (i > 0 && earlier[i - 1].Speaker == Speaker.Candidate)
            i--;
        return i < 0 ? int.MaxValue : earlier[i].N;
    }

    private static void Points(
        RuleBook book, Reading reading, Dictionary<int, string> worthless, HashSet<TermOwner> echoed, Dictionary<string, Finding> points)
    {
        var shown = reading.Matches.Where(m => Shows(reading, worthless, m)).ToArray();
        // A sentence is read for the step it stands in; one that shows nothing of it is read for the others.
        var atHome = shown.Where(m => book.PointsNamedBy(m.Owner).Any(p => book.StepOf(p) == reading.Step)).Select(m => reading.SentenceOf(m.First)).ToHashSet();
        foreach (var match in shown)
        {
            var strength = StrengthOf(reading, match);
            if (strength == Strength.Named && echoed.Contains(match.Owner))
                continue;
            var label = match.Owner.Use == TermUse.Concept ? book.Concepts[match.Owner.Id] : null;
            foreach (var point in book.PointsNamedBy(match.Owner))
            {
                if (book.StepOf(point) == reading.Step || point.Also.Contains(reading.Step) || !atHome.Contains(reading.SentenceOf(match.First)))
                    Note(points, point.Id, strength, reading, match, label);
            }
        }
    }

    // A word of everyday talk shows something only beside one of the field, or in a question.
    private static bool Shows(Reading reading, Dictionary<int, string> worthless, TermMatch match)
    {
        var n = reading.SentenceOf(match.First);
        return match.Owner.Use is TermUse.Concept or TermUse.Point
            && !worthless.ContainsKey(n)
            && !reading.Sentences[n].IsHollow
            && (reading.IsOnTopic(n) || reading.Sentences[n].IsQuestion)
            && !Negation.Covers(reading.Tokens, match.First);
    }

    private static void Note(Dictionary<string, Finding> points, string id, Strength strength, Reading reading, TermMatch match, string? label)
    {
        var known = points.GetValueOrDefault(id);
        if (known is not null && known.Strength >= strength)
            return;
        points[id] = new Finding(FindingKind.Point, id, strength, reading.Quote(match.First), label ?? known?.Detail);
    }

    private static Strength StrengthOf(Reading reading, TermMatch match)
    {
        var n = reading.SentenceOf(match.First);
        var sentence = reading.Sentences[n];
        if (reading.IsFigured(n))
            return Strength.Quantified;
        var next = n + 1 < reading.Sentences.Count && reading.Sentences[n + 1] is { IsReasoned: true, IsQuestion: false, IsHollow: false } following
            && reading.Tokens[following.First].Plain is "because" or "so" or "otherwise" or "that" or "this" or "it";
        return !sentence.IsQuestion && (sentence.IsReasoned || next) ? Strength.Reasoned : Strength.Named;
    }

    // A figure counts as quantified where the sentence is about the matter; a recap takes any.
    private static IEnumerable<Finding> Figures(Reading reading, Dictionary<int, string> worthless) => reading.Figures
        .Where(f => f.Kind != QuantityKind.Number && !worthless.ContainsKey(reading.SentenceOf(f.First)))
        .Select(f => new Finding(
            FindingKind.Quantity,
            f.Kind.ToString().ToLowerInvariant(),
            reading.IsOnTopic(reading.SentenceOf(f.First)) ? Strength.Quantified : Strength.Named,
            reading.SpanOf(f.First, f.Last)));

    // A sum that comes out after one that did not takes that one back.
    private static IEnumerable<Finding> Sums(Reading reading, Dictionary<int, string> worthless, HashSet<string> open)
    {
        var figures = reading.Figures.FindAll(f => !worthless.ContainsKey(reading.SentenceOf(f.First)));
        var (results, right) = Arithmetic.Of(reading.Tokens, figures);
        var wrong = results.FindAll(r => !IsAFormula(reading, r));
        foreach (var (i, sum) in wrong.Index())
        {
            yield return new Finding(
                FindingKind.WrongArithmetic, $"arithmetic.{reading.TurnOf(sum.First)}.{i + 1}", Strength.Named, reading.SpanOf(sum.First, sum.Last), Written(sum.Stated));
        }

        var last = open.Where(id => id.StartsWith("arithmetic.", StringComparison.Ordinal)).ToArray();
        if (last.Length > 0 && wrong.Count == 0 && (right || RedFlagReading.TakesBack(reading, worthless)) && figures.Count > 0)
        {
            foreach (var id in last)
                yield return new Finding(FindingKind.Correction, id, Strength.Named, reading.Quote(figures[0].First));
        }
    }

    // Powers, roots and brackets are more than a chain of factors.
    private static bool IsAFormula(Reading reading, WrongResult result) =>
        reading.Text.AsSpan(reading.Tokens[result.First].Start..reading.Tokens[result.Last].End).ContainsAny(FormulaSigns);

    private static IEnumerable<Finding> Reasoning(Reading reading, Dictionary<int, string> worthless)
    {
        var wrong = reading.Matches.Where(m => m.Owner.Use == TermUse.RedFlag).Select(m => reading.SentenceOf(m.First)).ToHashSet();
        foreach (var (n, sentence) in reading.Sentences.Index())
        {
            var quote = reading.Quote(sentence.First);
            // What is charged as a wrong turn is not charged as waved away too.
            foreach (var id in wrong.Contains(n) ? [] : Doubts.In(reading.Tokens, sentence.First, sentence.Last))
                yield return new Finding(FindingKind.Reasoning, id, Strength.Named, quote);
            if (sentence.IsQuestion || !reading.IsOnTopic(n))
                continue;
            if (Lists(reading, sentence))
                yield return new Finding(FindingKind.Reasoning, ReasonIds.Listed, Strength.Named, quote);
            if (worthless.ContainsKey(n))
                continue;
            foreach (var id in Worth(reading, n, sentence))
                yield return new Finding(FindingKind.Reasoning, id, Strength.Reasoned, quote);
        }
    }

    private static bool Lists(Reading reading, Sentence sentence) => !sentence.IsReasoned && reading.Items(sentence) > ListedFrom;

    private static IEnumerable<string> Worth(Reading reading, int n, Sentence sentence)
    {
        if (sentence.Last - sentence.First + 1 >= FewestWords)
            yield return ReasonIds.Said;
        if (sentence.IsReasoned)
            yield return ReasonIds.Reason;
        if (Reasons.Contrast(reading.Tokens, sentence.First, sentence.Last))
            yield return ReasonIds.Contrast;
        if (reading.IsCounted(n))
            yield return ReasonIds.Figured;
    }

    private static string Written(double value) => value switch
    {
        >= 1e9 => $"{value / 1e9:0.##} billion",
        >= 1e6 => $"{value / 1e6:0.##} million",
        >= 1e3 => $"{value:#,0}",
        _ => $"{value:0.###}",
    };
}
