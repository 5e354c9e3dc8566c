using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What stands behind one score: the bar, the reason, every quote as it was written, and what would raise it.</summary>
public static class EvidenceModal
{
    public const string CallbackId = "evidence";
    private const int MostChecks = 40;

    /// <param name="criterion">Comes from a button, so that it may be anything; null is returned for one that is not there.</param>
    /// <param name="page">The scorecard on the web; null where there is none.</param>
    public static JsonObject? Of(Session session, CandidateScorecard card, string criterion, Uri? page = null)
    {
        if (card.Criteria.FirstOrDefault(c => c.Id == criterion) is not { } scored)
            return null;
        var before = Before(session, scored).ToArray();
        var after = After(scored, page).ToArray();
        var room = new Room(before.Concat(after));
        return View.Modal(CallbackId, "Evidence", [.. before, .. Said(session, scored, room, onTheWeb: page is not null), .. after], submit: null, close: "Close");
    }

    private static IEnumerable<JsonObject> Before(Session session, ScoredCriterion scored) =>
    [
        Block.Header(scored.Title),
        Block.Section(Mrkdwn.Escape(ScoreWords.Line(scored, why: true))),
        .. Labelled.Blocks($"The bar at {session.Level.Name()} level", scored.Bar),
        .. Labelled.Blocks("Why", scored.Why),
        .. Labelled.Blocks("What was missing, in the model's words", scored.Missing),
    ];

    private static IEnumerable<JsonObject> After(ScoredCriterion scored, Uri? page)
    {
        foreach (var block in Checks(scored))
            yield return block;
        foreach (var block in Labelled.Blocks("What would have raised it", scored.Raise))
            yield return block;
        if (scored.Parts is { } parts)
            yield return Block.Context(parts + (scored.Review.Count > 0 ? $". Worth a second look: {string.Join("; ", scored.Review)}." : "."));
        if (page is not null)
            yield return Block.Actions(Element.LinkButton(Buttons.OpenPage, "Open on the web", new Uri($"{page.AbsoluteUri}#{scored.Id}")));
    }

    private static IEnumerable<JsonObject> Said(Session session, ScoredCriterion scored, Room room, bool onTheWeb)
    {
        if (scored.Quotes.Count == 0)
            return Labelled.Blocks("What you said", NoQuote(session, scored));
        var shown = new List<JsonObject>();
        var left = 0;
        foreach (var quote in scored.Quotes)
        {
            var blocks = Labelled.Quotes($"You said in turn {quote.Turn}", quote.Text).ToArray();
            if (room.Take(blocks))
                shown.AddRange(blocks);
            else
                left++;
        }

        if (left > 0)
            shown.Add(Block.Context($"{Words.Counted(left, "more quote")} would not fit in this window; {(onTheWeb ? "the scorecard on the web" : "an export from the home tab")} has every one."));
        return shown;
    }

    // A score without a quote says which of several things it means.
    private static string NoQuote(Session session, ScoredCriterion scored) =>
        (session.Scorecard?.Scores.FirstOrDefault(s => s.Criterion == scored.Id)?.State, scored.Value) switch
        {
            (ScoreState.Declined, _) => "You skipped this step, so there is nothing to quote.",
            (ScoreState.NotAsked, _) => "You had no chance to show this, so there is nothing to quote.",
            (ScoreState.Waiting, _) => "It is not scored yet.",
            (ScoreState.Failed, _) => "Scoring failed here, so nothing was quoted.",
            (_, 1) => "Nothing that you wrote showed this yet, so there is nothing to quote.",
            (_, null) => "It was not scored, so nothing was quoted.",
            _ => "What was quoted has been deleted since; the score stands.",
        };

    private static IEnumerable<JsonObject> Checks(ScoredCriterion scored)
    {
        if (scored.Checks.Count == 0)
            yield break;
        var lines = scored.Checks.Take(MostChecks).Select(Line).ToList();
        if (scored.Checks.Count > MostChecks)
            lines.Add($"… and {scored.Checks.Count - MostChecks} more");
        foreach (var block in Labelled.Blocks(scored.Parts is null ? "Checks" : "Rule checks", string.Join('\n', lines)))
            yield return block;
    }

    private static string Line(ListedCheck check)
    {
        var mark = check.Outcome switch
        {
            "met" => "✓",
            "missing" => "–",
            "violated" => "✗",
            _ => "↺",
        };
        var turns = check.Turns.Count == 0 ? "" : $" (turn {string.Join(", ", check.Turns)})";
        var prompting = check.Prompting is null ? "" : $", {check.Prompting}";
        return $"{mark} {check.Said}: {check.Text}{prompting}{turns}";
    }

    /// <summary>What a window still takes beside the blocks that it has in any case, and the sentence on what is left out.</summary>
    private sealed class Room(IEnumerable<JsonObject> taken)
    {
        private const int ForTheSentence = 200;
        private int _blocks = Limits.BlocksInView - 1 - taken.Count();
        private int _characters = Limits.CharactersInView - ForTheSentence - taken.Sum(Packing.Characters);

        /// <summary>All of them or none: a quote is never cut.</summary>
        public bool Take(JsonObject[] blocks)
        {
            var characters = blocks.Sum(Packing.Characters);
            if (blocks.Length > _blocks || characters > _characters)
                return false;
            _blocks -= blocks.Length;
            _characters -= characters;
            return true;
        }
    }
}
