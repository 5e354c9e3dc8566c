using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Scorecards to be shown.</summary>
internal static class Cards
{
    /// <summary>One step answered, the next skipped, the others not reached; scored by rules.</summary>
    public static (Session Session, CandidateScorecard Card) ByRules()
    {
        var session = Talk.Begin()
            .Say("We rank items in the feed requirements by dwell, because 60M daily users leave when it is slow.")
            .Say("Ranking is what matters, since a person sees 10 of 500 posts.")
            .Skip(2)
            .Do(new Input.Stop())
            .Session;
        return (session, CandidateScorecard.Of(session, session.Scorecard!));
    }

    /// <summary>The same with a model's part beside the rules'.</summary>
    public static (Session Session, CandidateScorecard Card) ByModel()
    {
        var (session, _) = ByRules();
        var card = session.Scorecard! with
        {
            GraderMode = "model",
            Notices = ["Scored by test-model in 3 samples, together with the rules."],
            Scores = [.. session.Scorecard.Scores.Select(Graded)],
        };
        session = session with { Scorecard = card };
        return (session, CandidateScorecard.Of(session, card));
    }

    public static ScoredCriterion With(this ScoredCriterion criterion, string text, int quotes, int checks = 8) => criterion with
    {
        Title = text,
        Why = text,
        Bar = text,
        Raise = text,
        Quotes = [.. Enumerable.Range(1, quotes).Select(n => new QuoteView(n, text))],
        Checks = [.. Enumerable.Range(1, checks).Select(n => new ListedCheck("met", "shown", "names the goal", "unprompted", [n]))],
    };

    private static Interviewing.Scoring.Score Graded(Interviewing.Scoring.Score score) =>
        score.State != Interviewing.Scoring.ScoreState.Scored ? score : score with
        {
            Rules = new(score.Value, score.State, score.Why),
            Model = new(score.Value, [score.Value, score.Value, 4], "", new TurnText(Talk.Id, "A number for <!channel> *growth*."), new TurnText(Talk.Id, "Say what `p99` must hold.")),
            Review = ["the samples differ by 2"],
        };
}
