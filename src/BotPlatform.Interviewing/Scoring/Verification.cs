using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>One criterion of one sample after every claim in it was checked.</summary>
/// <param name="Value">1 to 4; null when it does not hold, and then <paramref name="Failure"/> says why.</param>
/// <param name="Met">Ids of the essentials that are met.</param>
public sealed record VerifiedScore(
    string Criterion,
    int? Value,
    string? Failure,
    ImmutableArray<Span> Evidence,
    ImmutableArray<string> Met,
    string Missing,
    string Raise);

/// <summary>
/// Checks what a model answered: each criterion once, a value on the scale that its own anchors bear out, and quotes
/// that stand word for word in the candidate's turn they name, outside of what can be no evidence.
/// </summary>
public sealed class Verification
{
    private const int MostQuotes = 8;
    private readonly RuleBook _book;
    private readonly Level _level;
    private readonly Dictionary<int, Turn> _candidate;
    private readonly Dictionary<int, ImmutableArray<(Span Span, string Kind)>> _worthless;

    public Verification(RuleBook book, Level level, IEnumerable<Turn> transcript)
    {
        (_book, _level) = (book, level);
        _candidate = transcript.Where(t => t.Speaker == Speaker.Candidate).ToDictionary(t => t.N);
        _worthless = _candidate.Values.ToDictionary(t => t.N, t => Worthless.In(book, t));
    }

    /// <summary>Every criterion of the rubric, in its order.</summary>
    public ImmutableArray<VerifiedScore> Verify(GraderReply reply)
    {
        var known = _book.Rubric.Criteria.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var stranger = reply.Scores.Any(s => !known.Contains(s.Criterion));
        return [.. _book.Rubric.Criteria.Select(c => stranger ? Fails(c.Id, "the reply names a criterion that the rubric does not have") : Verify(c, reply))];
    }

    /// <summary>The first reply in which a criterion holds decides; the last failure stands where none does.</summary>
    public ImmutableArray<VerifiedScore> Verify(GraderSample sample)
    {
        if (sample.Replies.IsEmpty)
            return [.. _book.Rubric.Criteria.Select(c => Fails(c.Id, "no reply could be read"))];
        var replies = sample.Replies.Select(Verify).ToArray();
        return [.. replies[0].Select((_, i) => replies.Select(r => r[i]).FirstOrDefault(s => s.Value is not null) ?? replies[^1][i])];
    }

    private VerifiedScore Verify(Criterion criterion, GraderReply reply)
    {
        var given = reply.Scores.Where(s => s.Criterion == criterion.Id).ToArray();
        if (given.Length != 1)
            return Fails(criterion.Id, given.Length == 0 ? "it was left out" : "it was scored more than once");
        var score = given[0];
        var essentials = criterion.Cells[_level].Essentials;
        var evidence = score.Quotes.Select(Place).OfType<Span>().Distinct().OrderBy(s => s.Turn).ThenBy(s => s.Start).Take(MostQuotes).ToImmutableArray();
        var failure = score switch
        {
            { Value: < 1 or > 4 } => "its value is off the scale",
            { Anchors.Length: not 4 } => "its anchors are not the four",
            _ when !score.Anchors[score.Value - 1] => "its value is not one of the anchors that it says are met",
            _ when !score.Essentials.Select(e => e.Id).Order(StringComparer.Ordinal).SequenceEqual(essentials.Order(StringComparer.Ordinal)) => "its essentials are not those asked for",
            { Value: >= 2 } when evidence.IsEmpty => "none of its quotes stands in the turn it names",
            _ => null,
        };
        return failure is not null
            ? Fails(criterion.Id, failure)
            : new VerifiedScore(
                criterion.Id,
                score.Value,
                Failure: null,
                score.Value == 1 ? [] : evidence,
                [.. score.Essentials.Where(e => e.Met).Select(e => e.Id)],
                ModelWords.Plain(score.Missing),
                ModelWords.Plain(score.Raise));
    }

    private static VerifiedScore Fails(string criterion, string why) => new(criterion, Value: null, why, [], [], "", "");

    // What was said twice is evidence where one of the two places is.
    private Span? Place(GradedQuote quote) => _candidate.TryGetValue(quote.Turn, out var turn)
        ? QuoteMatching.All(turn, quote.Text).Where(s => !IsWorthless(s)).Cast<Span?>().FirstOrDefault()
        : null;

    private bool IsWorthless(Span span) =>
        _worthless[span.Turn].Any(w => w.Span.Start < span.Start + span.Length && span.Start < w.Span.Start + w.Span.Length);
}
