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
        var heard = question is null ? null : new Reading(question, book.Matcher);
        var echoed = heard is null ? [] : heard.Matches.Select(m => m.Owner).ToHashSet();
        if (heard is { Tokens.Count: > 0 })
            findings.AddRange(Claims.Told(heard));
        var settled = Claims.Settled(known.Concat(findings));
        var open = known.Where(f => f.Kind is FindingKind.Contradiction or FindingKind.WrongArithmetic).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var points = new Dictionary<string, Finding>(StringComparer.Ordinal);
        var flagged = known.Where(f => f.Kind == FindingKind.RedFlag).GroupBy(f => f.Id, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(f => f.Span.Turn), StringComparer.Ordinal);
        foreach (var turn in answer)
        {
            var reading = new Reading(turn, book.Matcher);
            if (reading.Tokens.Count == 0)
                continue;
            var worthless = Junk.Of(reading, book);
            findings.AddRange(worthless.Values.Distinct(StringComparer.Ordinal)
                .Select(kind => new Finding(FindingKind.Junk, kind, Strength.Named, new Span(turn.N, 0, turn.Text.Length))));
            Points(book, reading, worthless, echoed, points);
            findings.AddRange(AskedQuestions.Of(reading, worthless));
            findings.AddRange(RedFlagReading.Of(reading, worthless, flagged));
            findings.AddRange(Misfits.In(book, reading, worthless, flagged));
            findings.AddRange(OddFigures.In(book, reading, worthless));
            findings.AddRange(Figures(reading, worthless));
            findings.AddRange(Claims.In(reading, worthless, settled, open));
            findings.AddRange(Sums(reading, open));
            findings.AddRange(Reasoning(reading, worthless));
        }

        findings.AddRange(points.Values);
        findings.AddRange(points.Values
            .Where(f => f.Strength == Strength.Named && f.Detail is not null && book.Point(f.Id) is { Needs: not Strength.Named })
            .Select(f => f with { Kind = FindingKind.Buzzword }));
        return findings.ToImmutable();
    }

    private static void Points(
        RuleBook book, Reading reading, Dictionary<int, string> worthless, HashSet<TermOwner> echoed, Dictionary<string, Finding> points)
    {
        foreach (var match in reading.Matches)
        {
            if (match.Owner.Use is not (TermUse.Concept or TermUse.Point)
                || worthless.ContainsKey(reading.SentenceOf(match.First))
                || Negation.Covers(reading.Tokens, match.First))
            {
                continue;
            }

            var strength = StrengthOf(reading, match);
            if (strength == Strength.Named && echoed.Contains(match.Owner))
                continue;
            if (match.Owner.Use == TermUse.Point)
            {
                Note(points, match.Owner.Id, strength, reading, match, label: null);
                continue;
            }

            foreach (var point in book.PointsOf[match.Owner.Id])
                Note(points, point.Id, strength, reading, match, book.Concepts[match.Owner.Id]);
        }
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
        var next = n + 1 < reading.Sentences.Count && reading.Sentences[n + 1] is { IsReasoned: true, IsQuestion: false } following
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
    private static IEnumerable<Finding> Sums(Reading reading, HashSet<string> open)
    {
        var (results, right) = Arithmetic.Of(reading.Tokens, reading.Figures);
        var wrong = results.FindAll(r => !IsAFormula(reading, r));
        foreach (var (i, sum) in wrong.Index())
        {
            yield return new Finding(
                FindingKind.WrongArithmetic, $"arithmetic.{reading.Turn.N}.{i + 1}", Strength.Named, reading.SpanOf(sum.First, sum.Last), Written(sum.Stated));
        }

        var last = open.Where(id => id.StartsWith("arithmetic.", StringComparison.Ordinal)).ToArray();
        if (wrong.Count == 0 && (right || RedFlagReading.TakesBack(reading)) && reading.Figures.Count > 0)
        {
            foreach (var id in last)
                yield return new Finding(FindingKind.Correction, id, Strength.Named, reading.Quote(reading.Figures[0].First));
        }
    }

    // Powers, roots and brackets are more than a chain of factors.
    private static bool IsAFormula(Reading reading, WrongResult result)
    {
        var span = reading.SpanOf(result.First, result.Last);
        return reading.Turn.Text.AsSpan(span.Start, span.Length).ContainsAny(FormulaSigns);
    }

    private static IEnumerable<Finding> Reasoning(Reading reading, Dictionary<int, string> worthless)
    {
        foreach (var (n, sentence) in reading.Sentences.Index())
        {
            if (worthless.ContainsKey(n))
                continue;
            var quote = reading.Quote(sentence.First);
            foreach (var id in Doubts.In(reading.Tokens, sentence.First, sentence.Last))
                yield return new Finding(FindingKind.Reasoning, id, Strength.Named, quote);
            if (sentence.IsQuestion || !reading.IsOnTopic(n))
                continue;
            foreach (var id in Worth(reading, n, sentence))
                yield return new Finding(FindingKind.Reasoning, id, Strength.Reasoned, quote);
        }
    }

    private static IEnumerable<string> Worth(Reading reading, int n, Sentence sentence)
    {
        if (sentence.Last - sentence.First + 1 >= FewestWords)
            yield return ReasonIds.Said;
        if (sentence.IsReasoned)
            yield return ReasonIds.Reason;
        else if (reading.Commas(sentence) >= ListedFrom)
            yield return ReasonIds.Listed;
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
