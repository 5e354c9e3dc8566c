using System.Text.Json;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Commands;

/// <summary><c>calibrate</c> with a language model on two short sessions: S1 of a senior, S2 at mid level.</summary>
public sealed class CalibrateCommandTests : IAsyncLifetime
{
    private readonly CommandFolder _folder = new();
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var (session, level) in (ReadOnlySpan<(string, string)>)[("S1", "senior"), ("S2", "mid")])
        {
            _folder.Transcript($"rated/sessions/{session}.json", level);
            foreach (var rater in (string[])["r1", "r2"])
                _folder.Write($"rated/ratings/{rater}/{session}.json", $$"""{"session":"{{session}}","recommendation":"no","scores":{"consistency":{"score":1,"why":"It is short."} } }""");
        }

        _server = await ModelServer.StartAsync(r => GoodReplies.To(r, IsS2(r) ? 2 : 3), CommandFolder.NoKey);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Json_adds_what_the_models_did_and_cost_and_changes_no_other_key()
    {
        var json = JsonDocument.Parse((await CalibrateAsync("--format", "json")).Out).RootElement;

        Names(json).ShouldBe("sessions raters raters_agreement pooled halo criteria recommendation grader");
        var grader = json.GetProperty("grader");
        Names(grader).ShouldBe("models repeatability input_tokens_per_session output_tokens_per_session cost_per_session for_review");
        Names(grader.GetProperty("repeatability")).ShouldBe("krippendorff_ordinal exact mean_spread lost");
        grader.GetProperty("models").EnumerateArray().Select(m => m.GetString()).ShouldHaveSingleItem().ShouldNotBeNull().ShouldStartWith("test-model");
        // All samples of a session alike, and the sessions different: nothing else is left to differ.
        grader.GetProperty("repeatability").GetProperty("krippendorff_ordinal").GetDouble().ShouldBe(1);
        grader.GetProperty("repeatability").GetProperty("exact").GetDouble().ShouldBe(1);
        grader.GetProperty("repeatability").GetProperty("mean_spread").GetDouble().ShouldBe(0);
        grader.GetProperty("repeatability").GetProperty("lost").GetDouble().ShouldBe(0);

        var (input, output) = (grader.GetProperty("input_tokens_per_session").GetDouble(), grader.GetProperty("output_tokens_per_session").GetDouble());
        input.ShouldBeGreaterThan(3 * 1000);
        output.ShouldBeGreaterThan(3 * 100);
        // For three samples, at 2 and 8 dollars for a million.
        grader.GetProperty("cost_per_session").GetDouble().ShouldBe(((2 * input) + (8 * output)) / 1e6, tolerance: 1e-6);
    }

    [Fact]
    public async Task A_cost_that_is_not_known_for_every_model_is_not_told()
    {
        var models = _folder.Models(CommandFolder.Model(_server.OpenAiBase), CommandFolder.Model(_server.OpenAiBase, "second", inputPrice: null, outputPrice: null));

        var ran = await CommandLine.RunAsync("calibrate", _folder["rated"], "--content", CommandContent.Folder, "--grader", "model", "--models", models);

        ran.Out.ShouldContain("  Cost a session                  not every model has a price\n");
    }

    [Fact]
    public async Task Progress_goes_to_standard_error_and_the_table_says_how_repeatable_it_was()
    {
        var ran = await CalibrateAsync();

        ran.ExitCode.ShouldBe(0, ran.Error);
        var told = ran.Error.TrimEnd('\n').Split('\n');
        told.Select(l => l[..2]).Order().ShouldBe(["S1", "S2"]);
        told.Select(l => l[2..]).ShouldBe([" graded, 1 of 2", " graded, 2 of 2"]);
        ran.Out.ShouldStartWith("Calibration: 2 sessions, 2 raters; ours: rubric ml-system-design 1.0.0, test-model (3 samples) and rules, prompt 1.0.0; seed 1\n");
        ran.Out.ShouldContain("\nThe models' samples\n  Krippendorff's alpha, ordinal      1.000\n  All samples equal                  1.000\n  Mean spread in points              0.000\n");
        ran.Out.ShouldContain("    Ours: The last step to the level above.\n", customMessage: "criteria without essentials have the model's words as their reason");
    }

    [Fact]
    public async Task A_session_without_a_grade_leaves_no_report()
    {
        _server.Answer = r => IsS2(r) ? new ModelAnswer.Status(401) : GoodReplies.To(r);

        var ran = await CalibrateAsync();

        ran.ExitCode.ShouldBe(1);
        ran.Out.ShouldBeEmpty();
        ran.Error.TrimEnd('\n').Split('\n')[^1].ShouldBe("S2: not scored: first (test-model) rejected the key: is it set, valid, and allowed to use this model?");
        ran.Error.ShouldNotContain("S2 graded");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task A_replay_without_a_server_gives_the_same_report(string format)
    {
        var recorded = await CalibrateAsync("--record", _folder["kept"], "--format", format);
        await _server.DisposeAsync();

        var replayed = await CommandLine.RunAsync("calibrate", _folder["rated"], "--content", CommandContent.Folder, "--grader", "model", "--replay", _folder["kept"], "--format", format);

        recorded.ExitCode.ShouldBe(0, recorded.Error);
        replayed.ExitCode.ShouldBe(0, replayed.Error);
        replayed.Out.ShouldBe(recorded.Out);
    }

    [Fact]
    public async Task Rules_alone_report_what_they_always_did_without_progress()
    {
        var ran = await CommandLine.RunAsync("calibrate", _folder["rated"], "--content", CommandContent.Folder, "--format", "json");

        Names(JsonDocument.Parse(ran.Out).RootElement).ShouldBe("sessions raters raters_agreement pooled halo criteria recommendation");
        ran.Error.ShouldBeEmpty();
    }

    private static bool IsS2(ModelRequest request) => request.System.Contains(", level mid", StringComparison.Ordinal);

    private Task<Ran> CalibrateAsync(params string[] options) => CommandLine.RunAsync(
        ["calibrate", _folder["rated"], "--content", CommandContent.Folder, "--grader", "model", "--models", _folder.Models(_server), .. options]);

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(p => p.Name));
}
