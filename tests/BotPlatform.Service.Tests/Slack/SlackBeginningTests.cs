using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Between the form that was sent and the interview's first word.</summary>
public sealed class SlackBeginningTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Whoever_asks_before_the_interview_has_begun_is_told_that_it_is_about_to()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.UntilAskedAsync(() => here.Candidate.SlashAsync(SlackInstallation.Command), r => r.Body.Length == 0);
        await using var busy = await here.Service.Database.Source.OpenConnectionAsync();
        await using var work = await busy.BeginTransactionAsync();
        // Nothing can be taken down of what was decided, as where much is going on.
        await busy.ExecuteAsync("lock table session_event in exclusive mode");
        await SlackInstallation.SubmitStartAsync(here.Candidate, SmallContent.Problem, "mid", "practice");

        (await here.Candidate.SlashAsync(SlackInstallation.Command, "status")).Body.ShouldContain("about to begin");
        (await here.Candidate.SlashAsync(SlackInstallation.Command)).Body.ShouldContain("about to begin");
        await work.RollbackAsync();
        await here.UntilAsync(() => here.Candidate.Dm.Posts, posts => posts.Count > 1);
    }
}
