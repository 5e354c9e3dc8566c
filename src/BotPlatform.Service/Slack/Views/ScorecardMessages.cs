using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack.Views;

/// <summary>A scorecard in the thread: one line a criterion; what stands behind each opens in a window.</summary>
public static class ScorecardMessages
{
    private const int MostFlags = 5;

    /// <param name="page">The same on the web; null where there is none.</param>
    public static IReadOnlyList<SlackMessage> Of(Session session, CandidateScorecard card, Uri? page)
    {
        var title = session.Book.Problem!.Title;
        return SlackMessage.Of(
            $"Your scorecard for {title}: {ScoreWords.Mean(card.Mean)}.",
            [
                Block.Header($"Scorecard: {title}"),
                Block.Context($"{PageWords.Title(session.Level)} level · {Words.Name(session.Mode)} · rubric {card.Rubric}"),
                Block.Section($"*{ScoreWords.Mean(card.Mean)}*\n{card.Coverage}% of the weight was scored."),
                .. Notices(card),
                Block.Divider(),
                .. card.Criteria.Select(c => Criterion(session, c)),
                Block.Divider(),
                Strongest(card),
                .. Next(card),
                .. Flags(card),
                Block.Context("What you had no chance to show stays unscored and counts neither way; a step skipped after its question counts as 1."),
                Actions(page),
            ]);
    }

    private static IEnumerable<JsonObject> Notices(CandidateScorecard card)
    {
        if (card.RulesOnly)
        {
            yield return Block.Section(
                "*Rules only.* No language model took part: fixed checks read the text, and they can miss what is said in an unusual way.");
        }

        foreach (var notice in card.Notices.Where(n => !card.RulesOnly || !n.StartsWith("rules only", StringComparison.OrdinalIgnoreCase)))
            yield return Block.Context(notice);
    }

    private static JsonObject Criterion(Session session, ScoredCriterion criterion) => Block.Section(
        $"{Mrkdwn.Bold(Splitting.Shortened(criterion.Title, Limits.Header))}\n{Mrkdwn.Escape(ScoreWords.Line(criterion, why: false))}",
        Element.Button(Buttons.Evidence, "Evidence", new ButtonValue(session.Id, Criterion: criterion.Id).Write()));

    private static JsonObject Strongest(CandidateScorecard card) => card.Strongest.Count == 0
        ? RichText.Of(RichText.Section(RichText.Bold("Strongest"), RichText.Text("\nNothing has met the bar yet; the evidence says what would.")))
        : RichText.Of(
            RichText.Section(RichText.Bold("Strongest")),
            RichText.List([.. card.Strongest.Select(c => RichText.Section(RichText.Text($"{c.Title}, {c.Said}")))]));

    // One block each, for what would raise a score can be as long as a model makes it.
    private static IEnumerable<JsonObject> Next(CandidateScorecard card)
    {
        if (card.Next.Count == 0)
        {
            yield return RichText.Of(RichText.Section(
                RichText.Bold("What to practise next"),
                RichText.Text("\nAll that was scored meets the bar. Try the next level, or another problem.")));
            yield break;
        }

        yield return RichText.Of(RichText.Section(RichText.Bold("What to practise next")));
        foreach (var (criterion, i) in card.Next.Select((c, i) => (c, i)))
        {
            foreach (var block in Labelled.Blocks($"{i + 1}. {criterion.Title}", criterion.Raise))
                yield return block;
        }
    }

    private static IEnumerable<JsonObject> Flags(CandidateScorecard card)
    {
        foreach (var flag in card.Flags.Take(MostFlags))
            yield return Block.Context($"Turn {flag.Turn} earned nothing: it {PageWords.Flag(flag.Kind)}.");
        if (card.Flags.Count > MostFlags)
            yield return Block.Context($"So did {Words.Counted(card.Flags.Count - MostFlags, "other turn")}.");
    }

    private static JsonObject Actions(Uri? page)
    {
        List<JsonObject> actions = [Element.Button(Buttons.Start, "Start another interview")];
        if (page is not null)
            actions.Insert(0, Element.LinkButton(Buttons.OpenPage, "Open on the web", page));
        return Block.Actions(actions);
    }
}
