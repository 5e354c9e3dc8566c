using System.CommandLine;
using System.Text.Json;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Service.Commands;
using BotPlatform.Service.LanguageModels;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Calibration;

/// <summary>The command on two made sessions, with a scorer whose scores stand in the transcript.</summary>
public sealed class CalibrateTests : IDisposable
{
    private readonly string _folder = TestFolder.Create();
    private readonly StringWriter _notices = new();

    public CalibrateTests()
    {
        // Medians: S1 data 2, serving 4; S2 data 1, serving 3 of one rater only.
        Session("S1", "birds", "mid");
        Rating("r1", "S1", "yes", "2", "4");
        Rating("r2", "S1", "strong_yes", "3", "4");
        Session("S2", "fish", "staff");
        Rating("r1", "S2", "no", "1", "3");
        Rating("r2", "S2", "no", "1", "null");
    }

    [Fact]
    public async Task Json_has_every_figure_and_no_other()
    {
        var json = JsonDocument.Parse(await ReportAsync("json")).RootElement;

        Names(json).ShouldBe("sessions raters raters_agreement pooled halo criteria recommendation");
        Names(json.GetProperty("raters_agreement"))
            .ShouldBe("krippendorff_ordinal krippendorff_nominal gwet_ac1 gwet_ac2_quadratic mean_pairwise_qwk");
        Names(json.GetProperty("pooled")).ShouldBe("qwk qwk_low qwk_high centred exact adjacent bias n ours_null theirs_null");
        Names(json.GetProperty("halo")).ShouldBe("qwk centred");
        Names(json.GetProperty("criteria")).ShouldBe("data serving");
        Names(json.GetProperty("criteria").GetProperty("data")).ShouldBe("qwk bias n");
        Names(json.GetProperty("recommendation")).ShouldBe("qwk sensitivity specificity");
    }

    [Fact]
    public async Task Json_has_the_figures_worked_out_by_hand()
    {
        var json = JsonDocument.Parse(await ReportAsync("json")).RootElement;

        json.GetProperty("sessions").GetInt32().ShouldBe(2);
        json.GetProperty("raters").GetInt32().ShouldBe(2);
        // The raters share 2-3, 4-4, 1-1: squared distances 1; all nine combinations 1+4+1 + 1+0+9 + 4+9+0 = 29.
        Figure(json, "raters_agreement", "mean_pairwise_qwk").ShouldBe(Math.Round(26 / 29.0, 6));
        // The six pairable values 1 1 2 3 4 4: observed 2, pairs of different values 36 - 4 - 1 - 1 - 4 = 26: 1 - 5×2/26.
        Figure(json, "raters_agreement", "krippendorff_nominal").ShouldBe(Math.Round(16 / 26.0, 6));
        // Ours and the medians: 3-2, 4-4, 1-1.
        Figure(json, "pooled", "qwk").ShouldBe(Math.Round(26 / 29.0, 6));
        Figure(json, "pooled", "centred").ShouldBe(1);
        Figure(json, "pooled", "exact").ShouldBe(Math.Round(2 / 3.0, 6));
        Figure(json, "pooled", "adjacent").ShouldBe(1);
        Figure(json, "pooled", "bias").ShouldBe(Math.Round(1 / 3.0, 6));
        Figure(json, "pooled", "n").ShouldBe(3);
        Figure(json, "pooled", "ours_null").ShouldBe(1);
        Figure(json, "pooled", "theirs_null").ShouldBe(0);
        // Yes is 3 beside 2 and 4, no is 2 beside 1 and 3: 1 - 4×4/24.
        Figure(json, "halo", "qwk").ShouldBe(Math.Round(1 / 3.0, 6));
        Figure(json, "halo", "centred").ShouldBe(0);
        // One pair is not enough for a kappa.
        json.GetProperty("criteria").GetProperty("serving").GetProperty("qwk").ValueKind.ShouldBe(JsonValueKind.Null);
        Figure(json, "recommendation", "sensitivity").ShouldBe(1);
        Figure(json, "recommendation", "specificity").ShouldBe(0);
    }

    [Fact]
    public async Task Text_says_what_is_too_few_and_shows_both_reasons()
    {
        var text = await ReportAsync("text");

        text.ShouldStartWith("Calibration: 2 sessions, 2 raters; ours: a stub; seed 1");
        text.ShouldContain("  Quadratic kappa                    0.897");
        text.ShouldContain("  data                             too few                               2         0           0");
        text.ShouldContain("  S1 data: ours 3, raters 2 (2 3)");
        text.ShouldContain("    Ours: ours on data");
        text.ShouldContain("    Raters: r1 on data");
        text.ShouldContain("    S2: ours yes, raters no");
        text.ShouldNotContain("NaN");
        text.Split('\n').ShouldAllBe(line => line.Length <= 96);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_report_byte_for_byte() =>
        (await ReportAsync("json")).ShouldBe(await ReportAsync("json"));

    [Fact]
    public async Task A_problem_that_is_not_in_the_bank_is_said()
    {
        await ReportAsync("text");

        _notices.ToString().ShouldBe("fish: not in the bank, scored with general knowledge" + Environment.NewLine);
    }

    [Fact]
    public async Task Terminal_codes_in_a_reason_are_not_passed_on()
    {
        Rating("r1", "S1", "yes", "2", "4", why: "\\u001b[2J");

        (await ReportAsync("text")).ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task Broken_input_is_one_line_and_no_report()
    {
        Rating("r1", "S1", "perhaps", "2", "4");

        var (report, refused, _) = await CalibrateCommand.ReportAsync(Choice("text"), Stub(), _notices, default);

        report.ShouldBeNull();
        refused.ShouldBe(
            $"{Path.Combine(_folder, "ratings", "r1", "S1.json")}: \"recommendation\": expected strong_no, no, yes or strong_yes, found 'perhaps'");
    }

    [Theory]
    [InlineData("calibrate", "absent")]
    [InlineData("calibrate")]
    [InlineData("calibrate", "absent", "--seed", "-1")]
    [InlineData("calibrate", "absent", "--format", "xml")]
    public async Task Bad_usage_and_bad_input_exit_with_two(params string[] args) =>
        (await Invocation.RunAsync(new RootCommand { CalibrateCommand.Create() }, args)).ShouldBe(Exit.BadInput);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> ReportAsync(string format)
    {
        var (report, refused, _) = await CalibrateCommand.ReportAsync(Choice(format), Stub(), _notices, default);
        refused.ShouldBeNull();
        return report.ShouldNotBeNull();
    }

    private CalibrateCommand.Choice Choice(string format) => new(_folder, [], format, Seed: 1);

    // S1 data 3, serving 4; S2 data 1, serving not asked; both a yes.
    private static CalibrateCommand.Scorer Stub() => new(
        "a stub",
        ["data", "serving"],
        ["birds"],
        (at, _) => Task.FromResult<Outcome<ScoredFile>>(new ScoredFile(Card(at), [])));

    private static Scorecard Card(RatedTranscript at) => new(
            at.Transcript.Problem,
            at.Level,
            "",
            "",
            "",
            "rules",
            at.Name == "S1" ? [Score("data", 3), Score("serving", 4)] : [Score("data", 1), Score("serving", null)],
            [],
            new Overall(null, 1, Recommendation.Yes, null, ""),
            []);

    private static Score Score(string criterion, int? value) =>
        new(criterion, value, value is null ? ScoreState.NotAsked : ScoreState.Scored, "ours on " + criterion, "", [], []);

    private void Session(string name, string problem, string level) => Write(
        Path.Combine("sessions", name + ".json"),
        $$"""{"id":"{{name}}","problem":"{{problem}}","level":"{{level}}","turns":[{"n":1,"speaker":"candidate","step":"data","text":"x"}]}""");

    private void Rating(string rater, string session, string recommendation, string data, string serving, string? why = null) => Write(
        Path.Combine("ratings", rater, session + ".json"),
        $$"""
        {"session":"{{session}}","recommendation":"{{recommendation}}","scores":{
          "data":{"score":{{data}},"why":"{{why ?? rater + " on data"}}"},
          "serving":{"score":{{serving}},"why":""}
        } }
        """);

    private void Write(string path, string json)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, json);
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(p => p.Name));

    private static double Figure(JsonElement root, string part, string name) => root.GetProperty(part).GetProperty(name).GetDouble();
}
