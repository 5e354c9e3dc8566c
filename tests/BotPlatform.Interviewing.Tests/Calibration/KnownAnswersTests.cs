using BotPlatform.Interviewing.Calibration;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Calibration;

/// <summary>Figures that others published or computed independently, to the last digit that they print.</summary>
public sealed class KnownAnswersTests
{
    // irrCAC's cont3x3abstractors.
    private static readonly ScorePair[] Abstractors = Table([[13, 0, 0], [0, 20, 7], [0, 4, 56]]);

    // Krippendorff's reliability data with 4 raters and 12 units, irrCAC's cac.raw4raters; 0 is missing.
    private static readonly int?[][] FourRaters = Units(
        "1 2 3 3 2 1 4 1 2 0 0 0",
        "1 2 3 3 2 2 4 1 2 5 0 0",
        "0 3 3 3 2 3 4 2 2 5 1 3",
        "1 2 3 3 2 4 4 1 2 5 1 0");

    private static readonly int?[][] ThreeRaters = Units(
        "0 0 0 0 0 3 4 1 2 1 1 3 3 0 3",
        "1 0 2 1 3 3 4 3 0 0 0 0 0 0 0",
        "0 0 2 1 3 4 4 0 2 1 1 3 3 0 4");

    [Fact]
    public void Kappa_of_a_two_by_two_table() =>
        // Observed (20 + 50)/100 = .7; by chance .4 × .3 + .6 × .7 = .54; (.7 - .54)/(1 - .54) = .16/.46.
        CohenKappa.Of(Table([[20, 20], [10, 50]]), Weighting.Unweighted).ShouldPrint("0.3478260870");

    [Theory]
    // Four of 100 pairs differ, all by one. Chance: (46×50 + 44×40 + 10×10)/10000 = .416, so 1 - .04/.584.
    [InlineData(Weighting.Unweighted, "0.9315068493")]
    // Mean distance by chance: (46×40 + 44×50 + 44×10 + 10×40 + 2×(46×10 + 10×50))/10000 = .68, so 1 - .04/.68.
    [InlineData(Weighting.Linear, "0.9411764706")]
    // Mean squared distance by chance: .488 + 4×.096 = .872, so 1 - .04/.872.
    [InlineData(Weighting.Quadratic, "0.9541284404")]
    public void Kappa_of_two_sorted_columns(Weighting weighting, string expected)
    {
        var first = Sorted(46, 44, 10);
        var second = Sorted(50, 40, 10);

        CohenKappa.Of([.. first.Zip(second, (a, b) => new ScorePair(a, b))], weighting).ShouldPrint(expected);
    }

    [Theory]
    // 11 of 100 differ by one; rows 13 27 60, columns 13 24 63.
    // Chance: (13² + 27×24 + 60×63)/10000 = .4597, so 1 - .11/.5403.
    [InlineData(Weighting.Unweighted, "0.7964")]
    // By one: 13×24 + 27×13 + 27×63 + 60×24 = 3804; by two: 13×63 + 60×13 = 1599; 1 - .11/(.3804 + 2×.1599).
    [InlineData(Weighting.Linear, "0.8429")]
    // 1 - .11/(.3804 + 4×.1599) = 1 - .11/1.02.
    [InlineData(Weighting.Quadratic, "0.8922")]
    public void Kappa_of_a_published_three_by_three_table(Weighting weighting, string expected) =>
        CohenKappa.Of(Abstractors, weighting).ShouldPrint(expected);

    [Fact]
    public void The_large_sample_interval_of_a_published_table()
    {
        // Standard error .035352, Student's t with 99 degrees of freedom 1.98422: .89216 ± .07015.
        var interval = CohenKappa.LargeSampleInterval(Abstractors, Weighting.Quadratic).ShouldNotBeNull();

        ((double?)interval.Low).ShouldPrint("0.822");
        ((double?)interval.High).ShouldPrint("0.962");
    }

    [Theory]
    // Four of ten differ, all by one; counts of 1 to 4 are 2 3 3 2 and 1 4 2 3.
    // Chance: (2 + 12 + 6 + 6)/100 equal, so .74 differ: 1 - .4/.74.
    [InlineData(Weighting.Unweighted, "0.4594594595")]
    // Distances of all 100 combinations sum to 114: 1 - .4/1.14.
    [InlineData(Weighting.Linear, "0.6491228070")]
    // Squared distances sum to 210: 1 - .4/2.1.
    [InlineData(Weighting.Quadratic, "0.8095238095")]
    public void Kappa_of_ten_scores(Weighting weighting, string expected) =>
        CohenKappa.Of([.. "1223431243".Zip("1233422244", (a, b) => new ScorePair(a - '0', b - '0'))], weighting).ShouldPrint(expected);

    [Theory]
    // 26 pairable values, 7 4 10 5 of 1 to 4; one unit of two differs by two, one of two and one of three by one.
    // Observed 2 + 2 + 4/2 = 6; over all pairs of values 26² - 7² - 4² - 10² - 5² = 486: 1 - 25×6/486.
    [InlineData(Measurement.Nominal, "0.6913580247")]
    // Rank distances 1-3: 12.5, 3-4: 7.5. Observed 2×12.5² + 4×7.5² = 537.5, all pairs 69524: 1 - 25×537.5/69524.
    [InlineData(Measurement.Ordinal, "0.8067214199")]
    // Observed 2×4 + 4×1 = 12, all pairs 1586: 1 - 25×12/1586.
    [InlineData(Measurement.Interval, "0.8108448928")]
    public void Alpha_of_three_raters_with_gaps(Measurement measurement, string expected) =>
        KrippendorffAlpha.Of(ThreeRaters, measurement).ShouldPrint(expected);

    [Theory]
    [InlineData(Measurement.Nominal, "0.743")]
    [InlineData(Measurement.Ordinal, "0.815")]
    [InlineData(Measurement.Interval, "0.849")]
    public void Alpha_of_its_authors_four_raters(Measurement measurement, string expected) =>
        KrippendorffAlpha.Of(FourRaters, measurement).ShouldPrint(expected);

    [Fact]
    public void Ac1_of_a_published_table() =>
        // Observed .89; shares .13 .255 .615, Σ π(1 - π) = .53985, halved .269925; (.89 - .269925)/(1 - .269925).
        GwetAgreement.Of(Abstractors.Select(Unit), new Scale(0, 2), Weighting.Unweighted).ShouldPrint("0.8493305");

    [Theory]
    [InlineData(Weighting.Unweighted, "0.77544")]
    [InlineData(Weighting.Quadratic, "0.91400")]
    public void Ac_of_four_raters_with_gaps(Weighting weighting, string expected) =>
        GwetAgreement.Of(FourRaters, new Scale(1, 5), weighting).ShouldPrint(expected);

    [Fact]
    public void Icc_of_shrout_and_fleiss()
    {
        // Mean squares: between targets 11.2417, within 6.2639, between raters 32.4861, residual 1.0194.
        var icc = IntraclassCorrelation.Of([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]).ShouldNotBeNull();

        icc.Single1.ShouldPrint("0.1657418");
        icc.Single2.ShouldPrint("0.2897638");
        icc.Single3.ShouldPrint("0.7148407");
        icc.Mean1.ShouldPrint("0.4427971");
        icc.Mean2.ShouldPrint("0.6200505");
        icc.Mean3.ShouldPrint("0.9093155");
    }

    [Fact]
    public void The_generator_gives_its_published_numbers()
    {
        var random = new SplitMix64(1234567);

        random.Next().ShouldBe(6457827717110365317ul);
        random.Next().ShouldBe(3203168211198807973ul);
        random.Next().ShouldBe(9817491932198370423ul);
    }

    private static ScorePair[] Table(int[][] counts) =>
    [
        .. from a in Enumerable.Range(0, counts.Length)
           from b in Enumerable.Range(0, counts.Length)
           from pair in Enumerable.Repeat(new ScorePair(a, b), counts[a][b])
           select pair,
    ];

    private static IEnumerable<int> Sorted(params int[] counts) => counts.SelectMany((count, value) => Enumerable.Repeat(value, count));

    private static int?[][] Units(params string[] raters)
    {
        var columns = raters.Select(r => r.Split(' ').Select(int.Parse).ToArray()).ToArray();
        return [.. columns[0].Select((_, unit) => columns.Select(c => c[unit] == 0 ? null : (int?)c[unit]).ToArray())];
    }

    private static IReadOnlyList<int?> Unit(ScorePair pair) => [pair.Ours, pair.Theirs];
}

internal static class Printing
{
    /// <summary>Whether the figure, rounded to as many digits as are printed, is the one printed.</summary>
    public static void ShouldPrint(this double? figure, string expected) =>
        figure.ShouldNotBeNull().ToString("F" + (expected.Length - expected.IndexOf('.', StringComparison.Ordinal) - 1)).ShouldBe(expected);
}
