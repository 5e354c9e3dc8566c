using BotPlatform.Service.Slack.Views;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Buttons and windows: who may press what, once, and what is said where nothing comes of it.</summary>
public sealed class SlackButtonsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_hint_and_a_pause_come_from_buttons_and_a_double_click_is_one()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var question = here.Replies(thread)[0];
        await Task.WhenAll(here.Candidate.ClickAsync(question, "hint"), here.Candidate.ClickAsync(question, "hint"));
        await here.QuietAsync();

        here.Replies(thread).Count.ShouldBe(2, "one hint for two clicks");
        await here.Candidate.ClickAsync(here.Replies(thread)[1], "pause");
        await here.QuietAsync();
        (await here.SessionAsync()).State().ShouldBe("paused");
        await here.Candidate.ClickAsync(here.Replies(thread)[^1], "resume");
        await here.QuietAsync();
        (await here.SessionAsync()).State().ShouldBe("interviewing");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_button_of_an_earlier_message_is_said_to_be_one_and_does_nothing()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var old = here.Replies(thread)[0];
        await here.SayAndHearAsync(thread, "We rank posts.");
        var before = (await here.SessionAsync()).GetProperty("version").GetInt32();

        await here.Candidate.ClickAsync(old, "skip");
        await here.UntilAsync(() => here.Candidate.Ephemerals, seen => seen.Any(p => p.Shown.Contains("earlier message", StringComparison.Ordinal)));

        (await here.SessionAsync()).GetProperty("version").GetInt32().ShouldBe(before);
    }

    [Fact]
    public async Task Nobody_else_presses_a_candidates_buttons()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var question = here.Replies(thread)[0];
        var value = question.Blocks.EnumerateArray().Last().GetProperty("elements")[0].GetProperty("value").GetString()!;
        var other = here.Team.AddUser("U0OTHER");
        var elsewhere = here.Slack.AddTeam("T0TEAM2", SlackInstallation.Scopes).AddUser("U0CAND1");

        foreach (var (team, user) in new[] { ("T0TEAM1", other.Id), ("T0TEAM2", elsewhere.Id) })
        {
            var payload = $$$"""
                {"type":"block_actions","team":{"id":"{{{team}}}"},"user":{"id":"{{{user}}}","team_id":"{{{team}}}"},"trigger_id":"1.2.3",
                 "container":{"type":"message","channel_id":"D1","message_ts":"1.1","thread_ts":"{{{thread}}}"},
                 "actions":[{"type":"button","action_id":"stop","block_id":"b","value":"{{{value}}}","action_ts":"1.2"}]}
                """;
            (await here.Slack.SendRawAsync("/slack/interactions", "payload=" + Uri.EscapeDataString(payload), "application/x-www-form-urlencoded")).Status.ShouldBe(200);
        }

        await here.QuietAsync();
        (await here.SessionAsync()).State().ShouldBe("interviewing");
    }

    [Fact]
    public async Task A_start_form_that_is_sent_twice_begins_one_interview()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.UntilAskedAsync(() => here.Candidate.SlashAsync(SlackInstallation.Command), r => r.Body.Length == 0);
        await SlackInstallation.SubmitStartAsync(here.Candidate, SmallContent.Problem, "mid", "practice");
        var sent = here.Slack.Deliveries.Last(d => d.Type == "view_submission");
        for (var again = 0; again < 2; again++)
            (await here.Slack.SendRawAsync(sent.Path, sent.Body, "application/x-www-form-urlencoded")).Status.ShouldBe(200);
        await here.QuietAsync();

        here.Candidate.Dm.Posts.Count(p => p.ThreadTs is null).ShouldBe(1);
    }

    [Fact]
    public async Task With_an_interview_open_the_start_window_offers_that_one()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.BeginAsync();
        await here.Candidate.SlashAsync(SlackInstallation.Command);

        var window = here.Candidate.Modals[^1];
        window.Title.ShouldBe("One is open already");
        await here.Candidate.ClickInModalAsync("stop");
        await here.UntilAsync(() => here.Candidate.Modals, modals => modals.Count == 2);
        here.Candidate.Modals[^1].Shown.ShouldContain("the answer is in the thread");
        await here.QuietAsync();
        (await here.SessionAsync()).State().ShouldBe("ended");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("stop", "ended")]
    public async Task A_slash_command_acts_on_the_open_interview(string word, string state)
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.BeginAsync();
        var reply = await here.Candidate.SlashAsync(SlackInstallation.Command, word);
        await here.QuietAsync();

        reply.Body.ShouldContain("ephemeral");
        (await here.SessionAsync()).State().ShouldBe(state);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_assessed_interview_begins_with_a_notice_and_goes_on_with_a_click()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync(mode: "assessed");
        var notice = here.Replies(thread)[0];
        notice.Shown.ShouldContain("this is an assessed interview");
        notice.ActionIds.ShouldBe(["agree", "stop"]);

        await here.Candidate.ClickAsync(notice, "agree");
        await here.UntilAsync(() => here.Replies(thread), posts => posts.Count == 2);
        here.Replies(thread)[1].ActionIds.ShouldBe(["skip", "pause"], "no hints");
        await here.Candidate.SayAsync("stop", thread);
        await here.QuietAsync();
        (await here.SessionAsync()).State().ShouldBe("ended");
        here.Replies(thread).ShouldNotContain(p => p.ActionIds.Contains("evidence"), "its scorecard is for the hiring team");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_data_of_a_person_is_deleted_after_a_second_yes()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.Candidate.SayAsync("delete my data", thread);
        var offer = (await here.UntilAsync(() => here.Replies(thread), posts => posts.Any(p => p.ActionIds.Contains("delete_all"))))
            .First(p => p.ActionIds.Contains("delete_all"));
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        // One of theirs that could not be handled.
        await Dapper.SqlMapper.ExecuteAsync(connection, "update slack_delivery set state = 'dead', body = convert_to('{\"event\":{\"type\":\"message\",\"user\":\"U0CAND1\",\"text\":\"mine\"} }', 'UTF8') where event_id = (select min(event_id) from slack_delivery)");
        await here.Candidate.ClickAsync(offer, "delete_all");
        await here.Candidate.SubmitAsync(here.Candidate.Modals[^1], ("confirmation", "yes"));

        here.Candidate.Modals[^1].Shown.ShouldContain("1 interview deleted");
        (await Dapper.SqlMapper.QuerySingleAsync<int>(connection, "select count(*)::int from slack_delivery where length(body) > 0")).ShouldBe(0);
        foreach (var table in new[] { "session", "turn_text", "slack_thread", "session_event" })
            (await Dapper.SqlMapper.QuerySingleAsync<int>(connection, $"select count(*)::int from {table}")).ShouldBe(0, table);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_buttons_and_broken_values_are_nothing()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.BeginAsync();
        foreach (var (action, value) in new[] { ("launch", "x"), ("stop", "not a value"), ("evidence", new ButtonValue(Guid.Empty, 1, "modeling").Write()), ("stop", "") })
        {
            var payload = $$$"""
                {"type":"block_actions","team":{"id":"T0TEAM1"},"user":{"id":"U0CAND1"},"trigger_id":"1.2.3","actions":[{"type":"button","action_id":"{{{action}}}","value":"{{{value}}}"}]}
                """;
            (await here.Slack.SendRawAsync("/slack/interactions", "payload=" + Uri.EscapeDataString(payload), "application/x-www-form-urlencoded")).Status.ShouldBe(200);
        }

        (await here.SessionAsync()).State().ShouldBe("interviewing");
    }

    [Fact]
    public async Task A_second_start_form_while_an_interview_is_open_says_so()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.UntilAskedAsync(() => here.Candidate.SlashAsync(SlackInstallation.Command), r => r.Body.Length == 0);
        await here.Candidate.SuggestAsync("problem", "");
        var form = here.Candidate.Modals[^1];
        await SlackInstallation.SubmitStartAsync(here.Team.Person("U0CAND1"), SmallContent.Problem, "mid", "practice");
        var sent = here.Slack.Deliveries.Last(d => d.Type == "view_submission");
        await here.QuietAsync();
        var other = sent.Body.Replace(form.Id, "V0OTHER", StringComparison.Ordinal).Replace("%22mid%22", "%22staff%22", StringComparison.Ordinal);
        (await here.Slack.SendRawAsync(sent.Path, other, "application/x-www-form-urlencoded")).Body.ShouldContain("One is open already");
    }

    [Fact]
    public async Task What_a_click_on_the_home_tab_comes_to_is_told_in_a_window()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.SayAndHearAsync(thread, "We rank posts.");
        await here.Candidate.SayAsync("stop", thread);
        await here.UntilAsync(() => here.Candidate.Home, home => home?.ActionIds.Contains("export") ?? false);
        await here.Candidate.ClickInHomeAsync("export");
        await here.UntilAsync(() => here.Candidate.Modals, modals => modals.Count == 1);

        // An address in a text is no link in Slack unless it is made one.
        here.Candidate.Modals[0].Blocks.GetRawText().ShouldContain("\"url\":\"https://interviews.example/shared/");
        await here.Candidate.ClickInModalAsync("open_page");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_somebody_sends_again_is_done_once()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.Candidate.SlashAsync(SlackInstallation.Command, "hint");
        var sent = here.Slack.Deliveries.Last(d => d.Type == "slash_commands");
        for (var again = 0; again < 3; again++)
            (await here.Slack.SendRawAsync(sent.Path, sent.Body, "application/x-www-form-urlencoded")).Status.ShouldBe(200);
        await here.QuietAsync();

        here.Replies(thread).Count.ShouldBe(2, "one hint");
    }
}
