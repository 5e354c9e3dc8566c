using System.Net;
using System.Net.Http.Json;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>What happens while a grade is on its way.</summary>
public sealed class GradesInFlightTests(ModelledService service, PostgresFixture postgres) : IClassFixture<ModelledService>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_late_change_is_kept_answered_and_changes_nothing(bool takenBack)
    {
        var release = new TaskCompletionSource();
        service.Grader = r => new ModelAnswer.Held(release.Task, GoodReplies.To(r));
        var id = await service.StoppedInterviewAsync();
        var path = $"{Api.Sessions}/{id}/messages/m2";

        using var change = takenBack ? await service.Http.DeleteAsync(path) : await service.Http.PatchAsJsonAsync(path, new { text = "Something better." });
        change.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var told = await service.Http.UntilAsync(id, s => s.Turns()[^1].Text.StartsWith("That part has been scored already", StringComparison.Ordinal));
        told.State().ShouldBe("grading");
        release.SetResult();

        var card = await service.ScorecardAsync(id);
        var quote = card.GetProperty("scores")[0].GetProperty("quotes")[0];
        ModelledService.Answers[1].ShouldStartWith(quote.GetProperty("text").GetString()!);
        (await service.Http.SessionAsync(id)).Said().Select(t => t.Text).ShouldBe(ModelledService.Answers);
        (await service.CountAsync("select count(*)::int from session_event where session_id = @id and type = 'late_change_noted'", id)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_comes_too_late_is_held_back_and_there_is_one_scorecard()
    {
        var (first, release) = (0, new TaskCompletionSource());
        service.Grader = r => Interlocked.Increment(ref first) <= 3 ? new ModelAnswer.Held(release.Task, GoodReplies.To(r, value: 2)) : GoodReplies.To(r);
        var id = await service.StoppedInterviewAsync();
        await UntilAsync(() => Task.FromResult(first == 3));

        // The first sender has stopped for so long that its lease is over; another node takes the grade.
        await using var other = await service.StartNodeAsync(service.Service.Database);
        await service.CountAsync("with over as (update outbox set lease_until = now() - interval '1 s' where session_id = @id and kind = 'request_grade' returning 1) select count(*)::int from over", id);
        await service.ScorecardAsync(id);
        release.SetResult();

        await UntilAsync(async () => await service.CountAsync("select count(*)::int from model_call where session_id = @id and role = 'grader'", id) == 6);
        (await service.ScorecardAsync(id)).GetProperty("scores")[0].GetProperty("score").GetInt32().ShouldBe(3);
        (await service.CountAsync("select count(*)::int from inbox where session_id = @id and kind = 'grade_received'", id)).ShouldBe(1);
    }

    [Fact]
    public async Task However_many_grades_hang_the_next_question_is_worded()
    {
        var release = new TaskCompletionSource();
        service.Grader = r => new ModelAnswer.Held(release.Task, GoodReplies.To(r));
        var asked = service.Requests(grades: true);
        var all = await Task.WhenAll(Enumerable.Range(0, 70).Select(async _ =>
        {
            var id = await service.Http.BeginAsync();
            using var said = await service.Http.SayAsync(id, "m1", ModelledService.Answers[1]);
            using var stopped = await service.Http.CommandAsync(id, "stop");
            return id;
        }));
        // The model that grades two samples of three has as many calls as it takes, but for the place of who cannot wait.
        await UntilAsync(() => Task.FromResult(service.Requests(grades: true) - asked >= 63 + 60));

        var id = await service.Http.BeginAsync();
        (await service.Http.SayAndHearAsync(id, "m1", ModelledService.Answers[0])).Turns()[^1].Text.ShouldEndWith("Could you tell me more about that part?");

        release.SetResult();
        foreach (var graded in all)
            await service.ScorecardAsync(graded);
    }

    [Fact]
    public async Task The_fence_turns_away_every_word_of_who_is_too_late()
    {
        service.Grader = _ => new ModelAnswer.Status(429, RetryAfterSeconds: 3000);
        var id = await service.StoppedInterviewAsync();
        var waiting = await service.WaitingAsync(id);
        var outbox = service.Service.Get<Outbox>();
        var (later, lease) = (new DateTimeOffset(waiting.DueAt).AddMinutes(1), TimeSpan.FromSeconds(15));
        var late = (await outbox.TakeAsync(later, lease, 500, wordings: false, CancellationToken.None)).Single(r => r.EffectId == waiting.EffectId);
        (await outbox.TakeAsync(later, lease, 500, wordings: false, CancellationToken.None)).ShouldBeEmpty("it is taken");
        (await outbox.RenewAsync(late, later + lease, CancellationToken.None)).ShouldBeTrue();

        var now = later + lease + lease;
        var taken = (await outbox.TakeAsync(now, lease, 500, wordings: false, CancellationToken.None)).Single(r => r.EffectId == waiting.EffectId);

        taken.Fence.ShouldBe(late.Fence + 1);
        (await outbox.RenewAsync(late, now + lease, CancellationToken.None)).ShouldBeFalse();
        await outbox.AgainAsync(late, now, "too late", CancellationToken.None);
        (await outbox.DoneAsync(late, reply: null, now, CancellationToken.None)).ShouldBeFalse();
        (await outbox.RenewAsync(taken, now + lease, CancellationToken.None)).ShouldBeTrue();
        (await outbox.DoneAsync(taken, reply: null, now, CancellationToken.None)).ShouldBeTrue();
        (await outbox.DoneAsync(taken, reply: null, now, CancellationToken.None)).ShouldBeFalse("once is enough");
    }

    [Fact]
    public async Task A_session_that_is_deleted_meanwhile_keeps_its_bill_and_no_text()
    {
        var release = new TaskCompletionSource();
        service.Grader = r => new ModelAnswer.Held(release.Task, GoodReplies.To(r));
        var id = await service.StoppedInterviewAsync();
        var wordings = await service.CountAsync("select count(*)::int from model_call where session_id = @id", id);

        (await service.Http.DeleteAsync($"{Api.Sessions}/{id}")).EnsureSuccessStatusCode();
        release.SetResult();

        await UntilAsync(async () => await service.CountAsync("select count(*)::int from model_call where session_id = @id", id) == wordings + 3);
        (await service.CountAsync("select count(*)::int from model_reply where session_id = @id", id)).ShouldBe(0);
        (await service.CountAsync("select count(*)::int from scorecard where session_id = @id", id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_service_that_stops_leaves_the_grade_to_its_next_start()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var own = new ModelledService(postgres) { Shared = database, Grader = r => new ModelAnswer.Held(Task.Delay(Timeout.Infinite), GoodReplies.To(r)) };
        await own.InitializeAsync();
        var id = await own.StoppedInterviewAsync();
        await UntilAsync(() => Task.FromResult(own.Requests(grades: true) == 3));
        await own.Service.DisposeAsync();
        own.Grader = ModelledService.Good;

        await using var next = await own.StartNodeAsync(database);
        await using (var connection = await database.Source.OpenConnectionAsync())
            await Dapper.SqlMapper.ExecuteAsync(connection, "update outbox set lease_until = now() - interval '1 s' where state = 'attempting'");

        (await next.Http.UntilAsync(id, s => s.State() == "ended")).GetProperty("scorecard").GetProperty("scores")[0].GetProperty("score").GetInt32().ShouldBe(3);
        await own.Server.DisposeAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> expected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await expected())
            await Task.Delay(10, limit.Token);
    }
}
