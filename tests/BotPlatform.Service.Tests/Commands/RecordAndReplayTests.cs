using System.Text.Json.Nodes;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Commands;

/// <summary><c>--record</c> and <c>--replay</c>: the same output again, without a server and without paying.</summary>
public sealed class RecordAndReplayTests : IAsyncLifetime
{
    private readonly CommandFolder _folder = new();
    private int _asked;
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync(Answer, CommandFolder.NoKey);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task What_was_recorded_is_scored_again_byte_for_byte_without_a_server(string format)
    {
        var recorded = await ScoreAsync("--models", _folder.Models(_server), "--record", _folder["kept"], "--format", format);
        await _server.DisposeAsync();

        var replayed = await ScoreAsync("--replay", _folder["kept"], "--format", format);

        recorded.ExitCode.ShouldBe(0, recorded.Error);
        replayed.ShouldBe(recorded);
        Directory.EnumerateFiles(_folder["kept"], "*.part").ShouldBeEmpty();
        Directory.EnumerateFiles(_folder["kept"], "*b.json").ShouldNotBeEmpty("a sample was asked for once more");
        File.ReadAllText(Path.Combine(_folder["kept"], "models.json")).ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task A_missing_recording_is_named_and_nothing_is_scored()
    {
        await ScoreAsync("--models", _folder.Models(_server), "--record", _folder["kept"]);
        var asked = _server.Requests.Count;
        File.Delete(Directory.EnumerateFiles(_folder["kept"], "*-2.json").Single());

        var replayed = await ScoreAsync("--replay", _folder["kept"]);

        replayed.ExitCode.ShouldBe(1);
        replayed.OnlyLine.ShouldContain("T1.json: not scored: first (test-model) has no recording of sample 2 of this request in " + _folder["kept"]);
        _server.Requests.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Another_transcript_finds_no_recording()
    {
        await ScoreAsync("--models", _folder.Models(_server), "--record", _folder["kept"]);

        var replayed = await CommandLine.RunAsync("score", _folder.Transcript("T2.json", answer: "Something else."), "--content", CommandContent.Folder, "--grader", "model", "--replay", _folder["kept"]);

        replayed.ExitCode.ShouldBe(1);
        replayed.OnlyLine.ShouldStartWith(_folder["T2.json"] + ": not scored: first (test-model) has no recording of sample ");
    }

    [Fact]
    public async Task What_was_paid_for_is_not_spoilt_by_recording_other_models_beside_it()
    {
        await ScoreAsync("--models", _folder.Models(_server), "--record", _folder["kept"]);
        var asked = _server.Requests.Count;

        var other = await ScoreAsync("--models", _folder.Models(CommandFolder.Model(_server.OpenAiBase, name: "other")), "--record", _folder["kept"]);

        other.ExitCode.ShouldBe(2);
        other.OnlyLine.ShouldStartWith($"--record: {_folder["kept"]} holds what was recorded with other models");
        _server.Requests.Count.ShouldBe(asked);
        (await ScoreAsync("--replay", _folder["kept"])).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData(null, "expected the list of models that --record writes, found none (FileNotFoundException)")]
    [InlineData("not json", "expected the list of models that --record writes, found something else")]
    [InlineData("""{"samples":3,"models":[null]}""", "expected the list of models that --record writes, found something else")]
    [InlineData("""{"samples":3,"models":[{"name":"first"}]}""", "expected the list of models that --record writes, found something else")]
    [InlineData("""{"samples":99,"models":[]}""", "expected the list of models that --record writes, found something else")]
    public async Task A_folder_that_holds_no_recordings_is_refused(string? list, string line)
    {
        Directory.CreateDirectory(_folder["kept"]);
        if (list is not null)
            _folder.Write("kept/models.json", list);

        var ran = await ScoreAsync("--replay", _folder["kept"]);

        ran.ExitCode.ShouldBe(2);
        ran.OnlyLine.ShouldBe($"{Path.Combine(_folder["kept"], "models.json")}: {line}");
    }

    // The first three answers: good, one criterion left out, refused.
    private ModelAnswer Answer(ModelRequest request)
    {
        var grade = GoodReplies.Grade(request, 3);
        switch (Interlocked.Increment(ref _asked))
        {
            case 2:
                ((JsonArray)grade["scores"]!).RemoveAt(0);
                break;
            case 3:
                return new ModelAnswer.Refusal("I would rather not.");
        }

        return new ModelAnswer.Text(grade.ToJsonString());
    }

    private Task<Ran> ScoreAsync(params string[] options) =>
        CommandLine.RunAsync(["score", _folder.Transcript(), "--content", CommandContent.Folder, "--grader", "model", .. options]);
}
