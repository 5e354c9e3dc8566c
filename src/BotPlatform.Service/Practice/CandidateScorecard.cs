using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Practice;

/// <summary>A scorecard as its candidate reads it: against the bar, with evidence, without a recommendation.</summary>
/// <param name="Coverage">Share of the weight that is scored, in whole percent.</param>
/// <param name="Strongest">At most two, best first.</param>
/// <param name="Next">What to practise next: at most three, what would bring most first.</param>
public sealed record CandidateScorecard(
    double? Mean,
    int Coverage,
    bool RulesOnly,
    string Rubric,
    IReadOnlyList<string> Notices,
    IReadOnlyList<ScoredCriterion> Criteria,
    IReadOnlyList<ScoredCriterion> Strongest,
    IReadOnlyList<ScoredCriterion> Next,
    IReadOnlyList<TurnFlag> Flags)
{
    private const int MostStrong = 2;
    private const int MostNext = 3;

    public static CandidateScorecard Of(Session session, Scorecard card)
    {
        var rubric = session.Book.Rubric;
        var texts = session.Turns.ToDictionary(t => t.Turn.N, t => t.Turn.Text);
        var criteria = card.Scores.Select(s => ScoredCriterion.Of(s, rubric.Criterion(s.Criterion), card.Level, texts)).ToArray();
        return new CandidateScorecard(
            card.Overall.Mean,
            (int)Math.Round(100 * card.Overall.Coverage),
            card.GraderMode == "rules",
            $"{card.RubricId} {card.RubricVersion}",
            card.Notices,
            criteria,
            [.. criteria.Where(c => c.Value >= PageWords.Bar).OrderByDescending(c => c.Value).ThenByDescending(c => c.Weight).Take(MostStrong)],
            [.. criteria.Where(c => c.Value < PageWords.Bar && c.Raise.Length > 0).OrderByDescending(c => (PageWords.Bar - c.Value!.Value) * c.Weight).Take(MostNext)],
            card.Flags);
    }
}

/// <param name="Bar">What meeting the bar of the level looks like.</param>
/// <param name="Weight">Share of the mean, 0 to 1.</param>
/// <param name="Said">The score in words.</param>
public sealed record ScoredCriterion(
    string Id,
    string Title,
    string About,
    string Bar,
    double Weight,
    int? Value,
    string Said,
    string Why,
    string Raise,
    IReadOnlyList<QuoteView> Quotes,
    IReadOnlyList<ListedCheck> Checks)
{
    /// <summary>What models and rules each gave; null where rules scored alone.</summary>
    public string? Parts { get; private init; }

    /// <summary>What was missing, in a model's words; empty where none said.</summary>
    public string Missing { get; private init; } = "";

    /// <summary>Why a person should look at it.</summary>
    public IReadOnlyList<string> Review { get; private init; } = [];

    /// <summary>The score in a word or two.</summary>
    public string Short => Said.Split(':')[0];

    public static ScoredCriterion Of(Score score, Criterion criterion, Level level, IReadOnlyDictionary<int, string> texts)
    {
        var cell = criterion.Cells[level];
        var view = ScoreView.Of(score, texts);
        return new ScoredCriterion(
            score.Criterion,
            criterion.Title,
            criterion.About,
            cell.Anchors[PageWords.Bar - 1],
            cell.Weight,
            score.Value,
            PageWords.Said(score.State, score.Value),
            score.Why,
            view.Advice,
            view.Quotes,
            [.. score.Checks.Select(c => new ListedCheck(
                Interviewing.Words.Name(c.Outcome),
                PageWords.Said(c.Outcome),
                c.Text,
                PageWords.Said(c.Prompting),
                [.. c.Spans.Select(s => s.Turn).Distinct().Order()]))])
        {
            // Where nothing was asked there is nothing that one or the other could have seen.
            Parts = view.Model is { } model && score.State != ScoreState.NotAsked ? PageWords.Parts(model, view.Rules) : null,
            Missing = view.Model?.Missing ?? "",
            Review = view.Review ?? [],
        };
    }
}

/// <param name="Outcome">met, missing, violated or lifted.</param>
/// <param name="Prompting">What came before it; null where that says nothing.</param>
public sealed record ListedCheck(string Outcome, string Said, string Text, string? Prompting, IReadOnlyList<int> Turns);
