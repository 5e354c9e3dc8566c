using BotPlatform.Interviewing.Calibration;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Calibration;

/// <summary>How far samples agree, on figures worked out by hand; 0 stands for a sample that did not hold.</summary>
public sealed class RepeatabilityTests
{
    [Fact]
    public void Samples_that_agree_on_everything_are_perfectly_repeatable()
    {
        var found = Of("3 3 3", "2 2 2");

        found.ShouldBe(new Repeatability(KrippendorffOrdinal: 1, Exact: 1, MeanSpread: 0, Lost: 0));
    }

    [Fact]
    public void A_figure_for_samples_that_differ()
    {
        // Three units of three: two agree. Spreads 0, 0 and 1.
        var found = Of("3 3 3", "2 2 2", "2 3 3");

        found.Exact.ShouldBe(2 / 3.0);
        found.MeanSpread.ShouldBe(1 / 3.0);
        found.Lost.ShouldBe(0);
        // Nine values, 2 four times and 3 five times. With two values alone the distance between them cancels out:
        // observed 4 ordered pairs of the last unit / (3 - 1) = 2 of 9, by chance 2×4×5/(9 - 1) = 5 of 9; 1 - 2/5.
        found.KrippendorffOrdinal!.Value.ShouldBe(0.6, tolerance: 1e-12);
    }

    [Fact]
    public void A_sample_that_did_not_hold_counts_as_lost_and_the_others_are_compared()
    {
        // 7 samples of 9 held. The second unit has one value left and nothing to compare it with: of the others one
        // agrees, and their spreads are 0 and 2.
        var found = Of("3 3 3", "4 0 0", "1 3 2");

        found.Lost.ShouldBe(2 / 9.0);
        found.Exact.ShouldBe(0.5);
        found.MeanSpread.ShouldBe(1);
    }

    [Fact]
    public void Criteria_that_no_model_graded_are_left_out()
    {
        var card = Card("3 3 3");
        var rules = card with { Scores = [card.Scores[0] with { Model = null }] };

        Repeatability.Of([rules]).ShouldBe(new Repeatability(null, null, null, null));
        Repeatability.Of([rules, card]).Exact.ShouldBe(1);
    }

    [Fact]
    public void All_values_alike_cannot_be_told_from_chance() => Of("3 3 3", "3 3 3").KrippendorffOrdinal.ShouldBeNull();

    private static Repeatability Of(params string[] units) => Repeatability.Of(units.Select(Card));

    private static Scorecard Card(string samples)
    {
        var values = samples.Split(' ').Select(s => s == "0" ? (int?)null : int.Parse(s, System.Globalization.CultureInfo.InvariantCulture));
        var score = new Score("data", 3, ScoreState.Scored, "", "", [], []) { Model = new ModelScore(3, [.. values], "") };
        return new Scorecard("", Level.Mid, "", "", "", Combining.Mode, [score], [], new Overall(null, 1, Recommendation.Yes, null, ""), []);
    }
}
