using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

public sealed class SlackServerTestsOfCalls
{
    [Theory]
    [InlineData(null, "not_authed")]
    [InlineData("Basic abc", "not_authed")]
    [InlineData("Bearer xoxb-nobody", "invalid_auth")]
    [InlineData("Bearer xapp-1-A0APP1-1764-abcdef", "not_allowed_token_type")]
    [InlineData("right", "")]
    public async Task A_token_is_wanted(string? authorization, string error)
    {
        await using var slack = await SlackClient.StartAsync();
        var given = authorization == "right" ? $"Bearer {slack.Token}" : authorization;
        SlackClient.Error(await SlackClient.ReadAsync(await slack.SendAsync("auth.test", SlackClient.Json("{}"), given))).ShouldBe(error);
        slack.ShouldHaveRefused(error);
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_more()
    {
        await using var slack = await SlackClient.StartAsync();
        (await slack.FormAsync("auth.revoke")).GetProperty("revoked").GetBoolean().ShouldBeTrue();
        SlackClient.Error(await slack.CallAsync("auth.test", "{}")).ShouldBe("token_revoked");
        slack.ShouldHaveRefused("token_revoked");
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_named()
    {
        await using var slack = await SlackClient.StartAsync();
        slack.Token = slack.Server.AddTeam("T0TEAM2", "chat:write", "im:write").BotToken;
        var answer = await slack.FormAsync("users.info", ("user", "U0CAND1"));
        answer.GetProperty("error").GetString().ShouldBe("missing_scope");
        answer.GetProperty("needed").GetString().ShouldBe("users:read");
        answer.GetProperty("provided").GetString().ShouldBe("chat:write,im:write");
    }

    [Theory]
    [InlineData("text/csv", "utf-8", "invalid_post_type")]
    [InlineData("application/json", "utf-16", "invalid_charset")]
    [InlineData("application/json", "utf-8", "")]
    public async Task The_content_type_counts(string type, string charset, string error)
    {
        await using var slack = await SlackClient.StartAsync();
        using var content = new StringContent("{}");
        content.Headers.ContentType = new MediaTypeHeaderValue(type, charset);
        SlackClient.Error(await SlackClient.ReadAsync(await slack.SendAsync("auth.test", content))).ShouldBe(error);
        slack.ShouldHaveRefused(error);
    }

    [Fact]
    public async Task Json_without_a_charset_is_read_and_noted()
    {
        await using var slack = await SlackClient.StartAsync();
        using var content = new StringContent("{}");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        SlackClient.Error(await SlackClient.ReadAsync(await slack.SendAsync("auth.test", content))).ShouldBeEmpty();
        slack.ShouldHaveRefused("missing_charset");
    }

    [Theory]
    [InlineData("auth.test", "{", "invalid_json")]
    [InlineData("auth.test", "[]", "json_not_object")]
    [InlineData("auth.test", """{"a":1}""", "invalid_arguments")]
    [InlineData("auth.test", """{"token":"xoxb-1"}""", "invalid_arguments")]
    [InlineData("auth.tset", "{}", "unknown_method")]
    [InlineData("users.info", """{"user":"U0CAND1"}""", "invalid_arguments")]
    [InlineData("conversations.open", """{"users":"U0CAND1"}""", "")]
    [InlineData("conversations.open", """{"users":"U0NOBODY"}""", "user_not_found")]
    public async Task Arguments_are_those_of_the_method(string method, string json, string error)
    {
        await using var slack = await SlackClient.StartAsync();
        SlackClient.Error(await slack.CallAsync(method, json)).ShouldBe(error);
        slack.ShouldHaveRefused(error);
    }

    [Fact]
    public async Task A_form_says_the_same_as_json()
    {
        await using var slack = await SlackClient.StartAsync();
        var blocks = """[{"type":"section","text":{"type":"mrkdwn","text":"hello"}}]""";
        await slack.FormAsync("chat.postMessage", ("channel", slack.Candidate.Dm.Id), ("text", "hello"), ("blocks", blocks));
        (await slack.FormAsync("users.info", ("user", "U0CAND1"))).GetProperty("user").GetProperty("id").GetString().ShouldBe("U0CAND1");
        slack.Server.Refusals.ShouldBeEmpty();
        slack.Candidate.Posts().ShouldHaveSingleItem().Shown.ShouldBe("hello");
        slack.Server.Calls.Count.ShouldBe(2);
        slack.Server.Calls[0]["channel"].ShouldBe(slack.Candidate.Dm.Id);
    }

    [Fact]
    public async Task A_channel_takes_a_burst_and_then_one_post_a_second()
    {
        var time = new MovedTime();
        await using var slack = await SlackClient.StartAsync(new SlackOptions { Time = time });
        for (var i = 0; i < 4; i++) (await Post()).StatusCode.ShouldBe(HttpStatusCode.OK);
        var early = await Post();
        early.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        early.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        SlackClient.Error(await SlackClient.ReadAsync(early)).ShouldBe("ratelimited");
        slack.Server.Refusals.ShouldBeEmpty();
        time.Move(1);
        (await Post()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post()).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        time.Move(0.5);
        (await Post()).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        slack.ShouldHaveRefused("posted before Retry-After");

        Task<HttpResponseMessage> Post() =>
            slack.SendAsync("chat.postMessage", SlackClient.Json($$"""{"channel":"{{slack.Candidate.Dm.Id}}","text":"hello"}"""));
    }

    [Fact]
    public async Task A_method_takes_so_many_calls_a_minute()
    {
        var time = new MovedTime();
        await using var slack = await SlackClient.StartAsync(new SlackOptions { Time = time, Limits = new SlackLimits { Tier3 = 2 } });
        var dm = slack.Candidate.Dm.Id;
        for (var i = 0; i < 2; i++) SlackClient.Error(await slack.FormAsync("conversations.history", ("channel", dm))).ShouldBeEmpty();
        SlackClient.Error(await slack.FormAsync("conversations.history", ("channel", dm))).ShouldBe("ratelimited");
        SlackClient.Error(await slack.CallAsync("conversations.open", """{"users":"U0CAND1"}""")).ShouldBeEmpty();
        time.Move(30);
        SlackClient.Error(await slack.FormAsync("conversations.history", ("channel", dm))).ShouldBeEmpty();
        slack.Server.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Faults_come_as_they_were_asked_for()
    {
        var time = new MovedTime();
        await using var slack = await SlackClient.StartAsync(new SlackOptions { Time = time, Limits = SlackLimits.None });
        var faults = slack.Server.Faults;
        faults.Status("chat.postMessage", 503);
        faults.NotJson("chat.postMessage");
        faults.Error("chat.postMessage", "channel_not_found");
        faults.RateLimit("chat.postMessage", 7);
        faults.AcceptThenReset("chat.postMessage");
        faults.AcceptThenHang("chat.postMessage");
        (await Post()).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await Post()).Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        SlackClient.Error(await SlackClient.ReadAsync(await Post())).ShouldBe("channel_not_found");
        (await Post()).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        slack.Candidate.Posts().ShouldBeEmpty();
        time.Move(7);
        await Should.ThrowAsync<HttpRequestException>(Post);
        slack.Candidate.Posts().Count.ShouldBe(1);
        var hanging = Post();
        while (slack.Candidate.Posts().Count < 2) await Task.Yield();
        hanging.IsCompleted.ShouldBeFalse();
        await slack.PostAsync("and on");
        slack.Candidate.Posts().Count.ShouldBe(3);
        slack.Server.Refusals.ShouldBeEmpty();
        await slack.Server.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(hanging);

        Task<HttpResponseMessage> Post() =>
            slack.SendAsync("chat.postMessage", SlackClient.Json($$"""{"channel":"{{slack.Candidate.Dm.Id}}","text":"hello"}"""));
    }

    [Fact]
    public async Task A_slow_answer_comes_after_all_was_done()
    {
        await using var slack = await SlackClient.StartAsync();
        slack.Server.Faults.Slow("chat.postMessage", TimeSpan.FromMinutes(1));
        var posting = slack.PostAsync("hello");
        while (slack.Candidate.Posts().Count == 0) await Task.Yield();
        posting.IsCompleted.ShouldBeFalse();
        slack.Server.Faults.Clear();
        await slack.PostAsync("and on");
        await slack.Server.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(posting);
    }

    [Fact]
    public async Task Every_message_has_a_later_time_than_the_one_before()
    {
        await using var slack = await SlackClient.StartAsync(new SlackOptions { Time = new MovedTime(), Limits = SlackLimits.None });
        var all = new List<string>();
        for (var i = 0; i < 5; i++) all.Add(await slack.PostAsync("hello"));
        all.ShouldBe(all.Distinct().Order(StringComparer.Ordinal));
        all[0].ShouldBe("1767603600.000000");
    }
}
