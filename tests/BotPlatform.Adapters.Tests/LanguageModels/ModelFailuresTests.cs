using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>Every way in which a model can fail, at every provider: what it is called, and that it is asked only once.</summary>
public sealed class ModelFailuresTests
{
    private const string Reply = """{ "said": "Hello there, and something more so that half of it is half." }""";

    private static readonly Dictionary<string, (ModelAnswer Answer, FailureKind Expected)> Failures = new()
    {
        ["a rejected key"] = (new ModelAnswer.Status(401), FailureKind.KeyRejected),
        ["a key without the right"] = (new ModelAnswer.Status(403), FailureKind.KeyRejected),
        ["an unknown model"] = (new ModelAnswer.Status(404), FailureKind.UnknownModel),
        ["a request it does not like"] = (new ModelAnswer.Status(400), FailureKind.BadRequest),
        ["too many requests"] = (new ModelAnswer.Status(429), FailureKind.RateLimited),
        ["a request that took it too long"] = (new ModelAnswer.Status(408), FailureKind.TimedOut),
        ["a fault"] = (new ModelAnswer.Status(500), FailureKind.ServerError),
        ["a gateway's fault"] = (new ModelAnswer.Status(502), FailureKind.ServerError),
        ["overload"] = (new ModelAnswer.Status(529), FailureKind.ServerError),
        ["a cut before the answer"] = (new ModelAnswer.CutConnection(AfterHeaders: false), FailureKind.Unreachable),
        ["a cut in the answer"] = (new ModelAnswer.CutConnection(AfterHeaders: true), FailureKind.Unreachable),
        ["half a JSON"] = (new ModelAnswer.HalfJson(Reply), FailureKind.NotUnderstood),
        ["a broken body"] = (new ModelAnswer.BrokenBody(), FailureKind.NotUnderstood),
        ["a page to sign in"] = (new ModelAnswer.WrongContentType(), FailureKind.NotUnderstood),
        ["a refusal"] = (new ModelAnswer.Refusal("I would rather not."), FailureKind.Refused),
        ["no choices"] = (new ModelAnswer.EmptyChoices(), FailureKind.Empty),
        ["an empty text"] = (new ModelAnswer.Text(""), FailureKind.Empty),
        ["an end in the middle"] = (new ModelAnswer.Cut(Reply[..20]), FailureKind.CutShort),
        ["a tool call"] = (new ModelAnswer.ToolCall("search"), FailureKind.NotUnderstood),
        ["ten megabytes"] = (new ModelAnswer.Huge(10 * 1024 * 1024), FailureKind.TooLarge),
    };

    public static TheoryData<ModelProvider, string> All =>
        new(from provider in Enum.GetValues<ModelProvider>() from failure in Failures.Keys select (provider, failure));

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_has_a_name_and_one_request(ModelProvider provider, string failure)
    {
        await using var model = await ServedModel.StartAsync(provider, Failures[failure].Answer);

        var (reply, failed) = await model.AskAsync(persistent: false);

        model.Server.Refused.ShouldBeEmpty();
        reply.ShouldBeNull();
        failed!.Kind.ShouldBe(Failures[failure].Expected);
        model.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_operator_is_told_in_plain_words_without_what_was_sent_or_said(ModelProvider provider, string failure)
    {
        await using var model = await ServedModel.StartAsync(provider, Failures[failure].Answer);

        var words = (await model.AskAsync()).Failure!.InWords(model.Connection.Entry);

        words.ShouldNotContain("test-key");
        words.ShouldNotContain(ServedModel.Candidate);
        words.ShouldNotContain("The server was told");
        words.ShouldNotContain("Exception");
        words.ShouldNotContain("rather not");
    }

    [Theory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task A_connection_cut_after_a_good_reply_is_not_asked_over_in_secret(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(
            provider, r => r.Number == 1 ? new ModelAnswer.Text(Reply) : new ModelAnswer.CutConnection(AfterHeaders: false));
        (await model.AskAsync()).Reply.ShouldNotBeNull();

        (await model.AskAsync()).Failure!.Kind.ShouldBe(FailureKind.Unreachable);

        model.Server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task A_reply_without_an_end_is_left_in_the_middle(ModelProvider provider)
    {
        // Two gigabytes: who read on would still be reading when the test is given up.
        await using var model = await ServedModel.StartAsync(provider, new ModelAnswer.Huge(2_000_000_000));

        (await model.AskAsync()).Failure!.Kind.ShouldBe(FailureKind.TooLarge);
    }

    [Theory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.AzureOpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task A_slow_model_is_given_up_after_its_timeout(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(
            provider,
            _ => new ModelAnswer.Delayed(TimeSpan.FromMinutes(5), new ModelAnswer.Text(Reply)),
            change: e => e with { Timeout = TimeSpan.FromMilliseconds(200) });

        var (_, failure) = await model.AskAsync();

        failure!.Kind.ShouldBe(FailureKind.TimedOut);
        failure.InWords(model.Connection.Entry).ShouldBe("did not answer within 0.2 s");
        model.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task Where_nobody_listens_it_is_unreachable(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(provider, new ModelAnswer.Text(Reply));
        await model.Server.DisposeAsync();

        var (_, failure) = await model.AskAsync();

        failure!.Kind.ShouldBe(FailureKind.Unreachable);
        failure.InWords(model.Connection.Entry).ShouldStartWith("cannot be reached at http://127.0.0.1:");
    }

    [Theory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task What_a_useless_reply_has_cost_is_known_all_the_same(ModelProvider provider)
    {
        await using var model = await ServedModel.StartAsync(provider, new ModelAnswer.Cut(Reply[..40]));

        var failure = (await model.AskAsync()).Failure!;

        failure.Spent.InputTokens.ShouldBeGreaterThan(10);
        failure.Spent.OutputTokens.ShouldBe(10);
        failure.Spent.Cost.ShouldNotBeNull().ShouldBe(((failure.Spent.InputTokens * 2) + (failure.Spent.OutputTokens * 8)) / 1e6, 1e-9);
    }
}
