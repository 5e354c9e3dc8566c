using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>The program itself with models for both roles, killed in the middle of a grade.</summary>
public sealed class KillDuringGradeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Killed_while_a_grade_is_in_flight_it_comes_back_with_one_scorecard_and_pays_for_no_reply_twice()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var grades = 0;
        await using var server = await ModelServer.StartAsync(r => !GoodReplies.IsGrade(r) || Interlocked.Increment(ref grades) <= 2
            ? GoodReplies.To(r)
            : new ModelAnswer.Held(Task.Delay(Timeout.Infinite), GoodReplies.To(r)));
        var folder = TestFolder.Create();
        var port = ServiceProcess.FreePort();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string id;
        using (var service = await ServeAsync())
        {
            id = await http.BeginAsync();
            (await http.SayAndHearAsync(id, "m1", ModelledService.Answers[0])).Turns()[^1].Text.ShouldEndWith("Could you tell me more about that part?");
            using var stopped = await http.CommandAsync(id, "stop");
            await UntilAsync("select count(*)::int = 2 from model_reply join model_call using (workspace_id, call_id) where role = 'grader'");
            await service.KillAsync();
        }

        grades.ShouldBe(3);
        server.Answer = r => GoodReplies.To(r);
        // As if the time of the dead one's lease were over.
        (await ExecuteAsync("update outbox set lease_until = now() - interval '1 s' where state = 'attempting'")).ShouldBe(1);
        using (var service = await ServeAsync())
        {
            var card = (await http.UntilAsync(id, s => s.State() == "ended")).GetProperty("scorecard");
            card.GetProperty("scores")[0].GetProperty("model").GetProperty("samples").EnumerateArray().Select(s => s.GetInt32()).ShouldBe([3, 3, 3]);
            await service.StopAsync();
        }

        server.Requests.Count(GoodReplies.IsGrade).ShouldBe(4, "of three samples, only the one in flight is asked for again");
        server.Refused.ShouldBeEmpty();
        await UntilAsync("select count(*)::int = 1 from scorecard");
        await UntilAsync("select count(*)::int = 1 from inbox where kind = 'grade_received'");
        await UntilAsync("select count(*)::int = 0 from outbox where state <> 'done'");
        var (exit, output) = await ServiceProcess.RunAsync("", "replay", "--connection-string", database.ConnectionString, "--data-dir", folder);
        output.ShouldContain("1 session replayed, 0 with differences");
        exit.ShouldBe(0);
        Directory.Delete(folder, recursive: true);

        Task<ServiceProcess> ServeAsync() => ServiceProcess.ServeAsync(
            port,
            folder,
            new Dictionary<string, string> { ["OPENAI_BASE_URL"] = server.OpenAiBase.ToString(), ["OPENAI_API_KEY"] = "test-key", ["OPENAI_MODEL"] = ModelServer.DefaultModel },
            "--connection-string", database.ConnectionString, "--content", SmallContent.Folder, "--quiet-period", "0");

        async Task UntilAsync(string sql)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await using var connection = await database.Source.OpenConnectionAsync(limit.Token);
            while (!await connection.QuerySingleAsync<bool>(sql))
                await Task.Delay(10, limit.Token);
        }

        async Task<int> ExecuteAsync(string sql)
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            return await connection.ExecuteAsync(sql);
        }
    }
}
