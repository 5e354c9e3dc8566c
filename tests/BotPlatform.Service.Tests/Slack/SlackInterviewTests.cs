using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>An interview in a thread of a direct message, from the slash command to the scorecard.</summary>
public sealed class SlackInterviewTests(PostgresFixture postgres)
{
    [Fact]
    public async Task From_the_command_to_the_scorecard()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var candidate = here.Candidate;

        var thread = await here.BeginAsync();
        here.Replies(thread)[0].Shown.ShouldContain("Step 1 of 7");
        here.Replies(thread)[0].ActionIds.ShouldBe(["hint", "skip", "pause"]);

        var second = await here.SayAndHearAsync(thread, "We rank posts for 60 million people a day & <more>.");
        second.ActionIds.ShouldContain("hint");

        await candidate.SayAsync("stop", thread);
        var scorecard = await here.UntilAsync(() => here.Replies(thread), posts => posts.Any(p => p.ActionIds.Contains("evidence")));
        await candidate.ClickAsync(scorecard.Last(p => p.ActionIds.Contains("evidence")), "evidence");
        candidate.Modals[^1].Title.ShouldBe("Evidence");
        here.Slack.Refusals.ShouldBeEmpty();
    }
}
