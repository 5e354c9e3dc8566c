using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>A link that is opened before the model has scored.</summary>
public sealed class SharedWhileGradingTests(ModelledService service) : IClassFixture<ModelledService>
{
    [Fact]
    public async Task It_says_so_loads_itself_again_and_shows_the_transcript_meanwhile()
    {
        var release = new TaskCompletionSource();
        service.Grader = r => new ModelAnswer.Held(release.Task, GoodReplies.To(r));
        var id = await service.StoppedInterviewAsync();
        var links = new SharedLinks(service.Service.Get<Access>(), new Uri(SharedPage.Public), TimeProvider.System);
        var path = links.Scorecard(new SessionKey(Workspace.Local, Guid.Parse(id)))!.AbsolutePath;

        var (_, page) = await SharedPage.OpenAsync(service.Service, path);
        page.QuerySelector("[role=status]")!.TextContent.ShouldContain("is being prepared");
        page.QuerySelector("meta[http-equiv=refresh]").ShouldNotBeNull();
        page.QuerySelectorAll(".criterion").ShouldBeEmpty();
        page.QuerySelectorAll(".turn.candidate").Length.ShouldBe(ModelledService.Answers.Length);

        release.SetResult();
        await service.ScorecardAsync(id);
        (_, page) = await SharedPage.OpenAsync(service.Service, path);
        page.QuerySelectorAll(".criterion").Length.ShouldBe(10);
        page.QuerySelector("meta[http-equiv=refresh]").ShouldBeNull();
        page.QuerySelectorAll(".parts").ShouldNotBeEmpty();
    }
}
