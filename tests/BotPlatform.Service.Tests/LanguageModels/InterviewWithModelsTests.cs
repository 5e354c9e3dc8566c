using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Practice;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>Whole interviews over HTTP with language models on both sides: one words the questions, two grade.</summary>
public sealed class InterviewWithModelsTests(PostgresFixture postgres)
{
    private const string Answer = "We rank the posts by expected time well spent, because 60 million people a day see only the first few.";

    [Fact]
    public async Task A_model_words_the_questions_and_models_of_two_providers_grade()
    {
        await using var server = await ModelServer.StartAsync(r => GoodReplies.To(r));
        await using var service = await StartAsync(server);

        var id = await service.Http.BeginAsync("news-feed");
        (await service.Http.SessionAsync(id)).Turns()[0].Text.ShouldContain("is sent to a language model of this installation");
        var heard = await service.Http.SayAndHearAsync(id, "m1", Answer);
        heard.Turns()[^1].Text.ShouldEndWith("Could you tell me more about that part?");
        using var stopped = await service.Http.CommandAsync(id, "stop");
        var ended = await service.Http.UntilAsync(id, s => s.State() == "ended");

        var card = ended.GetProperty("scorecard");
        card.GetProperty("grader").GetProperty("mode").GetString().ShouldBe("model");
        var requirements = card.GetProperty("scores")[0];
        requirements.GetProperty("score").GetInt32().ShouldBe(3);
        requirements.GetProperty("model").GetProperty("samples").EnumerateArray().Select(s => s.GetInt32()).ShouldBe([3, 3, 3]);
        requirements.GetProperty("rules").GetProperty("state").GetString().ShouldBe("scored");
        requirements.GetProperty("quotes")[0].GetProperty("text").GetString().ShouldBe(Answer[..60].TrimEnd());
        server.Refused.ShouldBeEmpty();
        server.Requests.Where(GoodReplies.IsGrade).Select(r => r.Protocol).Order().ShouldBe(["anthropic", "openai", "openai"]);
    }

    [Fact]
    public async Task What_was_asked_and_answered_stands_on_rows_with_its_hashes_tokens_and_cost()
    {
        await using var server = await ModelServer.StartAsync(r => GoodReplies.To(r));
        await using var service = await StartAsync(server);
        var id = await GradedAsync(service.Http);

        await using var connection = await service.Database.Source.OpenConnectionAsync();
        var calls = (await connection.QueryAsync<(string Role, string Sample, string Model, int Input, double? Cost, string Prompt, string Outcome)>(
            "select role, sample, model, input_tokens, cost, prompt_hash, outcome from model_call where session_id = @id order by role, sample", new { id })).AsList();
        calls.Select(c => (c.Role, c.Sample)).ShouldBe([("grader", "1"), ("grader", "2"), ("grader", "3"), ("interviewer", "1")]);
        calls.ShouldAllBe(c => c.Model.StartsWith(ModelServer.DefaultModel) && c.Input > 500 && c.Prompt.Length == 64 && c.Outcome == "replied");
        calls.Select(c => c.Cost is not null).ShouldBe([true, false, true, true]);
        (await connection.QuerySingleAsync<int>("select count(*)::int from model_reply where session_id = @id", new { id })).ShouldBe(4);
        var texts = await connection.QueryAsync<string>(
            "select body from score join scorecard using (workspace_id, scorecard_id) join turn_text on text_id = raise_text_id where scorecard.session_id = @id", new { id });
        texts.ShouldContain("Say what it costs and what it brings.");
        (await connection.QuerySingleAsync<int>(
            "select count(*)::int from session_event where session_id = @id and data::text like '%what it brings%'", new { id })).ShouldBe(0, "a model's words stand in one table");
    }

    [Fact]
    public async Task A_graded_session_can_be_graded_again_from_the_replies_that_are_kept()
    {
        await using var server = await ModelServer.StartAsync(r => GoodReplies.To(r));
        await using var service = await StartAsync(server);
        var id = await GradedAsync(service.Http);
        var store = service.Get<SessionStore>();
        var row = (await store.FindAsync(new SessionKey(Workspace.Local, id), CancellationToken.None))!;
        var replay = new Replay(store, service.Get<ModelCalls>());

        (await replay.CompareAsync(row, CancellationToken.None)).Differences.ShouldBeEmpty();

        await using var connection = await service.Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("""update model_reply set body = replace(body, '"value":3', '"value":2') where session_id = @id""", new { id });
        (await replay.CompareAsync(row, CancellationToken.None)).Differences.ShouldContain("requirements scored: stored scored 3, replayed scored 2");
    }

    /// <summary>A session of one answer, stopped and graded.</summary>
    private static async Task<Guid> GradedAsync(HttpClient http)
    {
        var id = await http.BeginAsync("news-feed");
        await http.SayAndHearAsync(id, "m1", Answer);
        using var stopped = await http.CommandAsync(id, "stop");
        await http.UntilAsync(id, s => s.State() == "ended");
        return Guid.Parse(id);
    }

    private Task<ServiceUnderTest> StartAsync(ModelServer server) => ServiceUnderTest.StartAsync(
        postgres, models: TestModels.Settings(TestModels.OpenAi(server), TestModels.Anthropic(server, ModelRole.Grader)), content: Repository.Root);
}
