using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;
using ServedRequest = BotPlatform.Tests.Shared.Models.ModelRequest;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>What may pass is asked again after the right wait, what cannot is not, and a model is never flooded.</summary>
public sealed class ModelRetriesTests
{
    private static readonly ModelAnswer Fine = new ModelAnswer.Text("""{ "said": "Hello" }""");
    private readonly SkippingTime _time = new();

    public static TheoryData<ModelProvider> Providers => new(Enum.GetValues<ModelProvider>());

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_fault_is_asked_over_after_a_short_wait(ModelProvider provider)
    {
        await using var model = await StartAsync(provider, r => r.Number == 1 ? new ModelAnswer.Status(500) : Fine);

        (await model.AskAsync(persistent: true)).Reply!.Text.ShouldBe("""{ "said": "Hello" }""");

        model.Server.Requests.Count.ShouldBe(2);
        _time.Waits.ShouldHaveSingleItem().ShouldBeInRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_model_asks_for_time_and_gets_it(ModelProvider provider)
    {
        await using var model = await StartAsync(provider, r => r.Number == 1 ? new ModelAnswer.Status(429, RetryAfterSeconds: 7) : Fine);

        (await model.AskAsync(persistent: true)).Reply.ShouldNotBeNull();

        _time.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
        model.Server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task One_that_asks_for_long_is_not_asked_again_before_that(ModelProvider provider)
    {
        await using var model = await StartAsync(provider, _ => new ModelAnswer.Status(429, RetryAfterSeconds: 120));

        var failure = (await model.AskAsync(persistent: true)).Failure!;

        failure.Kind.ShouldBe(FailureKind.RateLimited);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(120));
        model.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Three_more_tries_have_to_do_and_each_waits_its_while(ModelProvider provider)
    {
        await using var model = await StartAsync(provider, _ => new ModelAnswer.Status(503));

        (await model.AskAsync(persistent: true)).Failure!.Kind.ShouldBe(FailureKind.ServerError);

        model.Server.Requests.Count.ShouldBe(4);
        _time.Waits.Count.ShouldBe(3);
        _time.Waits.ShouldAllBe(w => w > TimeSpan.Zero && w <= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_cut_connection_is_asked_over(ModelProvider provider)
    {
        await using var model = await StartAsync(provider, r => r.Number <= 2 ? new ModelAnswer.CutConnection(AfterHeaders: r.Number == 2) : Fine);

        (await model.AskAsync(persistent: true)).Reply.ShouldNotBeNull();

        model.Server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_slow_answer_is_asked_over()
    {
        await using var model = await ServedModel.StartAsync(
            ModelProvider.OpenAi,
            r => r.Number == 1 ? new ModelAnswer.Delayed(TimeSpan.FromMinutes(5), Fine) : Fine,
            change: e => e with { Timeout = TimeSpan.FromMilliseconds(400) });

        (await model.AskAsync(persistent: true)).Reply.ShouldNotBeNull();

        model.Server.Requests.Count.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_would_be_refused_again_is_not_asked_over(int status)
    {
        foreach (var provider in Enum.GetValues<ModelProvider>())
        {
            await using var model = await StartAsync(provider, _ => new ModelAnswer.Status(status));

            (await model.AskAsync(persistent: true)).Failure.ShouldNotBeNull();

            model.Server.Requests.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_useless_reply_is_for_whoever_reads_it_to_ask_over()
    {
        ModelAnswer[] useless =
            [new ModelAnswer.Refusal("No."), new ModelAnswer.EmptyChoices(), new ModelAnswer.BrokenBody(), new ModelAnswer.ToolCall("search"), new ModelAnswer.Cut("{")];
        foreach (var answer in useless)
        {
            await using var model = await StartAsync(ModelProvider.Anthropic, _ => answer);

            (await model.AskAsync(persistent: true)).Failure.ShouldNotBeNull();

            model.Server.Requests.Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_that_fails_all_the_time_is_left_alone_and_then_asked_again(bool persistent)
    {
        await using var model = await StartAsync(ModelProvider.OpenAi, _ => new ModelAnswer.Status(500));
        var asked = 0;
        while ((await model.AskAsync(persistent)).Failure!.Kind != FailureKind.Resting)
            (++asked).ShouldBeLessThan(20, "it never rests");
        var before = model.Server.Requests.Count;

        (await model.AskAsync(persistent)).Failure!.Kind.ShouldBe(FailureKind.Resting);
        model.Server.Requests.Count.ShouldBe(before);

        model.Server.Answer = _ => Fine;
        _time.Skip(TimeSpan.FromSeconds(16));
        (await model.AskAsync(persistent)).Reply.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_model_that_refuses_is_not_left_alone()
    {
        await using var model = await StartAsync(ModelProvider.OpenAi, r => r.Number <= 15 ? new ModelAnswer.Refusal("No.") : Fine);
        for (var n = 0; n < 15; n++)
            (await model.AskAsync()).Failure!.Kind.ShouldBe(FailureKind.Refused);

        (await model.AskAsync()).Reply.ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task No_more_calls_at_once_than_allowed(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(
            provider, _ => new ModelAnswer.Delayed(TimeSpan.FromMilliseconds(50), Fine), change: e => e with { Concurrency = 3 });

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => model.AskAsync()));

        replies.ShouldAllBe(r => r.Reply != null);
        model.Server.MostAtOnce.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task Who_cannot_wait_finds_a_place_however_many_can()
    {
        var release = new TaskCompletionSource();
        await using var model = await ServedModel.StartAsync(
            ModelProvider.OpenAi, r => r.Number <= 2 ? new ModelAnswer.Held(release.Task, Fine) : Fine, change: e => e with { Concurrency = 3 });
        var patient = Enumerable.Range(0, 10).Select(_ => model.AskAsync(persistent: true)).ToArray();

        // The two that are held are those that can wait.
        while (model.Server.Requests.Count < 2)
            await Task.Delay(5);
        (await model.AskAsync(persistent: false)).Reply.ShouldNotBeNull();

        Array.TrueForAll(patient, p => !p.IsCompleted).ShouldBeTrue();
        release.SetResult();
        (await Task.WhenAll(patient)).ShouldAllBe(r => r.Reply != null);
        model.Server.MostAtOnce.ShouldBeLessThanOrEqualTo(3);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Who_stops_waiting_leaves_the_place_to_the_next(ModelProvider provider)
    {
        using var stop = new CancellationTokenSource();
        await using var model = await ServedModel.StartAsync(
            provider,
            r =>
            {
                if (r.Number > 1)
                    return Fine;
                stop.Cancel();
                return new ModelAnswer.Delayed(TimeSpan.FromMinutes(5), Fine);
            },
            change: e => e with { Concurrency = 1 });

        await Should.ThrowAsync<OperationCanceledException>(() => model.AskAsync(persistent: true, stop.Token));

        (await model.AskAsync()).Reply.ShouldNotBeNull();
        model.Server.Requests.Count.ShouldBe(2);
    }

    private Task<ServedModel> StartAsync(ModelProvider provider, Func<ServedRequest, ModelAnswer> answer) => ServedModel.StartAsync(provider, answer, _time);
}
