using BotPlatform.Interviewing.Calibration;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Calibration;

public sealed class AgreementPropertiesTests
{
    private const double Rounding = 1e-9;

    private static readonly Weighting[] Weightings = Enum.GetValues<Weighting>();
    private static readonly Measurement[] Measurements = Enum.GetValues<Measurement>();

    // A relabelling of 1 to 4 that keeps no order.
    private static readonly int[] Relabelled = [0, 3, 1, 4, 2];

    [Fact]
    public void Kappa_lies_between_minus_one_and_one() => ForPairs(pairs =>
        Weightings.All(w => CohenKappa.Of(pairs, w) is null or (>= -1 - Rounding and <= 1)));

    [Fact]
    public void Kappa_does_not_mind_who_is_who() => ForPairs(pairs =>
        Weightings.All(w => Same(CohenKappa.Of(pairs, w), CohenKappa.Of([.. pairs.Select(p => new ScorePair(p.Theirs, p.Ours))], w))));

    [Fact]
    public void Kappa_does_not_mind_the_order_of_units() => ForPairs(pairs =>
        Weightings.All(w => Same(CohenKappa.Of(pairs, w), CohenKappa.Of([.. pairs.Reverse()], w))));

    [Fact]
    public void Kappa_without_weights_does_not_mind_what_the_values_are_called() => ForPairs(pairs =>
        Same(
            CohenKappa.Of(pairs, Weighting.Unweighted),
            CohenKappa.Of([.. pairs.Select(p => new ScorePair(Relabelled[p.Ours], Relabelled[p.Theirs]))], Weighting.Unweighted)));

    [Fact]
    public void Weighted_kappa_does_not_mind_a_scale_turned_round() => ForPairs(pairs =>
        Weightings.All(w => Same(CohenKappa.Of(pairs, w), CohenKappa.Of([.. pairs.Select(p => new ScorePair(9 - p.Ours, 9 - p.Theirs))], w))));

    [Fact]
    public void Kappa_of_perfect_agreement_is_one_unless_all_is_equal() => ForPairs(pairs =>
    {
        var perfect = pairs.Select(p => new ScorePair(p.Ours, p.Ours)).ToArray();
        double? expected = perfect.Distinct().Count() > 1 ? 1 : null;
        return Weightings.All(w => CohenKappa.Of(perfect, w) == expected);
    });

    [Fact]
    public void The_large_sample_interval_holds_kappa() => ForPairs(pairs =>
        Weightings.All(w => CohenKappa.LargeSampleInterval(pairs, w) is not { } at
            || (at.Low <= CohenKappa.Of(pairs, w) + Rounding && CohenKappa.Of(pairs, w) <= at.High + Rounding)));

    [Fact]
    public void Exact_agreement_is_never_above_adjacent() => ForPairs(pairs =>
        pairs.Length == 0 || Agreement.Exact(pairs) <= Agreement.Adjacent(pairs));

    [Fact]
    public void Swapping_sides_turns_the_bias_round() => ForPairs(pairs =>
        Same(-Agreement.Bias(pairs), Agreement.Bias([.. pairs.Select(p => new ScorePair(p.Theirs, p.Ours))])));

    [Fact]
    public void Centred_agreement_ignores_how_mild_we_are_with_a_whole_session() => ForPairs(pairs =>
    {
        var sessions = pairs.Chunk(10).ToArray();
        var milder = sessions.Select((s, i) => s.Select(p => p with { Ours = p.Ours + i }).ToArray());
        return Agreement.Centred(sessions) is var centred and (null or (>= -1 and <= 1)) && Same(centred, Agreement.Centred(milder));
    });

    [Fact]
    public void Coefficients_of_several_raters_are_at_most_one() => ForUnits(units =>
        Coefficients(units).All(c => c is null or <= 1));

    [Fact]
    public void Coefficients_of_several_raters_mind_neither_the_order_of_raters_nor_of_units() => ForUnits(units =>
        Coefficients(units).Zip(Coefficients([.. units.Reverse().Select(u => u.Reverse().ToArray())]), Same).All(same => same));

    [Fact]
    public void Units_without_any_rating_change_nothing() => ForUnits(units =>
        Coefficients(units).Zip(Coefficients([.. units, new int?[3], new int?[3]]), Same).All(same => same));

    [Fact]
    public void Nominal_coefficients_do_not_mind_what_the_values_are_called() => ForUnits(units =>
    {
        int?[][] renamed = [.. units.Select(u => u.Select(v => v is { } value ? Relabelled[value] : (int?)null).ToArray())];
        return Same(KrippendorffAlpha.Of(units, Measurement.Nominal), KrippendorffAlpha.Of(renamed, Measurement.Nominal))
            && Same(
                GwetAgreement.Of(units, Scale.Scores, Weighting.Unweighted), GwetAgreement.Of(renamed, Scale.Scores, Weighting.Unweighted));
    });

    [Fact]
    public void Interval_alpha_does_not_mind_another_zero() => ForUnits(units => Same(
        KrippendorffAlpha.Of(units, Measurement.Interval),
        KrippendorffAlpha.Of(units.Select(u => u.Select(v => v + 100).ToArray()), Measurement.Interval)));

    [Fact]
    public void Several_raters_who_agree_perfectly_reach_one() => ForUnits(units =>
    {
        int?[][] perfect = [.. units.Select((u, i) => new int?[] { u[0] ?? 1, u[0] ?? 1, i % 2 == 0 ? null : u[0] ?? 1 })];
        var vary = perfect.Select(u => u[0]).Distinct().Count() > 1;
        return perfect.Length < 2
            || (Measurements.All(m => KrippendorffAlpha.Of(perfect, m) == (vary ? 1 : null))
                && Weightings.All(w => GwetAgreement.Of(perfect, Scale.Scores, w) == 1));
    });

    [Fact]
    public void Icc_is_at_most_one_and_does_not_mind_another_zero() => ForUnits(units =>
    {
        double[][] complete = [.. units.Select(u => u.Select(v => (double)(v ?? 2)).ToArray())];
        var moved = IntraclassCorrelation.Of([.. complete.Select(t => t.Select(x => x + 7).ToArray())]);
        return IntraclassCorrelation.Of(complete) is { } icc
            ? Figures(icc).All(f => f is null or <= 1 + Rounding) && Figures(icc).Zip(Figures(moved.ShouldNotBeNull()), Same).All(same => same)
            : moved is null;
    });

    private static double?[] Coefficients(int?[][] units) =>
    [
        .. Measurements.Select(m => KrippendorffAlpha.Of(units, m)),
        .. Weightings.Select(w => GwetAgreement.Of(units, Scale.Scores, w)),
        PairwiseKappa.MeanQuadratic(units),
    ];

    private static double?[] Figures(IntraclassCorrelation icc) => [icc.Single1, icc.Single2, icc.Single3, icc.Mean1, icc.Mean2, icc.Mean3];

    private static bool Same(double? a, double? b) =>
        a is null ? b is null : b is not null && Math.Abs(a.Value - b.Value) <= Rounding * Math.Max(1, Math.Abs(a.Value));

    private static void ForPairs(Func<ScorePair[], bool> holds) =>
        Prop.ForAll((from a in Score from b in Score select new ScorePair(a, b)).ArrayOf().ToArbitrary(), holds).QuickCheckThrowOnFailure();

    private static void ForUnits(Func<int?[][], bool> holds)
    {
        var rating = Gen.Frequency((3, Score.Select(v => (int?)v)), (1, Gen.Constant((int?)null)));
        Prop.ForAll(rating.ArrayOf(3).ArrayOf().ToArbitrary(), holds).QuickCheckThrowOnFailure();
    }

    private static Gen<int> Score => Gen.Choose(1, 4);
}
