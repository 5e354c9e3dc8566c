using System.Collections.Immutable;
using BotPlatform.Interviewing.Calibration;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Calibration;

public sealed class CalibrationReportTests
{
    private static readonly string[] Criteria = ["data", "serving"];

    // Medians of two raters take the lower: A data 2, A serving 4, B data 1, B serving 3 (one rater only).
    private static readonly RatedSession A = Session(
        "A", "birds", Level.Mid, Recommendation.Yes, [3, 4], Rated("r1", Recommendation.Yes, [2, 4]), Rated("r2", Recommendation.StrongYes, [3, 4]));

    private static readonly RatedSession B = Session(
        "B", "fish", Level.Staff, Recommendation.Yes, [1, null], Rated("r1", Recommendation.No, [1, 3]), Rated("r2", Recommendation.No, [1, null]));

    private static readonly CalibrationReport Report = CalibrationReport.Of([A, B], Criteria, seed: 1);

    [Fact]
    public void Ours_stand_beside_the_raters_lower_median()
    {
        Report.Sessions.ShouldBe(2);
        Report.Raters.ShouldBe(2);
        Report.Pooled.Count.ShouldBe(3);
        // Pairs 3-2, 4-4, 1-1. Squared distances: 1 observed; all nine combinations 1+1+4 + 4+0+9 + 1+9+0 = 29: 1 - 3×1/29.
        Report.Pooled.Qwk.ShouldNotBeNull().ShouldBe(26 / 29.0, 1e-12);
        Report.Pooled.Exact.ShouldBe(2 / 3.0);
        Report.Pooled.Adjacent.ShouldBe(1);
        Report.Pooled.Bias.ShouldBe(1 / 3.0);
        // Only A has two pairs; there both rise.
        Report.Pooled.Centred.ShouldNotBeNull().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void A_null_counts_for_the_side_that_has_it()
    {
        Report.Pooled.OursNull.ShouldBe(1);
        Report.Pooled.TheirsNull.ShouldBe(0);
        Report.Pooled.Coverage.ShouldBe(3 / 4.0);

        var unrated = Session("C", "fish", Level.Mid, Recommendation.No, [2, 2], Rated("r1", null, [2]));
        CalibrationReport.Of([unrated], Criteria, seed: 1).Pooled.TheirsNull.ShouldBe(1);
    }

    [Fact]
    public void The_halo_gives_the_raters_recommendation_to_every_criterion()
    {
        // A yes is 3 beside 2 and 4, B no is 2 beside 1 and 3: observed 4; the marginals 3 3 2 2 and 1 2 3 4 give
        // 2×(4+1+0+1) + 2×(1+0+1+4) = 24: 1 - 4×4/24.
        Report.Halo.Qwk.ShouldNotBeNull().ShouldBe(1 / 3.0, 1e-12);
        Report.Halo.Centred.ShouldBe(0);
        Report.Halo.Count.ShouldBe(4);
    }

    [Fact]
    public void Recommendations_are_compared_at_the_cut_between_no_and_yes()
    {
        Report.Recommendation.Count.ShouldBe(2);
        Report.Recommendation.Sensitivity.ShouldBe(1);
        Report.Recommendation.Specificity.ShouldBe(0);
        Report.Recommendation.WrongSide.ShouldBe([new WrongSide("B", Recommendation.Yes, Recommendation.No)]);
    }

    [Fact]
    public void Insufficient_evidence_is_no_recommendation()
    {
        var waiting = A with { Ours = A.Ours with { Overall = A.Ours.Overall with { Recommendation = Recommendation.InsufficientEvidence } } };

        var report = CalibrationReport.Of([waiting, B], Criteria, seed: 1).Recommendation;

        report.Count.ShouldBe(1);
        report.OursNull.ShouldBe(1);
    }

    [Fact]
    public void Parts_are_listed_in_their_own_order()
    {
        Report.Criteria.Select(c => (c.Name, c.Comparison.Count)).ShouldBe([("data", 2), ("serving", 1)]);
        Report.Levels.Select(c => (c.Name, c.Comparison.Count)).ShouldBe([("mid", 2), ("staff", 1)]);
        Report.Problems.Select(c => (c.Name, c.Comparison.Count)).ShouldBe([("birds", 2), ("fish", 1)]);
        Report.Criteria.ShouldAllBe(c => c.Comparison.IsTooFew);
    }

    [Fact]
    public void Disagreements_come_with_both_reasons()
    {
        var only = Report.Largest.ShouldHaveSingleItem();

        (only.Session, only.Criterion, only.Ours, only.Theirs).ShouldBe(("A", "data", 3, 2));
        only.Raters.ShouldBe([2, 3]);
        (only.OurWhy, only.TheirWhy).ShouldBe(("our data", "r1 data"));
        Report.Confusion[new ScorePair(3, 2)].ShouldBe(1);
    }

    [Fact]
    public void The_ten_widest_disagreements_are_kept_widest_first()
    {
        var sessions = Enumerable.Range(10, 12).Select(i => Session(
            $"S{i}", "birds", Level.Mid, Recommendation.No, [i == 20 ? 4 : 2], Rated("r1", null, [1])));

        var largest = CalibrationReport.Of([.. sessions], ["data"], seed: 1).Largest;

        largest.Length.ShouldBe(10);
        largest.Select(d => d.Session).Take(3).ShouldBe(["S20", "S10", "S11"]);
    }

    [Fact]
    public void One_session_has_figures_and_no_interval()
    {
        var report = CalibrationReport.Of([A], Criteria, seed: 1);

        report.Pooled.Qwk.ShouldNotBeNull();
        report.QwkInterval.ShouldBeNull();
        report.CentredInterval.ShouldBeNull();
    }

    private static RatedSession Session(
        string name, string problem, Level level, Recommendation recommendation, int?[] ours, params Rating[] ratings) =>
        new(name, problem, level, Card(problem, level, recommendation, ours), [.. ratings]);

    private static Scorecard Card(string problem, Level level, Recommendation recommendation, int?[] values) => new(
        problem,
        level,
        "rubric",
        "1",
        "",
        "rules",
        [
            .. values.Select((value, i) => new Score(
                Criteria[i], value, value is null ? ScoreState.NotAsked : ScoreState.Scored, $"our {Criteria[i]}", "", [], [])),
        ],
        [],
        new Overall(null, 1, recommendation, null, ""),
        []);

    private static Rating Rated(string rater, Recommendation? recommendation, int?[] values) => new(
        rater,
        null,
        values.Select((value, i) => (value, i)).ToImmutableDictionary(v => Criteria[v.i], v => new RatedScore(v.value, $"{rater} {Criteria[v.i]}")),
        recommendation);
}
