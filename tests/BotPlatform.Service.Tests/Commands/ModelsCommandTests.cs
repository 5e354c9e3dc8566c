using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Commands;

/// <summary><c>models check</c>, <c>models forbid</c> and <c>models allow</c>.</summary>
public sealed class ModelsCommandTests(PostgresFixture postgres) : IDisposable
{
    private static readonly ModelAnswer Fine = new ModelAnswer.Text("""{"word":"fine"}""");
    private readonly CommandFolder _folder = new();

    public static TheoryData<ModelAnswer, string> Failures => new()
    {
        { new ModelAnswer.Status(401), "rejected the key: is it set, valid, and allowed to use this model?" },
        { new ModelAnswer.Status(404), "does not know 'test-model': is the model's name right, and does the base URL end as the provider says (as in /v1)?" },
        { new ModelAnswer.Status(400), "did not accept the request (status 400); a setting such as \"temperature\" may not suit this model" },
        { new ModelAnswer.Status(429, 7), "has had too many requests, or the account's quota is used up; it asks to wait 7 s" },
        { new ModelAnswer.Status(500), "has a fault of its own (status 500)" },
        { new ModelAnswer.Refusal("No."), "would not answer" },
        { new ModelAnswer.Cut("""{"wo"""), "stopped in the middle of its answer" },
        { new ModelAnswer.EmptyChoices(), "gave an empty answer" },
        { new ModelAnswer.WrongContentType(), "gave an answer that could not be read" },
        { new ModelAnswer.Delayed(TimeSpan.FromMinutes(5), Fine), "did not answer within 0.5 s" },
        { new ModelAnswer.Text("Fine!"), "answers, but not in the JSON that was asked for, so that it could neither grade nor word a question: choose a model, or a server, that keeps to a JSON schema" },
        { new ModelAnswer.Text("""["fine"]"""), "answers, but not in the JSON that was asked for, so that it could neither grade nor word a question: choose a model, or a server, that keeps to a JSON schema" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_that_answers_is_told_with_what_it_is_used_for()
    {
        await using var server = await ModelServer.StartAsync(_ => Fine, CommandFolder.NoKey);

        var ran = await CheckAsync(_folder.Models(server));

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Out.ShouldMatch("^first \\(test-model\\): answers in [0-9.]+ s as test-model[^,]*, [0-9]+ tokens in and [0-9]+ out; interviewer and grader\n$");
        server.Refused.ShouldBeEmpty();
        server.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task What_is_wrong_is_said_in_plain_words(ModelAnswer answer, string words)
    {
        await using var server = await ModelServer.StartAsync(_ => answer, CommandFolder.NoKey);

        var ran = await CheckAsync(_folder.Models(CommandFolder.Model(server.OpenAiBase, timeout: answer is ModelAnswer.Delayed ? 0.5 : 20)));

        ran.ShouldBe(new Ran(1, $"first (test-model): {words}\n", ""));
    }

    [Fact]
    public async Task Each_of_several_has_a_line_and_one_that_fails_fails_the_check()
    {
        await using var server = await ModelServer.StartAsync(_ => Fine, CommandFolder.NoKey);
        var nobody = new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}/v1");

        var ran = await CheckAsync(_folder.Models(CommandFolder.Model(nobody, "away", roles: ["interviewer"]), CommandFolder.Model(server.OpenAiBase, "here", roles: ["interviewer"])));

        ran.ExitCode.ShouldBe(1);
        var lines = ran.Out.TrimEnd('\n').Split('\n');
        lines[0].ShouldBe($"away (test-model): cannot be reached at {nobody}: is the address right, and is the server up?");
        lines[1].ShouldStartWith("here (test-model): answers in ");
        lines[2].ShouldBe("no model has the role \"grader\": scores come from rules only");
    }

    [Theory]
    [InlineData("http://user:sk-secret@127.0.0.1:{0}/v1")]
    [InlineData("http://127.0.0.1:{0}/v1?key=sk-secret")]
    [InlineData("sk-secret-0123456789")]
    public async Task A_key_that_was_put_in_the_address_is_not_printed(string address)
    {
        var file = _folder.Write("models-of-test.json", $$"""
            {"models":[{"name":"first","provider":"openai","model":"m","base-url":"{{string.Format(null, address, ServiceProcess.FreePort())}}"}]}
            """);

        var ran = await CheckAsync(file);

        ran.ExitCode.ShouldNotBe(0);
        (ran.Out + ran.Error).ShouldNotContain("secret");
        (ran.Out + ran.Error).ShouldContain("address");
    }

    [Fact]
    public async Task A_key_that_is_rejected_is_not_printed()
    {
        const string Variable = "BOTPLATFORM_TEST_KEY_OF_MODELS_COMMAND";
        Environment.SetEnvironmentVariable(Variable, "sk-secret");
        await using var server = await ModelServer.StartAsync(_ => Fine, "another key");
        var file = _folder.Write("models-of-test.json", $$"""
            {"models":[{"name":"first","provider":"openai","model":"test-model","base-url":"{{server.OpenAiBase}}","key-env":"{{Variable}}"}]}
            """);

        var ran = await CheckAsync(file);

        ran.Out.ShouldStartWith("first (test-model): rejected the key");
        (ran.Out + ran.Error).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Without_a_model_it_says_what_to_set()
    {
        var (exitCode, output) = await ServiceProcess.RunAsync("", "models", "check");

        exitCode.ShouldBe(2);
        output.ShouldBe("no language model is configured: set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or name a file with --models or BOTPLATFORM_MODELS\n");
    }

    [Fact]
    public async Task Once_forbidden_nothing_is_sent_until_it_is_allowed_again()
    {
        await using var server = await ModelServer.StartAsync(r => GoodReplies.To(r));
        await using var service = await ServiceUnderTest.StartAsync(postgres, models: TestModels.Settings(TestModels.OpenAi(server)), content: CommandContent.Folder);

        (await PermitAsync("forbid", service)).ShouldBe(new Ran(0, "Language models are forbidden: nothing that candidates write is sent to any.\n", ""));
        (await ModeOfAnInterviewAsync(service)).ShouldBe("rules");
        server.Requests.ShouldBeEmpty();

        (await PermitAsync("allow", service)).ShouldBe(new Ran(0, "Language models may be used.\n", ""));
        (await ModeOfAnInterviewAsync(service)).ShouldBe("model");
        server.Requests.ShouldNotBeEmpty();
    }

    private static Task<Ran> CheckAsync(string models) => CommandLine.RunAsync("models", "check", "--models", models);

    private static Task<Ran> PermitAsync(string what, ServiceUnderTest service) =>
        CommandLine.RunAsync("models", what, "--connection-string", service.Database.ConnectionString);

    private static async Task<string> ModeOfAnInterviewAsync(ServiceUnderTest service)
    {
        var ended = await service.Http.InterviewAsync(CommandFolder.Answer);
        return ended.GetProperty("scorecard").GetProperty("grader").GetProperty("mode").GetString()!;
    }
}
