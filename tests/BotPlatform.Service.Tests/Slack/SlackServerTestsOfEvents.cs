using System.Text.Json;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

public sealed class SlackServerTestsOfEvents
{
    [Fact]
    public async Task What_is_said_arrives_signed_and_escaped()
    {
        await using var app = await AppOfTests.StartAsync();
        await using var slack = await StartAsync(app);
        var ts = await slack.Candidate.SayAsync("1 < 2 & so on");
        var arrived = app.Arrived.ShouldHaveSingleItem();
        var (time, signature) = (arrived.Headers["X-Slack-Request-Timestamp"].ToString(), arrived.Headers["X-Slack-Signature"].ToString());
        signature.ShouldBe(Signature.Of("signing-secret-of-the-tests", time, arrived.Body));
        arrived.Headers.ContainsKey("X-Slack-Retry-Num").ShouldBeFalse();
        arrived.Json.GetProperty("team_id").GetString().ShouldBe("T0TEAM1");
        arrived.Event.GetProperty("text").GetString().ShouldBe("1 &lt; 2 &amp; so on");
        arrived.Event.GetProperty("ts").GetString().ShouldBe(ts);
        arrived.Event.GetProperty("channel_type").GetString().ShouldBe("im");
        arrived.Event.GetProperty("blocks")[0].GetProperty("type").GetString().ShouldBe("rich_text");
        arrived.Event.TryGetProperty("bot_id", out _).ShouldBeFalse();
    }

    // Of the example in Slack's documentation on verifying requests.
    [Fact]
    public void The_signature_is_slacks() => Signature.Of(
        "8f742231b10e8888abcd99yyyzzz85a5", "1531420618",
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
        .ShouldBe("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");

    [Theory]
    [InlineData(500, "http_error", 10_000)]
    [InlineData(0, "http_timeout", 400)]
    public async Task An_event_comes_again_until_it_is_acknowledged(int status, string reason, int milliseconds)
    {
        await using var app = await AppOfTests.StartAsync();
        app.Answer = _ => app.Arrived.Count < 3 ? (status, "text/plain", "") : (200, "text/plain", "");
        await using var slack = await StartAsync(app, options => options with { AcknowledgeWithin = TimeSpan.FromMilliseconds(milliseconds) });
        await slack.Candidate.SayAsync("hello");
        await slack.Server.SettledAsync();
        app.Arrived.Select(one => one.Json.GetProperty("event_id").GetString()).Distinct().Count().ShouldBe(1);
        app.Arrived.Select(one => one.Headers["X-Slack-Retry-Num"].ToString()).ShouldBe(["", "1", "2"]);
        app.Arrived.Select(one => one.Headers["X-Slack-Retry-Reason"].ToString()).ShouldBe(["", reason, reason]);
        slack.Server.Deliveries.Select(delivery => delivery.Reply.Acknowledged).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task An_event_is_given_up_after_three_retries()
    {
        await using var app = await AppOfTests.StartAsync();
        app.Answer = _ => (503, "text/plain", "");
        await using var slack = await StartAsync(app);
        await slack.Candidate.SayAsync("hello");
        await slack.Server.SettledAsync();
        app.Arrived.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Edits_and_deletions_tell_what_was_there_before()
    {
        await using var app = await AppOfTests.StartAsync();
        await using var slack = await StartAsync(app);
        var ts = await slack.Candidate.SayAsync("one");
        await slack.Candidate.EditAsync(ts, "two");
        await slack.Candidate.DeleteAsync(ts);
        app.Events.Count.ShouldBe(3);
        app.Events[1].GetProperty("subtype").GetString().ShouldBe("message_changed");
        app.Events[1].GetProperty("message").GetProperty("text").GetString().ShouldBe("two");
        app.Events[1].GetProperty("previous_message").GetProperty("text").GetString().ShouldBe("one");
        app.Events[2].GetProperty("subtype").GetString().ShouldBe("message_deleted");
        app.Events[2].GetProperty("deleted_ts").GetString().ShouldBe(ts);
        slack.Candidate.Dm.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_message_of_a_thread_leaves_a_gravestone()
    {
        await using var app = await AppOfTests.StartAsync();
        await using var slack = await StartAsync(app);
        var ts = await slack.Candidate.SayAsync("one");
        await slack.Candidate.SayAsync("two", ts);
        await slack.Candidate.DeleteAsync(ts);
        app.Events[^1].GetProperty("message").GetProperty("subtype").GetString().ShouldBe("tombstone");
        var post = $$"""{"channel":"U0CAND1","text":"still here","thread_ts":"{{ts}}"}""";
        SlackClient.Error(await slack.CallAsync("chat.postMessage", post)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mention_is_heard_twice_where_the_scopes_allow_it()
    {
        await using var app = await AppOfTests.StartAsync();
        await using var slack = await StartAsync(app);
        await slack.Candidate.MentionAsync(slack.Team.AddChannel("C0GENERAL"), "hello");
        app.Events.Select(one => one.GetProperty("type").GetString()).Order(StringComparer.Ordinal).ShouldBe(["app_mention", "message"]);
        app.Events.Select(one => one.GetProperty("ts").GetString()).Distinct().Count().ShouldBe(1);
        var other = slack.Server.AddTeam("T0TEAM2", "app_mentions:read");
        await other.AddUser("U0CAND2").MentionAsync(other.AddChannel("C0OTHER"), "hello");
        app.Events.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task The_bot_hears_itself(bool echo, int events)
    {
        await using var app = await AppOfTests.StartAsync();
        await using var slack = await StartAsync(app, options => options with { Echo = echo });
        var ts = await slack.PostAsync("hello");
        await slack.CallAsync("chat.update", $$"""{"channel":"{{slack.Candidate.Dm.Id}}","ts":"{{ts}}","text":"new"}""");
        await slack.Server.SettledAsync();
        app.Events.Count.ShouldBe(events);
        foreach (var one in app.Events.Where(one => !one.TryGetProperty("subtype", out _)))
            one.GetProperty("bot_id").GetString().ShouldBe(slack.Team.BotId);
    }

    [Fact]
    public async Task Files_homes_and_leaving_are_told()
    {
        await using var app = await AppOfTests.StartAsync();
        await using var slack = await StartAsync(app);
        await slack.Candidate.ShareFileAsync("design.png", "image/png", "see this");
        await slack.Candidate.OpenHomeAsync();
        await slack.Team.UninstallAsync();
        app.Events[0].GetProperty("files")[0].GetProperty("mimetype").GetString().ShouldBe("image/png");
        app.Events[1].GetProperty("tab").GetString().ShouldBe("home");
        app.Events.Skip(2).Select(one => one.GetProperty("type").GetString()).Order(StringComparer.Ordinal)
            .ShouldBe(["app_uninstalled", "tokens_revoked"]);
        SlackClient.Error(await slack.CallAsync("auth.test", "{}")).ShouldBe("token_revoked");
        await slack.Candidate.SayAsync("is anybody there?");
        app.Events.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_raw_request_is_sent_as_it_is()
    {
        await using var app = await AppOfTests.StartAsync();
        await using var slack = await StartAsync(app);
        await slack.Server.SendRawAsync("/slack/events", "{}", "application/json", "12", "wrong", ("X-More", "yes"));
        await slack.Server.SendRawAsync("/slack/events", "{}", "application/json", "", "");
        await slack.Server.VerifyUrlAsync("abc");
        app.Arrived[0].Headers["X-Slack-Signature"].ToString().ShouldBe(Signature.Of("wrong", "12", "{}"));
        app.Arrived[0].Headers["X-More"].ToString().ShouldBe("yes");
        app.Arrived[1].Headers.ContainsKey("X-Slack-Signature").ShouldBeFalse();
        app.Arrived[1].Headers.ContainsKey("X-Slack-Request-Timestamp").ShouldBeFalse();
        app.Arrived[2].Json.GetProperty("challenge").GetString().ShouldBe("abc");
    }

    private static async Task<SlackClient> StartAsync(AppOfTests app, Func<SlackOptions, SlackOptions>? change = null)
    {
        var options = new SlackOptions { Limits = SlackLimits.None, RetryScale = 0.00001 };
        var slack = await SlackClient.StartAsync(change?.Invoke(options) ?? options);
        slack.Server.DeliverTo(app.Address);
        return slack;
    }
}
