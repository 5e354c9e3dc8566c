using BotPlatform.Interviewing.Calibration;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Calibration;

/// <summary>Where libraries disagree or divide by zero, the answer here is null, and each null has its reason.</summary>
public sealed class EdgeCasesTests
{
    private static readonly int?[][] AllEqual = [[3, 3], [3, 3], [3, 3]];
    private static readonly int?[][] OneRater = [[1], [2], [3]];
    private static readonly int?[][] NoOverlap = [[1, null], [null, 2], [3, null]];
    private static readonly int?[][] SingleUnit = [[1, 2]];

    [Theory]
    [InlineData(Weighting.Unweighted)]
    [InlineData(Weighting.Linear)]
    [InlineData(Weighting.Quadratic)]
    public void Kappa_is_undefined_without_variation_or_with_less_than_two_pairs(Weighting weighting)
    {
        CohenKappa.Of([new(3, 3), new(3, 3)], weighting).ShouldBeNull();
        CohenKappa.Of([], weighting).ShouldBeNull();
        CohenKappa.Of([new(1, 2)], weighting).ShouldBeNull();
    }

    [Fact]
    public void One_side_that_never_varies_is_at_the_level_of_chance() =>
        CohenKappa.Of([new(3, 1), new(3, 3), new(3, 4)], Weighting.Quadratic).ShouldBe(0);

    [Theory]
    [InlineData(Measurement.Nominal)]
    [InlineData(Measurement.Ordinal)]
    [InlineData(Measurement.Interval)]
    public void Alpha_is_undefined_without_variation_or_two_shared_units(Measurement measurement)
    {
        foreach (var units in new[] { AllEqual, OneRater, NoOverlap, SingleUnit, [] })
            KrippendorffAlpha.Of(units, measurement).ShouldBeNull();
    }

    [Fact]
    public void Gwets_coefficient_is_one_where_all_give_one_value() =>
        GwetAgreement.Of(AllEqual, Scale.Scores, Weighting.Quadratic).ShouldBe(1);

    [Fact]
    public void Gwets_coefficient_is_undefined_without_two_shared_units()
    {
        foreach (var units in new[] { OneRater, NoOverlap, SingleUnit, [] })
            GwetAgreement.Of(units, Scale.Scores, Weighting.Unweighted).ShouldBeNull();
    }

    [Fact]
    public void Gwets_coefficient_refuses_a_value_off_the_scale() =>
        Should.Throw<ArgumentOutOfRangeException>(() => GwetAgreement.Of([[1, 5], [2, 2]], Scale.Scores, Weighting.Unweighted));

    [Fact]
    public void Pairwise_kappa_leaves_out_the_pairs_of_raters_that_share_nothing()
    {
        // The third rater shares nothing with the others; the first two agree.
        PairwiseKappa.MeanQuadratic([[1, 1, null], [2, 2, null], [null, null, 3]]).ShouldBe(1);
        foreach (var units in new[] { AllEqual, OneRater, NoOverlap, SingleUnit, [] })
            PairwiseKappa.MeanQuadratic(units).ShouldBeNull();
    }

    [Fact]
    public void Icc_is_undefined_for_one_target_one_rater_or_equal_scores()
    {
        IntraclassCorrelation.Of([]).ShouldBeNull();
        IntraclassCorrelation.Of([[1, 2, 3]]).ShouldBeNull();
        IntraclassCorrelation.Of([[1], [2], [3]]).ShouldBeNull();
        IntraclassCorrelation.Of([[0.1, 0.1], [0.1, 0.1], [0.1, 0.1]]).ShouldBeNull();
    }

    [Fact]
    public void Icc_of_a_mean_is_undefined_where_targets_do_not_differ()
    {
        var icc = IntraclassCorrelation.Of([[1, 2, 3], [3, 1, 2], [2, 3, 1]]).ShouldNotBeNull();

        icc.Mean1.ShouldBeNull();
        icc.Mean3.ShouldBeNull();
        icc.Single1.ShouldNotBeNull().ShouldBe(-0.5, 1e-12);
    }

    [Fact]
    public void Icc_refuses_a_missing_score() => Should.Throw<ArgumentException>(() => IntraclassCorrelation.Of([[1, 2], [1]]));

    [Fact]
    public void Shares_of_nothing_are_undefined()
    {
        Agreement.Exact([]).ShouldBeNull();
        Agreement.Adjacent([]).ShouldBeNull();
        Agreement.Bias([]).ShouldBeNull();
        Agreement.Sensitivity([new(3, 2)], cut: 3).ShouldBeNull();
        Agreement.Specificity([new(3, 3)], cut: 3).ShouldBeNull();
        Agreement.LowerMedian([]).ShouldBeNull();
    }

    [Fact]
    public void Sensitivity_and_specificity_count_each_side_of_the_cut()
    {
        // Theirs at 3 or above: three, of which ours finds two; below: two, of which ours finds one.
        ScorePair[] pairs = [new(3, 3), new(4, 3), new(2, 4), new(1, 2), new(3, 1)];

        Agreement.Sensitivity(pairs, cut: 3).ShouldBe(2 / 3.0);
        Agreement.Specificity(pairs, cut: 3).ShouldBe(1 / 2.0);
    }

    [Fact]
    public void The_median_of_an_even_count_takes_the_lower()
    {
        Agreement.LowerMedian([4, 1]).ShouldBe(1);
        Agreement.LowerMedian([4, 2, 3, 1]).ShouldBe(2);
        Agreement.LowerMedian([3, 1, 2]).ShouldBe(2);
    }

    [Fact]
    public void Centred_agreement_sees_only_what_differs_inside_a_session()
    {
        // Ours 1 2 and 3 4, theirs 3 4 and 1 2: against each other between sessions, together inside them.
        ScorePair[][] sessions = [[new(1, 3), new(2, 4)], [new(3, 1), new(4, 2)]];

        Agreement.Centred(sessions).ShouldNotBeNull().ShouldBe(1, 1e-12);
        Agreement.Centred([[new(2, 1), new(2, 4)]]).ShouldBe(0);
        Agreement.Centred([[new(1, 2), new(4, 2)]]).ShouldBeNull();
        Agreement.Centred([]).ShouldBeNull();
    }

    [Fact]
    public void The_bootstrap_repeats_itself_and_draws_sessions()
    {
        double[] means = [1, 2, 3, 4, 5, 6, 7, 8];
        double? Mean(IReadOnlyList<int> draw) => draw.Average(i => means[i]);

        var interval = SessionBootstrap.Of(8, Mean, seed: 7).ShouldNotBeNull();

        SessionBootstrap.Of(8, Mean, seed: 7).ShouldBe(interval);
        SessionBootstrap.Of(8, Mean, seed: 8).ShouldNotBe(interval);
        // The mean of 8 draws has a standard error of √(5.25/8) = .81: about 4.5 ± 1.6.
        interval.Low.ShouldBe(2.9, 0.2);
        interval.High.ShouldBe(6.1, 0.2);
    }

    [Fact]
    public void The_bootstrap_is_undefined_for_one_session_or_a_figure_that_mostly_is()
    {
        SessionBootstrap.Of(1, _ => 1, seed: 1).ShouldBeNull();
        SessionBootstrap.Of(5, _ => null, seed: 1).ShouldBeNull();
    }
}
