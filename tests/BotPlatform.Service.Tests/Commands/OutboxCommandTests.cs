using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Commands;

/// <summary><c>outbox list</c> and <c>outbox retry</c> beside a running service whose model fails and comes back.</summary>
public sealed class OutboxCommandTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ModelServer _server = null!;
    private ServiceUnderTest _service = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(r => GoodReplies.IsGrade(r) ? new ModelAnswer.Status(401) : GoodReplies.To(r));
        _service = await ServiceUnderTest.StartAsync(postgres, models: TestModels.Settings(TestModels.OpenAi(_server)), content: CommandContent.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_grade_that_waits_is_listed_with_its_reason_and_can_be_tried_at_once()
    {
        var session = await _service.Http.StopAfterAsync(CommandFolder.Answer);
        var listed = await ListedAsync(session);
        listed.ShouldContain("  tried 1 time  next 20");
        listed.ShouldEndWith("  first (test-model) rejected the key: is it set, valid, and allowed to use this model?");
        listed.ShouldNotContain("time well spent");

        _server.Answer = r => GoodReplies.To(r);
        (await RunAsync("retry", listed.Split(' ')[0])).ShouldBe(new Ran(0, "1 to be tried now\n", ""));

        var ended = await _service.Http.UntilAsync(session, s => s.State() == "ended");
        ended.GetProperty("scorecard").GetProperty("grader").GetProperty("mode").GetString().ShouldBe("model");
        (await RunAsync("list")).ShouldBe(new Ran(0, "nothing waits\n", ""));
        (await RunAsync("retry")).ShouldBe(new Ran(0, "nothing waits\n", ""));
    }

    [Theory]
    [InlineData("nonsense", "ID: expected one that outbox list shows, found 'nonsense'")]
    [InlineData("00000000-0000-0000-0000-00000000abcd", "00000000-0000-0000-0000-00000000abcd does not wait; outbox list shows what does")]
    public async Task What_does_not_wait_is_refused(string id, string line)
    {
        var ran = await RunAsync("retry", id);

        ran.ExitCode.ShouldBe(2);
        ran.OnlyLine.ShouldBe(line);
    }

    // It is on its way at first, then set back with the reason.
    private async Task<string> ListedAsync(string session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var ran = await RunAsync("list");
            ran.Out.ShouldContain($"  session {session}  request_grade  since 20");
            if (ran.Out.Contains("  next 20", StringComparison.Ordinal) && ran.Out.Contains("rejected", StringComparison.Ordinal))
                return ran.Out.TrimEnd('\n');
            limit.IsCancellationRequested.ShouldBeFalse(ran.Out);
            await Task.Delay(20);
        }
    }

    private Task<Ran> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(["outbox", .. arguments, "--connection-string", _service.Database.ConnectionString]);
}
