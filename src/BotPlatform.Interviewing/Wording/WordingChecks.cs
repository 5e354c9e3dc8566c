using System.Buffers;
using System.Globalization;
using System.Text;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Wording;

/// <summary>Holds a model's wording to what an interviewer may say, before anyone sees it.</summary>
public static class WordingChecks
{
    private const int MostWords = 80;
    private const int MostCharacters = 700;
    private const int MostFacts = 4;
    private static readonly SearchValues<char> Markup = SearchValues.Create("<>`@*#{|[");
    private static readonly string[] Links = ["://", "www.", "mailto:"];

    /// <summary>Why the wording cannot be used, without quoting it; null when it can.</summary>
    public static string? Refusal(Session session, WordingOffer offer, Worded worded)
    {
        var said = (worded.Answer + " " + worded.Question).Trim();
        return Choice(offer, worded)
            ?? Form(worded, said)
            ?? (WasAsked(session, worded.Question) ? "it was asked before in the same words" : null)
            ?? (Praise.In(said, string.Join('\n', Own(session, offer, worded))) ? "it praises or grades" : null)
            ?? (Figures.AreKnown(said, Known(session, offer, worded)) ? null : "it has a number that is neither in the problem nor in the transcript")
            ?? (RubricWords.In(session.Book, said, except: Told(session, offer, worded)) ? "it uses the rubric's words" : null)
            ?? (Giveaway(session, said, Told(session, offer, worded)) ? "it gives an answer away" : null);
    }

    private static bool WasAsked(Session session, string question) =>
        session.Turns.Exists(t => t.Kind == TurnKind.Question && t.Turn.Text.EndsWith(question, StringComparison.OrdinalIgnoreCase));

    private static string? Choice(WordingOffer offer, Worded worded)
    {
        if (offer.Gaps.IsEmpty ? worded.Gap is not null : !offer.Gaps.Any(g => g.Id == worded.Gap))
            return "it chose a gap that was not offered";
        if (worded.Facts.Length > MostFacts || worded.Facts.Distinct().Count() != worded.Facts.Length || worded.Facts.Any(id => !offer.Facts.Any(f => f.Id == id)))
            return "it tells facts that were not offered";
        if (offer.Facts.IsEmpty ? worded.Answer.Length > 0 : worded.Facts.IsEmpty || !worded.Answer.Any(char.IsLetterOrDigit))
            return offer.Facts.IsEmpty ? "it answers what was not asked" : "it leaves the candidate's question without an answer";
        return null;
    }

    private static string? Form(Worded worded, string said)
    {
        if (!worded.Question.Any(char.IsLetter) || !IsMark(worded.Question[^1]) || said.Count(IsMark) != 1)
            return "it is not one question";
        if (said.Length > MostCharacters || said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > MostWords)
            return $"it is longer than {MostWords} words";
        return IsHidden(said) || said.AsSpan().ContainsAny(Markup) || Array.Exists(Links, l => said.Contains(l, StringComparison.OrdinalIgnoreCase))
            ? "it has markup in it"
            : null;
    }

    // What is not seen, breaks the line or turns the direction of writing. Some scripts need joiners; between Latin letters they hide words.
    private static bool IsHidden(string said)
    {
        var before = default(Rune);
        foreach (var rune in said.EnumerateRunes())
        {
            var joins = rune.Value is 0x200C or 0x200D && !before.IsAscii;
            if (!joins && (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                return true;
            }

            before = rune;
        }

        return false;
    }

    private static bool IsMark(char c) => c is '?' or '\uFF1F' or '\u061F';

    private static IEnumerable<string> Known(Session session, WordingOffer offer, Worded worded) =>
        Told(session, offer, worded).Append(session.Book.Problem!.Opening).Concat(session.Turns.Where(t => !t.Deleted).Select(t => t.Turn.Text));

    /// <summary>What the interviewer may say anyway: the chosen probe and facts, and what was said since the last question.</summary>
    private static IEnumerable<string> Told(Session session, WordingOffer offer, Worded worded) =>
        Own(session, offer, worded).Concat(session.Turns.Skip(LastQuestion(session) + 1).Where(t => !t.Deleted).Select(t => t.Turn.Text));

    /// <summary>The interviewer's own: the chosen probe in the engine's words, the chosen facts, the last question.</summary>
    private static IEnumerable<string> Own(Session session, WordingOffer offer, Worded worded) =>
    [
        offer.Gaps.FirstOrDefault(g => g.Id == worded.Gap)?.Text ?? offer.Question,
        .. offer.Facts.Where(f => worded.Facts.Contains(f.Id)).Select(f => f.Answer),
        session.Turns[LastQuestion(session)].Turn.Text,
    ];

    private static int LastQuestion(Session session) => session.Turns.FindLastIndex(t => t.Kind == TurnKind.Question);

    // An essential that is still to be shown, in this step or a later one, is for the candidate to name; ruling it out names it too.
    private static bool Giveaway(Session session, string said, IEnumerable<string> told)
    {
        var open = Problems.Steps.All.SelectMany(s => session.Book.Essentials(s, session.Level)).Select(p => p.Id).Where(id => session.Progress(id).Shown is null);
        return session.Book.Named(said).Intersect(open).Except(told.SelectMany(session.Book.Named)).Any();
    }
}
