using System.Collections.Immutable;
using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Wording;

/// <summary>Holds a model's wording to what an interviewer may say, before anyone sees it.</summary>
public static class WordingChecks
{
    private const int MostWords = 80;
    private const int MostCharacters = 700;
    private const int MostFacts = 4;

    /// <summary>Why the wording cannot be used, without quoting it; null when it can.</summary>
    public static string? Refusal(Session session, WordingOffer offer, Worded worded)
    {
        var said = (worded.Answer + " " + worded.Question).Trim();
        return Choice(offer, worded)
            ?? Form(worded, said)
            ?? (Praise.In(said) ? "it praises or grades" : null)
            ?? (Figures.Of(said).Except(Known(session, offer, worded)).Any() ? "it has a number that is neither in the problem nor in the transcript" : null)
            ?? (RubricWords.In(session.Book, said, except: Told(session, offer, worded)) ? "it uses the rubric's words" : null)
            ?? (Giveaway(session, said, Told(session, offer, worded)) ? "it gives an answer away" : null);
    }

    private static string? Choice(WordingOffer offer, Worded worded)
    {
        if (offer.Gaps.IsEmpty ? worded.Gap is not null : !offer.Gaps.Any(g => g.Id == worded.Gap))
            return "it chose a gap that was not offered";
        if (worded.Facts.Length > MostFacts || worded.Facts.Distinct().Count() != worded.Facts.Length || worded.Facts.Any(id => !offer.Facts.Any(f => f.Id == id)))
            return "it tells facts that were not offered";
        if (offer.Facts.IsEmpty ? worded.Answer.Length > 0 : worded.Facts.IsEmpty || worded.Answer.Length == 0)
            return offer.Facts.IsEmpty ? "it answers what was not asked" : "it leaves the candidate's question without an answer";
        return null;
    }

    private static string? Form(Worded worded, string said)
    {
        if (worded.Question.Length == 0 || !IsMark(worded.Question[^1]) || said.Count(IsMark) != 1)
            return "it is not one question";
        if (said.Length > MostCharacters || said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > MostWords)
            return $"it is longer than {MostWords} words";
        return said.Any(c => char.IsControl(c) || c is '<' or '>' or '`' or '@' or '*' or '#' or '{' or '|') || said.Contains("://", StringComparison.Ordinal)
            ? "it has markup in it"
            : null;
    }

    private static bool IsMark(char c) => c is '?' or '\uFF1F' or '\u061F';

    private static HashSet<string> Known(Session session, WordingOffer offer, Worded worded) =>
        [.. Told(session, offer, worded).Concat([session.Book.Problem!.Opening]).Concat(session.Turns.Where(t => !t.Deleted).Select(t => t.Turn.Text)).SelectMany(Figures.Of)];

    /// <summary>What the interviewer may say anyway: the chosen probe in the engine's words, and the chosen facts.</summary>
    private static IEnumerable<string> Told(Session session, WordingOffer offer, Worded worded) =>
    [
        offer.Gaps.FirstOrDefault(g => g.Id == worded.Gap)?.Text ?? offer.Question,
        .. offer.Facts.Where(f => worded.Facts.Contains(f.Id)).Select(f => f.Answer),
        .. session.Turns.Where(t => !t.Deleted).Reverse().Take(2).Select(t => t.Turn.Text),
    ];

    // An essential that is still to be shown, in this step or a later one, is for the candidate to name.
    private static bool Giveaway(Session session, string said, IEnumerable<string> told)
    {
        var book = session.Book;
        var open = Problems.Steps.All.SelectMany(s => book.Essentials(s, session.Level)).Where(p => session.Progress(p.Id).Shown is null).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var named = Points(session, [said]);
        named.IntersectWith(open);
        return named.Count > 0 && !named.IsSubsetOf(Points(session, told));
    }

    private static HashSet<string> Points(Session session, IEnumerable<string> texts) => texts
        .SelectMany(text => session.Book.Examine([], [new Turn(1, Speaker.Candidate, session.Step, text)], []))
        .Where(f => f.Kind == RuleChecks.FindingKind.Point)
        .Select(f => f.Id)
        .ToHashSet(StringComparer.Ordinal);
}
