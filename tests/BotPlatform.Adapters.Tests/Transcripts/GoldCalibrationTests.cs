using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing.Calibration;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Transcripts;

/// <summary>The report on the gold sessions, for scorers whose agreement is known beforehand.</summary>
public sealed class GoldCalibrationTests
{
    private static readonly string[] Criteria =
    [
        "requirements", "framing", "data", "modeling", "evaluation", "serving", "monitoring", "trade-offs", "consistency", "communication",
    ];

    [Fact]
    public async Task Raters_agree_as_the_gold_folder_says()
    {
        var report = CalibrationReport.Of(await SessionsAsync(RatersMedian), Criteria, seed: 1);

        (report.Sessions, report.Raters).ShouldBe((20, 3));
        report.RatersAgreement.KrippendorffOrdinal.ShouldNotBeNull().ShouldBe(0.955, 0.0005);
        // Computed independently, in another language.
        report.RatersAgreement.KrippendorffNominal.ShouldNotBeNull().ShouldBe(0.8696733986, 5e-11);
        report.RatersAgreement.GwetAc1.ShouldNotBeNull().ShouldBe(0.8758345755, 5e-11);
        report.RatersAgreement.GwetAc2Quadratic.ShouldNotBeNull().ShouldBe(0.9656081301, 5e-11);
    }

    [Fact]
    public async Task A_scorer_that_gives_the_raters_median_agrees_perfectly()
    {
        var report = CalibrationReport.Of(await SessionsAsync(RatersMedian), Criteria, seed: 1);

        report.Pooled.Qwk.ShouldBe(1);
        report.QwkInterval.ShouldBe(new Interval(1, 1));
        report.Pooled.Centred.ShouldNotBeNull().ShouldBe(1, 1e-12);
        (report.Pooled.Exact, report.Pooled.Bias, report.Pooled.Coverage).ShouldBe((1, 0, 1));
        // Two criteria of one session were not asked: neither side has a score there.
        (report.Pooled.Count, report.Pooled.OursNull, report.Pooled.TheirsNull).ShouldBe((198, 0, 0));
        report.Recommendation.Qwk.ShouldBe(1);
        report.Largest.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(20, 0.53)]
    [InlineData(12, 0.79)]
    public async Task The_halo_baseline_reaches_a_high_kappa_and_no_centred_agreement(int sessions, double kappa)
    {
        var all = await SessionsAsync(RatersMedian);

        var halo = CalibrationReport.Of([.. all.Take(sessions)], Criteria, seed: 1).Halo;

        halo.Qwk.ShouldNotBeNull().ShouldBe(kappa, 0.005);
        halo.Centred.ShouldBe(0);
    }

    [Fact]
    public async Task A_scorer_that_repeats_the_raters_recommendation_is_the_halo_baseline()
    {
        var report = CalibrationReport.Of(
            await SessionsAsync((session, _) => HaloBaseline.Value(session.RatersRecommendation)), Criteria, seed: 1);

        report.Pooled.Qwk.ShouldNotBeNull().ShouldBe(0.53, 0.005);
        report.Pooled.Centred.ShouldBe(0);
        report.Pooled.Qwk.ShouldBe(report.Halo.Qwk);
        report.Pooled.TheirsNull.ShouldBe(2);
    }

    private static int? RatersMedian(RatedSession session, string criterion) => Agreement.LowerMedian(
        session.Ratings.Select(r => r.Scores.GetValueOrDefault(criterion)?.Value).OfType<int>());

    private static async Task<RatedSession[]> SessionsAsync(Func<RatedSession, string, int?> score)
    {
        var gold = Path.Combine(Repository.Root, "tests", "gold");
        var folder = (await CalibrationFolder.ReadAsync(gold, [], Criteria, default)).Value.ShouldNotBeNull();
        return [.. folder.Sessions.Select(s => Scored(s, score))];
    }

    private static RatedSession Scored(RatedTranscript rated, Func<RatedSession, string, int?> score)
    {
        var blank = new Scorecard(
            rated.Transcript.Problem, rated.Level, "", "", "", "rules", [], [], new Overall(null, 1, Recommendation.No, null, ""), []);
        var session = new RatedSession(rated.Name, rated.Transcript.Problem, rated.Level, blank, rated.Ratings);
        return session with
        {
            Ours = blank with
            {
                Scores = [.. Criteria.Select(c => Score(c, score(session, c)))],
                Overall = blank.Overall with { Recommendation = session.RatersRecommendation!.Value },
            },
        };
    }

    private static Score Score(string criterion, int? value) =>
        new(criterion, value, value is null ? ScoreState.NotAsked : ScoreState.Scored, "", "", [], []);
}
