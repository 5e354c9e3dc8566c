using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>The ways to the interview: the home tab, a mention in a channel, the direct message, the start window.</summary>
public sealed class SlackHomeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_home_tab_shows_what_is_open_and_what_was_and_lets_one_start_and_delete()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.Candidate.OpenHomeAsync();
        await here.UntilAsync(() => here.Candidate.Home, home => home is not null);
        here.Candidate.Home!.Shown.ShouldContain("may be able to export direct messages");
        await here.Candidate.ClickInHomeAsync("start");
        await SlackInstallation.SubmitStartAsync(here.Candidate, SmallContent.Problem, "senior", "practice");
        await here.UntilAsync(() => here.Candidate.Home!.Shown, shown => shown.Contains("Open now", StringComparison.Ordinal));
        await here.QuietAsync();

        var thread = here.Candidate.Dm.Posts.First(p => p.ThreadTs is null).Ts;
        await here.SayAndHearAsync(thread, "We rank posts.");
        await here.Candidate.SayAsync("stop", thread);
        await here.UntilAsync(() => here.Candidate.Home!.ActionIds, ids => ids.Contains("results"));
        await here.Candidate.ClickInHomeAsync("results");
        here.Candidate.Modals[^1].Title.ShouldBe("Scorecard");
        await here.Candidate.ClickInModalAsync("evidence");
        here.Candidate.Modals[^1].Title.ShouldBe("Evidence", "laid on the scorecard");

        await here.Candidate.ClickInHomeAsync("delete_session");
        await here.UntilAsync(() => here.Candidate.Home!.ActionIds, ids => !ids.Contains("results"));
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mention_in_a_channel_is_answered_in_private_and_once_though_it_is_told_twice()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var channel = here.Team.AddChannel("C0GENERAL");
        await here.Candidate.MentionAsync(channel, "hello <@U0BOT>");
        await here.UntilAsync(() => here.Candidate.Ephemerals, seen => seen.Count > 0);
        await here.QuietAsync();

        here.Candidate.Ephemerals.ShouldHaveSingleItem().ActionIds.ShouldBe(["start"]);
        channel.Posts.ShouldBeEmpty("nobody else sees it");
        await here.Candidate.ClickAsync(here.Candidate.Ephemerals[0], "start");
        here.Candidate.Modals.ShouldHaveSingleItem();
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hello there", "/interview starts an interview")]
    [InlineData("start", "Press the button")]
    [InlineData("status", "You have no open interview")]
    public async Task In_the_direct_message_the_bot_says_how_to_start(string said, string answer)
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.UntilAskedAsync(() => here.Candidate.SlashAsync(SlackInstallation.Command, "help"), r => r.Body.Contains("starts an interview", StringComparison.Ordinal));
        await here.Candidate.SayAsync(said);
        await here.QuietAsync();

        here.Candidate.Dm.Posts.ShouldHaveSingleItem().Shown.ShouldContain(answer);
    }

    [Fact]
    public async Task Beside_an_open_interview_commands_reach_it_and_all_else_is_pointed_to_it()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.BeginAsync();
        await here.Candidate.SayAsync("we would rank posts");
        await here.Candidate.SayAsync("pause");
        await here.QuietAsync();

        var said = here.Candidate.Dm.Posts.Where(p => p.ThreadTs is null).Select(p => p.Shown).ToArray();
        said.ShouldContain(s => s.Contains("is no part of it", StringComparison.Ordinal));
        var session = await here.SessionAsync();
        session.State().ShouldBe("paused");
        session.Said().ShouldBeEmpty();
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_start_window_searches_the_problems_and_says_what_is_missing()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.UntilAskedAsync(() => here.Candidate.SlashAsync(SlackInstallation.Command), r => r.Body.Length == 0);
        (await here.Candidate.SuggestAsync("problem", "fee")).Options[0].ShouldBe("feed");
        (await here.Candidate.SuggestAsync("problem", "nothing like it")).Options.ShouldNotBeEmpty();
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_window_that_Slack_would_not_open_any_more_is_said_plainly()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.UntilAskedAsync(() => here.Candidate.SlashAsync(SlackInstallation.Command, "status"), r => r.Body.Contains("no open interview", StringComparison.Ordinal));
        here.Slack.Faults.Error("views.open", "expired_trigger_id");
        (await here.Candidate.SlashAsync(SlackInstallation.Command)).Body.ShouldContain("longer than Slack waits");
    }
}
