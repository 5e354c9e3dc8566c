using System.Text.Json;
using System.Text.Json.Nodes;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Commands;

/// <summary><c>score</c> with a language model, as someone at a terminal sees it.</summary>
public sealed class ScoreCommandTests : IAsyncLifetime
{
    private readonly CommandFolder _folder = new();
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync(r => GoodReplies.To(r), CommandFolder.NoKey);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Both_parts_stand_beside_the_combined_score()
    {
        var card = JsonDocument.Parse((await ScoreAsync("--format", "json")).Out).RootElement;

        card.GetProperty("grader").GetProperty("mode").GetString().ShouldBe("model");
        card.GetProperty("grader").GetProperty("models").EnumerateArray().Count().ShouldBe(3);
        foreach (var score in card.GetProperty("scores").EnumerateArray())
        {
            score.GetProperty("model").GetProperty("score").GetInt32().ShouldBe(3);
            score.GetProperty("model").GetProperty("samples").EnumerateArray().Select(s => s.GetInt32()).ShouldBe([3, 3, 3]);
            score.GetProperty("model").GetProperty("missing").GetString().ShouldBe("The last step to the level above.");
            score.GetProperty("rules").GetProperty("score").GetInt32().ShouldBeInRange(1, 4);
            score.GetProperty("score").GetInt32().ShouldBe(3);
        }

        _server.Refused.ShouldBeEmpty();
        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_text_names_the_model_both_parts_and_the_models_words()
    {
        var text = (await ScoreAsync()).Out;

        text.ShouldStartWith("news-feed, senior level, rubric ml-system-design 1.0.0, scored by model\nScored by test-model");
        text.ShouldContain("\n    Language model 3 (samples 3, 3, 3), rules ");
        text.ShouldContain("\n    In the model's words: The last step to the level above.\n");
        text.ShouldContain("\n    To raise it: Say what it costs and what it brings.\n");
    }

    [Fact]
    public async Task Rules_alone_write_what_they_always_wrote_and_ask_nobody()
    {
        var plain = await CommandLine.RunAsync("score", _folder.Transcript(), "--content", CommandContent.Folder, "--format", "json");
        var rules = await CommandLine.RunAsync("score", _folder.Transcript(), "--content", CommandContent.Folder, "--format", "json", "--grader", "rules");

        plain.ShouldBe(rules);
        var card = JsonDocument.Parse(rules.Out).RootElement;
        Names(card).ShouldBe("session problem level rubric grader scores flags overall notices");
        Names(card.GetProperty("grader")).ShouldBe("mode");
        Names(card.GetProperty("scores")[0]).ShouldBe("criterion score state why quotes raise checks");
        (await CommandLine.RunAsync("score", _folder.Transcript(), "--content", CommandContent.Folder)).Out.ShouldNotContain("Language model ", Case.Sensitive);
    }

    [Fact]
    public async Task A_model_that_fails_leaves_one_line_and_no_scorecard()
    {
        _server.Answer = _ => new ModelAnswer.Status(401);

        var ran = await ScoreAsync();

        ran.ExitCode.ShouldBe(1);
        ran.OnlyLine.ShouldBe($"{_folder.Transcript()}: not scored: first (test-model) rejected the key: is it set, valid, and allowed to use this model?");
    }

    [Fact]
    public async Task A_model_that_is_down_is_said_to_be_so_however_often_it_was_tried()
    {
        var address = new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}/v1");
        var ran = await CommandLine.RunAsync("score", _folder.Transcript(), "--content", CommandContent.Folder, "--grader", "model", "--models", _folder.Models(CommandFolder.Model(address)));

        ran.ExitCode.ShouldBe(1);
        ran.OnlyLine.ShouldContain($"cannot be reached at {address}: is the address right, and is the server up?");
    }

    [Fact]
    public async Task Replies_that_cannot_be_read_leave_no_scorecard_either()
    {
        _server.Answer = _ => new ModelAnswer.Text("I would rather talk about it.");

        var ran = await ScoreAsync();

        ran.ExitCode.ShouldBe(1);
        ran.OnlyLine.ShouldEndWith("T1.json: not scored: no model gave a grade that could be read");
    }

    [Fact]
    public async Task Without_a_model_it_says_what_to_set()
    {
        var (exitCode, output) = await ServiceProcess.RunAsync("", "score", _folder.Transcript(), "--content", CommandContent.Folder, "--grader", "model");

        exitCode.ShouldBe(2);
        output.ShouldBe("--grader model: no language model is configured; set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or name a file with --models or BOTPLATFORM_MODELS\n");
    }

    [Fact]
    public async Task Models_that_only_ask_do_not_grade()
    {
        var ran = await CommandLine.RunAsync("score", _folder.Transcript(), "--content", CommandContent.Folder, "--grader", "model", "--models", _folder.Models(_server, "interviewer"));

        ran.ExitCode.ShouldBe(2);
        ran.OnlyLine.ShouldBe("--grader model: no configured model has the role \"grader\": first (test-model)");
    }

    [Theory]
    [InlineData("--grader rules --record recorded", "--record: expected together with --grader model")]
    [InlineData("--replay recorded --prompt 1.0.0", "--prompt, --replay: expected together with --grader model")]
    [InlineData("--grader model --record recorded --replay recorded", "--record, --replay: expected one of the two, found both")]
    [InlineData("--grader model --replay recorded --models some.json", "--models: not expected together with --replay, which plays back the models that were recorded")]
    [InlineData("--grader model --prompt 9.9.9", "--prompt: expected 1.0.0, found '9.9.9'")]
    [InlineData("--grader model --models absent.json", "absent.json: expected a readable file, found none (FileNotFoundException)")]
    public async Task Options_that_make_no_sense_are_refused_before_anything_is_done(string options, string line)
    {
        var ran = await CommandLine.RunAsync(["score", _folder.Transcript(), "--content", CommandContent.Folder, .. options.Split(' ')]);

        ran.ExitCode.ShouldBe(2);
        ran.OnlyLine.ShouldBe(line);
        Directory.Exists("recorded").ShouldBeFalse();
    }

    [Fact]
    public async Task The_language_that_was_read_is_shown()
    {
        _server.Answer = r =>
        {
            var grade = GoodReplies.Grade(r, 3);
            grade["language"] = "pt-BR";
            return new ModelAnswer.Text(grade.ToJsonString());
        };

        (await ScoreAsync()).Out.ShouldContain("\nLanguage read: pt-BR.\n");
        JsonNode.Parse((await ScoreAsync("--format", "json")).Out)!["grader"]!["language"]!.GetValue<string>().ShouldBe("pt-BR");
    }

    [Fact]
    public async Task Control_characters_of_an_answer_do_not_reach_the_terminal()
    {
        var transcript = _folder.Transcript(answer: "We rank \u001b[2J posts by time well spent.");

        var ran = await CommandLine.RunAsync("score", transcript, "--grader", "model", "--models", _folder.Models(_server), "--content", CommandContent.Folder);

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Out.ShouldContain("We rank  [2J posts");
        ran.Out.ShouldNotContain('\u001b');
    }

    private Task<Ran> ScoreAsync(params string[] options) => CommandLine.RunAsync(
        ["score", _folder.Transcript(), "--content", CommandContent.Folder, "--grader", "model", "--models", _folder.Models(_server), .. options]);

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(p => p.Name));
}
