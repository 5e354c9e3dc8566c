using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>Graders that cannot be asked or give nothing: the grade waits, says why, and comes when they are back.</summary>
public sealed class GradesThatWaitTests(ModelledService service, PostgresFixture postgres) : IClassFixture<ModelledService>
{
    private const string Unreadable = "no model gave a grade that could be read";

    private static readonly Dictionary<string, (ModelAnswer Answer, string Why, int Requests)> Failing = new()
    {
        ["a rejected key"] = (new ModelAnswer.Status(401), "rejected the key", 3),
        ["an unknown model"] = (new ModelAnswer.Status(404), "does not know 'test-model'", 3),
        ["a request it does not like"] = (new ModelAnswer.Status(400), "did not accept the request (status 400)", 3),
        ["too many requests"] = (new ModelAnswer.Status(429, RetryAfterSeconds: 3000), "has had too many requests, or the account's quota is used up; it asks to wait 3000 s", 3),
        ["refusals"] = (new ModelAnswer.Refusal(ModelledService.ModelMark), Unreadable, 6),
        ["empty choices"] = (new ModelAnswer.EmptyChoices(), Unreadable, 6),
        ["ten megabytes"] = (new ModelAnswer.Huge(10 * 1024 * 1024), Unreadable, 6),
        ["tool calls"] = (new ModelAnswer.ToolCall(ModelledService.ModelMark), Unreadable, 6),
        ["half a JSON"] = (new ModelAnswer.HalfJson($$"""{ "language": "en", "scores": [], "note": "{{ModelledService.ModelMark}}" }"""), Unreadable, 6),
        ["a reply cut short"] = (new ModelAnswer.Cut($$"""{ "language": "{{ModelledService.ModelMark}}"""), Unreadable, 6),
        ["a page to sign in"] = (new ModelAnswer.WrongContentType(), Unreadable, 6),
        ["prose"] = (new ModelAnswer.Text($"I would say {ModelledService.ModelMark} is a 4."), Unreadable, 6),
        ["a list with nothing in it"] = (new ModelAnswer.Text("""{ "language": "en", "scores": [null] }"""), Unreadable, 6),
    };

    public static TheoryData<string> All => [.. Failing.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_grade_waits_with_the_reason_and_comes_when_the_model_is_back(string failing)
    {
        var (answer, why, requests) = Failing[failing];
        service.Grader = _ => answer;
        var own = Own(failing);

        var id = await service.StoppedInterviewAsync(ModelledService.AnswersWith(own));
        var waiting = await service.WaitingAsync(id);

        waiting.Error.ShouldContain(why);
        service.GradesOf(own).ShouldBe(requests);
        var told = await service.Http.SessionAsync(id);
        told.State().ShouldBe("grading");
        told.GetProperty("scorecard").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        service.Logs.ShouldContain(l => l.StartsWith("Warning: Effect", StringComparison.Ordinal) && l.Contains(why));
        service.NothingThatWasSaidIsLogged();

        service.Grader = ModelledService.Good;
        await service.RetryAsync(waiting);

        (await service.ScorecardAsync(id)).GetProperty("scores")[0].GetProperty("score").GetInt32().ShouldBe(3);
        (await service.Http.SessionAsync(id)).Said().Select(t => t.Text).ShouldBe(ModelledService.AnswersWith(own));
    }

    [Fact]
    public async Task A_model_that_asks_for_time_is_tried_again_no_sooner()
    {
        service.Grader = _ => new ModelAnswer.Status(429, RetryAfterSeconds: 3000);

        var waiting = await service.WaitingAsync(await service.StoppedInterviewAsync());

        (waiting.DueAt - waiting.CreatedAt).ShouldBeGreaterThan(TimeSpan.FromSeconds(2999));
    }

    [Fact]
    public async Task A_model_that_asks_for_years_is_tried_again_the_next_day()
    {
        service.Grader = _ => new ModelAnswer.Status(429, RetryAfterSeconds: int.MaxValue);

        var waiting = await service.WaitingAsync(await service.StoppedInterviewAsync());

        (waiting.DueAt - waiting.CreatedAt).ShouldBeLessThan(TimeSpan.FromHours(25));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task What_passes_by_itself_needs_nobody(int status)
    {
        var (asked, own) = (0, Own(status < 0 ? "cut late" : status == 0 ? "cut early" : status == 429 ? "too many" : "a fault"));
        ModelAnswer failing = status > 0 ? new ModelAnswer.Status(status, status == 429 ? 1 : null) : new ModelAnswer.CutConnection(AfterHeaders: status < 0);
        service.Grader = r => ModelledService.IsAbout(r, own) && Interlocked.Increment(ref asked) == 1 ? failing : GoodReplies.To(r);

        (await service.ScorecardAsync(await service.StoppedInterviewAsync(ModelledService.AnswersWith(own)))).GetProperty("scores")[0].GetProperty("score").GetInt32().ShouldBe(3);

        asked.ShouldBe(4);
    }

    [Fact]
    public async Task Samples_that_came_are_kept_while_the_others_are_waited_for()
    {
        service.Grader = r => r.Protocol == "anthropic" ? new ModelAnswer.Status(401) : GoodReplies.To(r);
        var own = Own("samples");
        var id = await service.StoppedInterviewAsync(ModelledService.AnswersWith(own));
        var waiting = await service.WaitingAsync(id);
        waiting.Error.ShouldStartWith("second (test-model) rejected the key");
        var before = service.GradesOf(own);

        service.Grader = ModelledService.Good;
        await service.RetryAsync(waiting);

        await service.ScorecardAsync(id);
        (service.GradesOf(own) - before).ShouldBe(1, "what is there already is not paid for again");
    }

    [Fact]
    public async Task A_server_that_fails_or_hangs_all_the_time_loses_nothing()
    {
        // Two samples, so that it is not left alone for a while, and a timeout that a test can wait for.
        var own = new ModelledService(postgres)
        {
            Change = s => s with { Samples = 2, Models = [.. s.Models.Select(m => m with { Timeout = TimeSpan.FromSeconds(1) })] },
            Grader = r => r.Protocol == "anthropic" ? new ModelAnswer.Status(503) : new ModelAnswer.Delayed(TimeSpan.FromMinutes(5), GoodReplies.To(r)),
        };
        await using var _ = own;
        await own.InitializeAsync();
        var id = await own.StoppedInterviewAsync();
        var waiting = await own.WaitingAsync(id);
        waiting.Error.ShouldBeOneOf("first (test-model) did not answer within 1 s", "second (test-model) has a fault of its own (status 503)");
        own.Requests(grades: true).ShouldBe(8);

        own.Grader = ModelledService.Good;
        await own.RetryAsync(waiting);

        (await own.ScorecardAsync(id)).GetProperty("scores")[0].GetProperty("score").GetInt32().ShouldBe(3);
        own.NothingThatWasSaidIsLogged();
    }

    [Fact]
    public async Task What_is_left_after_a_day_is_an_error_for_the_operator()
    {
        service.Grader = _ => new ModelAnswer.Status(401);
        var id = await service.StoppedInterviewAsync();
        var waiting = await service.WaitingAsync(id);
        (await service.CountAsync("with old as (update outbox set created_at = created_at - interval '25 h', error = null where session_id = @id returning 1) select count(*)::int from old", id)).ShouldBeGreaterThan(0);
        await service.RetryAsync(waiting);

        await service.WaitingAsync(id);

        service.Logs.ShouldContain(l => l.StartsWith("Error: For more than a day: Effect", StringComparison.Ordinal) && l.Contains(id));
    }

    [Fact]
    public async Task A_candidate_is_told_when_the_grade_takes_long()
    {
        service.Grader = _ => new ModelAnswer.Status(401);
        var id = await service.StoppedInterviewAsync();
        await service.WaitingAsync(id);
        (await service.CountAsync("with due as (update inbox set due_at = now() where session_id = @id and kind = 'timer_grade' returning 1) select count(*)::int from due", id)).ShouldBe(1);

        (await service.Http.UntilAsync(id, s => s.Turns()[^1].Text.StartsWith("Scoring takes longer than usual", StringComparison.Ordinal))).State().ShouldBe("grading");
    }

    // Grades of other tests wait in the same service, and those that are due again ask in between: a word of one's own tells them apart.
    private static string Own(string test) => ModelledService.CandidateMark + string.Concat(test.Where(char.IsAsciiLetter));
}
