using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>What candidates do in an interview's thread.</summary>
public sealed class SlackThreadTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Several_messages_in_a_row_are_one_answer_that_gets_one_question()
    {
        await using var here = await SlackInstallation.StartAsync(postgres, quietPeriod: TimeSpan.FromSeconds(1));
        var thread = await here.BeginAsync();

        foreach (var text in new[] { "We rank posts.", "For 60 million people.", "Within 200 ms." })
            await here.Candidate.SayAsync(text, thread);
        await here.UntilAsync(() => here.Replies(thread), posts => posts.Count == 2);

        var session = await here.SessionAsync();
        session.Said().Select(t => t.Text).ShouldBe(["We rank posts.", "For 60 million people.", "Within 200 ms."]);
        session.Turns()[^1].Speaker.ShouldBe("interviewer");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mentions_links_code_and_emoji_are_kept_as_they_were_typed()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        // As Slack delivers what was typed as: ask @U0CAND1, see example.com/a?b=1&c=2, a < b && c > d :tada: ```x = y```
        await here.Slack.TellAsync(here.Team, Event(here, thread, "1764500100.000100",
            "ask <@U0CAND1>, see <http://example.com/a?b=1&amp;c=2|example.com/a?b=1&amp;c=2>, a &lt; b &amp;&amp; c &gt; d :tada: ```x = y```"));
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Text
            .ShouldBe("ask @U0CAND1, see example.com/a?b=1&c=2, a < b && c > d :tada: ```x = y```");
    }

    [Fact]
    public async Task An_edit_and_a_deletion_change_the_turn()
    {
        await using var here = await SlackInstallation.StartAsync(postgres, quietPeriod: TimeSpan.FromMinutes(10));
        var thread = await here.BeginAsync();
        var first = await here.Candidate.SayAsync("We rank posts for sixty people.", thread);
        var second = await here.Candidate.SayAsync("No idea.", thread);
        await here.Candidate.EditAsync(first, "We rank posts for sixty million people.");
        await here.Candidate.DeleteAsync(second);
        await here.QuietAsync();

        var said = (await here.SessionAsync()).Said();
        said[0].Text.ShouldBe("We rank posts for sixty million people.");
        said[1].Deleted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_edit_that_overtakes_its_message_stands_for_it()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        const string Ts = "1764500200.000200";
        await here.Slack.TellAsync(here.Team, $$$"""
            {"type":"message","subtype":"message_changed","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"1764500201.000100","event_ts":"1764500201.000100",
             "message":{"type":"message","user":"U0CAND1","text":"as it is now","ts":"{{{Ts}}}","thread_ts":"{{{thread}}}","edited":{"user":"U0CAND1","ts":"1764500201.000000"} },
             "previous_message":{"type":"message","user":"U0CAND1","text":"as it was","ts":"{{{Ts}}}","thread_ts":"{{{thread}}}"} }
            """);
        await here.Slack.TellAsync(here.Team, Event(here, thread, Ts, "as it was"));
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Text.ShouldBe("as it is now");
    }

    [Fact]
    public async Task A_deletion_that_overtakes_its_message_leaves_nothing_of_it()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        const string Ts = "1764500200.000200";
        await here.Slack.TellAsync(here.Team, $$$"""
            {"type":"message","subtype":"message_deleted","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"1764500201.000100","event_ts":"1764500201.000100","deleted_ts":"{{{Ts}}}",
             "previous_message":{"type":"message","user":"U0CAND1","text":"taken back","ts":"{{{Ts}}}","thread_ts":"{{{thread}}}"} }
            """);
        await here.Slack.TellAsync(here.Team, Event(here, thread, Ts, "taken back"));
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deletion_that_does_not_say_whose_message_it_was_takes_it_back_all_the_same()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        const string Ts = "1764500200.000200";
        await here.Slack.TellAsync(here.Team, Event(here, thread, Ts, "taken back"));
        await here.QuietAsync();
        await here.Slack.TellAsync(here.Team, $$$"""
            {"type":"message","subtype":"message_deleted","hidden":true,"channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"1764500201.000100","event_ts":"1764500201.000100","deleted_ts":"{{{Ts}}}"}
            """);
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Deleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_that_is_told_a_day_late_or_twice_is_one_turn()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.Candidate.SayAsync("We rank posts.", thread);
        await here.QuietAsync();
        var told = here.Slack.Deliveries.Last(d => d.EventId is not null && d.Body.Contains("We rank posts.", StringComparison.Ordinal));

        // The same delivery again, and the same message in another delivery.
        (await here.Slack.DeliverAgainAsync(told, retry: 2)).Status.ShouldBe(200);
        await here.Slack.TellAsync(here.Team, Event(here, thread, here.Candidate.Dm.Messages.Last(m => m.Text == "We rank posts.").Ts, "We rank posts."));
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem();
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<int>("select max(retry) from slack_delivery")).ShouldBe(2, "repetitions are taken down");
    }

    [Fact]
    public async Task A_file_is_noted_with_its_answer_and_said_to_be_unscored()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.Candidate.ShareFileAsync("diagram.png", "image/png", "Here is the pipeline.", thread);
        await here.Candidate.ShareFileAsync("second.png", "image/png", "", thread);
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Text.ShouldBe("Here is the pipeline.");
        here.Replies(thread).ShouldContain(p => p.Shown.Contains("files aren't scored", StringComparison.Ordinal));
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        (await connection.QueryAsync<string>("select name from attachment order by received_at")).ShouldBe(["diagram.png", "second.png"]);
    }

    [Fact]
    public async Task Words_beside_the_interview_are_answered_and_are_no_answer()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        foreach (var word in new[] { "help", "Status", "results", "delete my data", "start" })
            await here.Candidate.SayAsync(word, thread);
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldBeEmpty();
        var shown = here.Replies(thread).Select(p => p.Shown).ToArray();
        shown.ShouldContain(s => s.Contains("hint, skip", StringComparison.Ordinal));
        shown.ShouldContain(s => s.Contains("A feed, mid level, practice", StringComparison.Ordinal));
        shown.ShouldContain(s => s.Contains("no scorecard yet", StringComparison.Ordinal));
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_bots_own_posts_are_never_read()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.SayAndHearAsync(thread, "We rank posts.");
        await here.Slack.TellAsync(here.Team, $$$"""
            {"type":"message","subtype":"bot_message","bot_id":"B0OTHER","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","text":"I am another bot","ts":"1764500300.000100","thread_ts":"{{{thread}}}"}
            """);
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem();
        here.Slack.Deliveries.ShouldContain(d => d.Body.Contains("\"bot_id\"", StringComparison.Ordinal), "Slack tells the bot what it posted itself");
    }

    [Fact]
    public async Task While_it_works_the_thread_says_so()
    {
        await using var here = await SlackInstallation.StartAsync(postgres, quietPeriod: TimeSpan.FromSeconds(2));
        var thread = await here.BeginAsync();
        await here.Candidate.SayAsync("We rank posts.", thread);

        await here.UntilAsync(() => here.Slack.Calls, calls => calls.Any(c => c.Method == "assistant.threads.setStatus" && c.Error is null && c["status"] == "is thinking…"));
        here.Slack.Refusals.ShouldBeEmpty();
    }

    private static string Event(SlackInstallation here, string thread, string ts, string text) => $$$"""
        {"type":"message","user":"U0CAND1","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}},"ts":"{{{ts}}}","thread_ts":"{{{thread}}}","event_ts":"{{{ts}}}"}
        """;

    [Fact]
    public async Task Words_in_a_flood_are_not_all_answered()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        for (var n = 0; n < 60; n++)
            await here.Slack.TellAsync(here.Team, Event(here, thread, $"1764500100.{n:D6}", "status"));
        await here.QuietAsync();

        here.Replies(thread).Count.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task An_older_edit_that_comes_late_does_not_win()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.SayAndHearAsync(thread, "We rank posts.");
        var ts = here.Candidate.Dm.Messages.Last(m => m.Text == "We rank posts.").Ts;
        foreach (var (text, at) in new[] { ("The newest text.", "1764500300.000000"), ("The older text.", "1764500200.000000") })
        {
            await here.Slack.TellAsync(here.Team, Edit(here, thread, ts, text, at));
            await here.QuietAsync();
        }

        (await here.SessionAsync()).Said()[^1].Text.ShouldBe("The newest text.");
    }

    [Fact]
    public async Task Who_answers_and_edits_before_Slack_has_told_where_the_thread_is_loses_nothing()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        here.Slack.Faults.AcceptThenReset("chat.postMessage");
        await here.UntilAskedAsync(() => here.Candidate.SlashAsync(SlackInstallation.Command), r => r.Body.Length == 0);
        await SlackInstallation.SubmitStartAsync(here.Candidate, SmallContent.Problem, "mid", "practice");
        var thread = (await here.UntilAsync(() => here.Candidate.Dm.Posts.LastOrDefault(p => p.ThreadTs is null), p => p is not null))!.Ts;
        await here.Slack.TellAsync(here.Team, Event(here, thread, "1764500100.000001", "Before the edit."));
        await here.Slack.TellAsync(here.Team, Edit(here, thread, "1764500100.000001", "After the edit.", "1764500101.000000"));
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Text.ShouldBe("After the edit.");
    }

    [Fact]
    public async Task A_file_whose_name_is_cut_in_the_middle_of_a_sign_costs_no_answer()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.Candidate.ShareFileAsync(new string('a', 299) + "😀.png", "image/png", "We rank posts.", thread);
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nothing_that_was_written_stays_behind_where_an_interview_is_deleted()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.SayAndHearAsync(thread, "My very own words.");
        await here.QuietAsync();
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from session");

        (await connection.QuerySingleAsync<int>("select count(*)::int from slack_delivery where length(body) > 0")).ShouldBe(0);
        (await connection.QuerySingleAsync<int>("select count(*)::int from outbox where body::text like '%very own%'")).ShouldBe(0);
    }

    private static string Edit(SlackInstallation here, string thread, string ts, string text, string at) => $$$"""
        {"type":"message","subtype":"message_changed","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"{{{at}}}","event_ts":"{{{at}}}",
         "message":{"type":"message","user":"U0CAND1","text":"{{{text}}}","ts":"{{{ts}}}","thread_ts":"{{{thread}}}","edited":{"user":"U0CAND1","ts":"{{{at}}}"} } }
        """;
}
