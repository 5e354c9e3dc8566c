using System.Collections.Immutable;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Which parts of a turn can be no evidence, whoever quotes them.</summary>
public static class Worthless
{
    /// <summary>
    /// Spans of the sentences that are addressed to a grader, gibberish, bare lists or pasted, with which of these. Not what
    /// looks off-topic: the rules know the terms of one language, and whoever quotes may read others.
    /// </summary>
    public static ImmutableArray<(Span Span, string Kind)> In(RuleBook book, Turn turn)
    {
        var reading = new Reading([turn], book.Matcher);
        return
        [
            .. Junk.Of(reading, book).Where(w => w.Value != Junk.OffTopic).OrderBy(w => w.Key)
                .Select(w => (reading.SpanOf(reading.Sentences[w.Key].First, reading.Sentences[w.Key].Last), w.Value)),
        ];
    }

    /// <summary>Whether a turn holds something that speaks to whoever scores.</summary>
    public static bool AddressesGrader(Turn turn) =>
        turn.Speaker == Speaker.Candidate && GraderAddress.In(turn.Text.ToLowerInvariant()).Count > 0;
}
