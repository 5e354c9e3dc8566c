using System.Text.Json;
using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Commands;

/// <summary><c>rescore</c> on stored sessions: new scorecards beside the old, which stay as they are.</summary>
public sealed class RescoreCommandTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Answer = CommandFolder.Answer;
    private readonly CommandFolder _folder = new();
    private ModelServer _server = null!;
    private ServiceUnderTest _service = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(r => GoodReplies.To(r), CommandFolder.NoKey);
        _service = await ServiceUnderTest.StartAsync(postgres, models: TestModels.Settings(TestModels.OpenAi(_server) with { Key = CommandFolder.NoKey }), content: CommandContent.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Another_rubric_makes_a_scorecard_beside_the_old_which_stays_as_it_is()
    {
        var before = await _service.Http.InterviewAsync(Answer);

        var ran = await RescoreAsync("--rubric", "1.1.0");

        ran.ShouldBe(new Ran(0, $"{before.Id()}  1 of 1  nothing moved\n1 session scored again: 0 scores moved (0 up, 0 down, 0 to or from unscored), 0 recommendations changed. The old scorecards stand beside the new.\n", ""));
        (await CardsAsync(before.Id())).Select(c => (c.Origin, c.Mode, c.Rubric)).ShouldBe([("session", "model", "1.0.0"), ("rescore", "model", "1.1.0")]);
        (await _service.Http.SessionAsync(before.Id())).GetRawText().ShouldBe(before.GetRawText());
        var replayed = await CommandLine.RunAsync("replay", "--connection-string", _service.Database.ConnectionString);
        replayed.ExitCode.ShouldBe(0, replayed.Out);
    }

    [Fact]
    public async Task What_moved_is_printed_for_each_session_and_summed_up()
    {
        var session = await _service.Http.InterviewAsync(Answer);
        _server.Answer = r => GoodReplies.To(r, 2);

        var ran = await RescoreAsync("--model", "first");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Out.ShouldStartWith($"{session.Id()}  1 of 1  requirements 3 to 2");
        var moved = ran.Out.Split('\n')[0].Split(" 3 to 2").Length - 1;
        ran.Out.ShouldContain($"\n1 session scored again: {moved} scores moved (0 up, {moved} down, 0 to or from unscored), ");
    }

    [Fact]
    public async Task Another_prompt_is_sent_and_stored_so_that_it_can_be_explained_later()
    {
        var session = await _service.Http.InterviewAsync(Answer);
        var asked = _server.Requests.Count;

        (await RescoreAsync("--prompt", "2.0.0", "--rubric", "1.1.0")).ExitCode.ShouldBe(0);

        _server.Requests.Skip(asked).Count().ShouldBe(3);
        _server.Requests.Skip(asked).ShouldAllBe(r => r.System.Contains(CommandContent.OfSecondPrompt));
        var cards = await CardsAsync(session.Id());
        cards[1].Prompt.ShouldNotBe(cards[0].Prompt);
        await using var connection = await _service.Database.Source.OpenConnectionAsync();
        (await connection.QueryAsync<string>(
            "select c.name from scorecard s join content c using (workspace_id) where c.hash in (s.prompt_hash, s.rubric_hash) and origin = 'rescore' order by 1"))
            .ShouldBe(["grader 2.0.0", "ml-system-design 1.1.0"]);
    }

    [Fact]
    public async Task Another_model_alone_keeps_the_prompt_that_a_session_pins()
    {
        await _service.Http.InterviewAsync(Answer);
        var asked = _server.Requests.Count;

        (await RescoreAsync("--model", "first")).ExitCode.ShouldBe(0);

        _server.Requests.Skip(asked).Count().ShouldBe(3);
        _server.Requests.Skip(asked).ShouldAllBe(r => !r.System.Contains(CommandContent.OfSecondPrompt));
    }

    [Fact]
    public async Task What_rules_scored_is_scored_by_rules_though_a_model_is_configured()
    {
        await PermitAsync("forbid");
        var session = await _service.Http.InterviewAsync(Answer);
        await PermitAsync("allow");

        var ran = await RescoreAsync("--rubric", "1.1.0");

        ran.ExitCode.ShouldBe(0, ran.Error);
        (await CardsAsync(session.Id())).Select(c => (c.Origin, c.Mode, c.Rubric)).ShouldBe([("session", "rules", "1.0.0"), ("rescore", "rules", "1.1.0")]);
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_written_without_knowing_of_a_model_is_not_sent_to_one()
    {
        await PermitAsync("forbid");
        var session = await _service.Http.InterviewAsync(Answer);
        await PermitAsync("allow");
        var left = new Ran(0, "No session was scored again. 1 session left as it is.\n", $"{session.Id()}: left as it is: its candidate was never told that a language model reads the answers\n");

        (await RescoreAsync("--prompt", "2.0.0")).ShouldBe(left);
        (await RescoreAsync("--model", "first")).ShouldBe(left);

        _server.Requests.ShouldBeEmpty();
        (await CardsAsync(session.Id())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_gets_no_grade_is_named_and_the_others_go_on()
    {
        var first = await _service.Http.InterviewAsync("We rank posts badly, because 60 million people a day see only the first few.");
        var second = await _service.Http.InterviewAsync(Answer);
        _server.Answer = r => r.Body.Contains("badly", StringComparison.Ordinal) ? new ModelAnswer.Status(401) : GoodReplies.To(r);

        var ran = await RescoreAsync("--prompt", "2.0.0");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldBe($"{first.Id()}: not scored again: first (test-model) rejected the key: is it set, valid, and allowed to use this model?\n");
        ran.Out.ShouldContain($"{second.Id()}  2 of 2  nothing moved\n");
        ran.Out.ShouldContain("1 session not scored again; the command can be given once more.");
        (await CardsAsync(first.Id())).Count.ShouldBe(1);
        (await CardsAsync(second.Id())).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_models_are_forbidden_nothing_is_sent()
    {
        var session = await _service.Http.InterviewAsync(Answer);
        var asked = _server.Requests.Count;
        await PermitAsync("forbid");

        var ran = await RescoreAsync("--rubric", "1.1.0");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldBe($"{session.Id()}: not scored again: language models are forbidden in this workspace\n");
        _server.Requests.Count.ShouldBe(asked);
        (await CardsAsync(session.Id())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sessions_begun_before_the_day_are_not_touched()
    {
        var session = await _service.Http.InterviewAsync(Answer);

        (await RescoreAsync("--rubric", "1.1.0", "--since", "2999-01-01")).ShouldBe(new Ran(0, "No session was scored again.\n", ""));
        (await CardsAsync(session.Id())).Count.ShouldBe(1);
        (await RescoreAsync("--rubric", "1.1.0", "--since", "2020-01-01")).Out.ShouldContain("1 session scored again");
    }

    private Task<Ran> RescoreAsync(params string[] options) => CommandLine.RunAsync(
    [
        "rescore", .. options, "--content", CommandContent.WithSecondVersions, "--models", _folder.Models(_server), "--data-dir", _folder["data"],
        "--connection-string", _service.Database.ConnectionString,
    ]);

    private Task<Ran> PermitAsync(string what) => CommandLine.RunAsync("models", what, "--connection-string", _service.Database.ConnectionString);

    private async Task<List<(string Origin, string Mode, string Rubric, string? Prompt)>> CardsAsync(string session)
    {
        await using var connection = await _service.Database.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, string, string, string?)>(
            "select origin, grader_mode, rubric_version, prompt_hash from scorecard where session_id = @id order by scored_at", new { id = Guid.Parse(session) })).AsList();
    }
}
