using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>A model that takes too long: after five seconds the engine's own wording goes out, and what comes later is dropped.</summary>
public sealed class SlowWordingsTests(PostgresFixture postgres)
{
    private const string TimerIsDue =
        "with due as (update inbox set due_at = now() where session_id = @id and kind = 'timer_wording' and state = 'due' returning 1) select count(*)::int from due";

    [Fact]
    public async Task The_timer_survives_a_restart_and_goes_off_after_five_seconds()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var service = new ModelledService(postgres) { Shared = database, Interviewer = r => new ModelAnswer.Delayed(TimeSpan.FromMinutes(5), GoodReplies.To(r)) };
        await service.InitializeAsync();
        var id = await service.Http.BeginAsync();
        using var said = await service.Http.SayAsync(id, "m1", ModelledService.Answers[0]);
        (await service.Http.UntilAsync(id, _ => service.Requests(grades: false) == 1)).GetProperty("thinking").GetBoolean().ShouldBeTrue();
        await service.Service.DisposeAsync();
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<double>(
            "select extract(epoch from t.due_at - s.at)::double precision from inbox t join session_event s using (session_id) where t.kind = 'timer_wording' and s.type = 'wording_requested'"))
            .ShouldBe(5, 0.5);

        await using var next = await service.StartNodeAsync(database);

        var heard = await next.Http.UntilAsync(id, s => s.Turns()[^1] is { Speaker: "interviewer", N: > 2 });
        heard.Turns()[^1].Text.ShouldEndWith("?");
        heard.Turns()[^1].Text.ShouldNotContain("Could you tell me more");
        (await connection.QuerySingleAsync<string>("select data ->> 'how' from session_event where type = 'wording_settled'")).ShouldBe("late");
        await service.Server.DisposeAsync();
    }

    [Fact]
    public async Task A_late_reply_is_dropped()
    {
        var release = new TaskCompletionSource();
        await using var service = new ModelledService(postgres) { Interviewer = r => new ModelAnswer.Held(release.Task, GoodReplies.To(r)) };
        await service.InitializeAsync();
        var id = await service.Http.BeginAsync();
        using var said = await service.Http.SayAsync(id, "m1", ModelledService.Answers[0]);
        await service.Http.UntilAsync(id, _ => service.Requests(grades: false) == 1);
        (await service.CountAsync(TimerIsDue, id)).ShouldBe(1);
        var heard = await service.Http.UntilAsync(id, s => s.Said().Count == 1 && s.Turns()[^1].Speaker == "interviewer");

        release.SetResult();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await service.CountAsync("select count(*)::int from outbox where session_id = @id and state = 'done'", id) == 0)
            await Task.Delay(10, limit.Token);
        while (await service.CountAsync("select count(*)::int from inbox where session_id = @id and state = 'due' and kind not like 'timer%'", id) > 0)
            await Task.Delay(10, limit.Token);
        (await service.Http.SessionAsync(id)).Turns().ShouldBe(heard.Turns());
    }

    [Fact]
    public async Task Who_goes_on_writing_has_not_finished_the_answer()
    {
        var release = new TaskCompletionSource();
        await using var service = new ModelledService(postgres) { Interviewer = r => new ModelAnswer.Held(release.Task, GoodReplies.To(r)) };
        await service.InitializeAsync();
        var id = await service.Http.BeginAsync();
        using var said = await service.Http.SayAsync(id, "m1", ModelledService.Answers[0]);
        await service.Http.UntilAsync(id, _ => service.Requests(grades: false) == 1);
        using var more = await service.Http.SayAsync(id, "m2", ModelledService.Answers[1]);
        await service.Http.UntilAsync(id, s => s.Said().Count == 2);
        release.SetResult();

        var heard = await service.Http.UntilAsync(id, s => s.Turns()[^1].Speaker == "interviewer" && s.Said().Count == 2);

        heard.Turns().TakeLast(3).Select(t => t.Speaker).ShouldBe(["candidate", "candidate", "interviewer"]);
    }
}
