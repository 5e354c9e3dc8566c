using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>Budgets, and workspaces that forbid models: nothing is sent that may not be, and nothing is lost.</summary>
public sealed class LimitsTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("session", "the session's budget for language models is used up; raise it to go on")]
    [InlineData("session cost", "the session's budget for language models is used up; raise it to go on")]
    [InlineData("day", "the day's budget for language models is used up; it is tried again after midnight UTC")]
    [InlineData("day cost", "the day's budget for language models is used up; it is tried again after midnight UTC")]
    public async Task A_budget_that_is_reached_makes_work_wait_and_tells_an_operator(string which, string why)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var budget = which switch
        {
            "session" => ModelBudget.Default with { SessionTokens = 1 },
            "session cost" => ModelBudget.Default with { SessionCost = 1e-6 },
            "day" => ModelBudget.Default with { DayTokens = 1 },
            _ => ModelBudget.Default with { DayCost = 1e-6 },
        };
        var service = new ModelledService(postgres) { Shared = database, Change = s => s with { Budget = budget } };
        await service.InitializeAsync();

        var id = await service.StoppedInterviewAsync();
        var waiting = await service.WaitingAsync(id);

        waiting.Error.ShouldBe(why);
        (service.Requests(grades: false), service.Requests(grades: true)).ShouldBe((1, 0), "what the first wording cost is all that was spent");
        service.Logs.ShouldContain(l => l.StartsWith("Warning: ", StringComparison.Ordinal) && l.Contains(why) && l.Contains(id));
        if (which.StartsWith("day", StringComparison.Ordinal))
            waiting.DueAt.TimeOfDay.ShouldBe(TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await service.Service.DisposeAsync();

        await using var raised = await service.StartNodeAsync(database, s => s);
        await service.RetryAsync(waiting, raised);
        (await raised.Http.UntilAsync(id, s => s.State() == "ended")).GetProperty("scorecard").GetProperty("scores")[0].GetProperty("score").GetInt32().ShouldBe(3);
        await service.Server.DisposeAsync();
    }

    [Fact]
    public async Task What_useless_replies_cost_counts()
    {
        await using var service = new ModelledService(postgres)
        {
            Change = s => s with { Budget = ModelBudget.Default with { SessionTokens = 40_000 } },
            Grader = _ => new ModelAnswer.Cut(new string('x', 40_000)),
        };
        await service.InitializeAsync();
        var id = await service.StoppedInterviewAsync();
        var waiting = await service.WaitingAsync(id);
        waiting.Error.ShouldBe("no model gave a grade that could be read");
        var asked = service.Requests(grades: true);
        (await service.CountAsync("with again as (update outbox set error = null where session_id = @id returning 1) select count(*)::int from again", id)).ShouldBeGreaterThan(0);

        await service.RetryAsync(waiting);

        (await service.WaitingAsync(id)).Error.ShouldStartWith("the session's budget for language models is used up");
        service.Requests(grades: true).ShouldBe(asked);
    }

    [Fact]
    public async Task A_workspace_that_forbids_models_has_sessions_by_rules_which_say_so()
    {
        await using var service = new ModelledService(postgres);
        await service.InitializeAsync();
        await service.Service.Get<ModelCalls>().AllowAsync(allowed: false, CancellationToken.None);

        var id = await service.StoppedInterviewAsync();
        var card = await service.ScorecardAsync(id);

        card.GetProperty("grader").GetProperty("mode").GetString().ShouldBe("rules");
        card.GetProperty("notices")[0].GetString().ShouldStartWith("Rules only");
        (await service.Http.SessionAsync(id)).Turns().ShouldAllBe(t => !t.Text.Contains("language model"));
        service.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_when_models_are_forbidden_is_not_sent_until_they_are_allowed_again()
    {
        await using var service = new ModelledService(postgres);
        await service.InitializeAsync();
        var calls = service.Service.Get<ModelCalls>();
        var id = await service.Http.BeginAsync();
        await service.Http.SayAndHearAsync(id, "m1", ModelledService.Answers[0]);
        var before = service.Server.Requests.Count;
        await calls.AllowAsync(allowed: false, CancellationToken.None);

        (await service.Http.SayAndHearAsync(id, "m2", ModelledService.Answers[1])).Turns()[^1].Text.ShouldNotContain("Could you tell me more");
        using var stopped = await service.Http.CommandAsync(id, "stop");
        var waiting = await service.WaitingAsync(id);

        waiting.Error.ShouldBe("language models are forbidden in this workspace");
        service.Server.Requests.Count.ShouldBe(before);
        await calls.AllowAsync(allowed: true, CancellationToken.None);
        await service.RetryAsync(waiting);
        (await service.ScorecardAsync(id)).GetProperty("grader").GetProperty("mode").GetString().ShouldBe("model");
    }
}
