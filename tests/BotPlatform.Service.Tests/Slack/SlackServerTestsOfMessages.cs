using System.Text.Json;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

public sealed class SlackServerTestsOfMessages
{
    [Theory]
    [InlineData("""{"text":"hello"}""", "invalid_arguments")]
    [InlineData("""{"channel":"C0NOWHERE","text":"hello"}""", "channel_not_found")]
    [InlineData("""{"channel":"C0CLOSED","text":"hello"}""", "not_in_channel")]
    [InlineData("""{"channel":"C0GENERAL"}""", "no_text")]
    [InlineData("""{"channel":"C0GENERAL","blocks":[]}""", "no_text")]
    [InlineData("""{"channel":"C0GENERAL","text":"hello","blocks":"[[[["}""", "invalid_blocks_format")]
    [InlineData("""{"channel":"C0GENERAL","text":"hello","thread_ts":"1.2"}""", "thread_not_found")]
    [InlineData("""{"channel":"C0GENERAL","text":"hello","metadata":{"event_type":"x"}}""", "invalid_metadata_format")]
    [InlineData("""{"channel":"C0GENERAL","text":"hello","metadata":{"event_type":"x","event_payload":"y"}}""", "invalid_metadata_format")]
    [InlineData("""{"channel":"C0GENERAL","text":"hello","metadata":{"event_type":"x","event_payload":{"y":1}}}""", "")]
    [InlineData("""{"channel":"U0CAND1","text":"hello"}""", "")]
    [InlineData("""{"channel":"C0GENERAL","text":"R&D"}""", "unescaped")]
    [InlineData("""{"channel":"C0GENERAL","text":"1 <b> 2"}""", "unescaped")]
    [InlineData("""{"channel":"C0GENERAL","text":"a > b"}""", "unescaped")]
    [InlineData("""{"channel":"C0GENERAL","text":"> quoted\nR&amp;D &lt;b&gt; <@U0CAND1> <https://example.org/?a=1|there> <!date^1764500000^{date}|then>"}""", "")]
    [InlineData("""{"channel":"C0GENERAL","blocks":[{"type":"divider"}]}""", "no text beside the blocks")]
    public async Task A_post_is_taken_or_refused(string json, string error)
    {
        await using var slack = await SlackClient.StartAsync();
        slack.Team.AddChannel("C0GENERAL");
        slack.Team.AddChannel("C0CLOSED", botIsMember: false);
        var answer = await slack.CallAsync("chat.postMessage", json);
        if (SlackClient.Error(answer) is { Length: > 0 } refused) refused.ShouldBe(error);
        slack.ShouldHaveRefused(error);
    }

    [Theory]
    [InlineData("chat.postMessage", 40_000, "")]
    [InlineData("chat.postMessage", 40_001, "msg_too_long")]
    [InlineData("chat.update", 4_000, "")]
    [InlineData("chat.update", 4_001, "msg_too_long")]
    public async Task Text_may_be_long(string method, int length, string error)
    {
        await using var slack = await SlackClient.StartAsync();
        var (channel, text) = (slack.Candidate.Dm.Id, new string('a', length));
        var json = method == "chat.update"
            ? JsonSerializer.Serialize(new { channel, ts = await slack.PostAsync("hello"), text })
            : JsonSerializer.Serialize(new { channel, text });
        SlackClient.Error(await slack.CallAsync(method, json)).ShouldBe(error);
    }

    [Fact]
    public async Task A_thread_is_read_page_by_page_with_its_metadata()
    {
        await using var slack = await SlackClient.StartAsync();
        var (dm, parent) = (slack.Candidate.Dm.Id, await slack.PostAsync("the question"));
        for (var i = 0; i < 3; i++)
            await slack.CallAsync("chat.postMessage",
                $$"""{"channel":"{{dm}}","text":"part","thread_ts":"{{parent}}","metadata":{"event_type":"turn","event_payload":{"n": {{i}} } } }""");
        var first = await slack.FormAsync("conversations.replies", ("channel", dm), ("ts", parent), ("limit", "3"), ("include_all_metadata", "true"));
        first.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        first.GetProperty("messages")[1].GetProperty("metadata").GetProperty("event_payload").GetProperty("n").GetInt32().ShouldBe(0);
        var cursor = first.GetProperty("response_metadata").GetProperty("next_cursor").GetString()!;
        var rest = await slack.FormAsync("conversations.replies", ("channel", dm), ("ts", parent), ("cursor", cursor));
        rest.GetProperty("messages").GetArrayLength().ShouldBe(1);
        rest.GetProperty("messages")[0].TryGetProperty("metadata", out _).ShouldBeFalse();
        (await slack.FormAsync("conversations.history", ("channel", dm))).GetProperty("messages").GetArrayLength().ShouldBe(1);
        slack.Candidate.Posts(parent).Count.ShouldBe(4);
        slack.Server.Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("conversations.replies", "ts", "1.2", "thread_not_found")]
    [InlineData("conversations.replies", "limit", "1001", "invalid_limit")]
    [InlineData("conversations.replies", "cursor", "abc", "invalid_cursor")]
    [InlineData("conversations.replies", "limit", "1000", "")]
    [InlineData("chat.getPermalink", "message_ts", "1.2", "message_not_found")]
    public async Task Reading_needs_what_is_there(string method, string name, string value, string error)
    {
        await using var slack = await SlackClient.StartAsync();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = slack.Candidate.Dm.Id };
        if (method == "conversations.replies") fields["ts"] = await slack.PostAsync("hello");
        fields[name] = value;
        SlackClient.Error(await slack.FormAsync(method, [.. fields.Select(field => (field.Key, field.Value))])).ShouldBe(error);
        slack.ShouldHaveRefused(error);
    }

    [Fact]
    public async Task History_needs_the_scope_of_its_kind_of_channel()
    {
        await using var slack = await SlackClient.StartAsync();
        var other = slack.Server.AddTeam("T0TEAM2", "im:history");
        slack.Token = other.BotToken;
        other.AddChannel("C0GENERAL");
        var dm = other.AddUser("U0CAND2").Dm.Id;
        SlackClient.Error(await slack.FormAsync("conversations.history", ("channel", dm))).ShouldBeEmpty();
        SlackClient.Error(await slack.FormAsync("conversations.history", ("channel", "C0GENERAL"))).ShouldBe("missing_scope");
        SlackClient.Error(await slack.FormAsync("conversations.history", ("channel", slack.Candidate.Dm.Id))).ShouldBe("channel_not_found");
    }

    [Fact]
    public async Task An_update_keeps_what_it_does_not_name()
    {
        await using var slack = await SlackClient.StartAsync();
        var (dm, ts) = (slack.Candidate.Dm.Id, await slack.PostAsync("hello"));
        var blocks = """[{"type":"section","text":{"type":"plain_text","text":"R&D"}}]""";
        await slack.CallAsync("chat.update", $$"""{"channel":"{{dm}}","ts":"{{ts}}","text":"new","blocks":{{blocks}}}""");
        await slack.CallAsync("chat.update", $$"""{"channel":"{{dm}}","ts":"{{ts}}","text":"newer"}""");
        slack.Candidate.Posts().ShouldHaveSingleItem().Shown.ShouldBe("R&D");
        await slack.CallAsync("chat.update", $$"""{"channel":"{{dm}}","ts":"{{ts}}","text":"newest","blocks":[]}""");
        slack.Candidate.Posts().ShouldHaveSingleItem().Shown.ShouldBe("newest");
        slack.Server.Refusals.ShouldBeEmpty();
        SlackClient.Error(await slack.CallAsync("chat.update", $$"""{"channel":"{{dm}}","ts":"1.2","text":"new"}""")).ShouldBe("message_not_found");
    }

    [Theory]
    [InlineData("U0CAND1", "")]
    [InlineData("U0NOBODY", "user_not_in_channel")]
    public async Task What_only_one_person_sees_goes_to_a_member(string user, string error)
    {
        await using var slack = await SlackClient.StartAsync();
        slack.Team.AddChannel("C0GENERAL");
        var json = $$"""{"channel":"C0GENERAL","user":"{{user}}","text":"only you"}""";
        SlackClient.Error(await slack.CallAsync("chat.postEphemeral", json)).ShouldBe(error);
        slack.Candidate.Ephemerals.Count.ShouldBe(error.Length == 0 ? 1 : 0);
    }

    [Fact]
    public async Task A_status_stands_in_a_thread_until_the_next_post()
    {
        await using var slack = await SlackClient.StartAsync();
        var (dm, ts) = (slack.Candidate.Dm.Id, await slack.PostAsync("hello"));
        await slack.CallAsync("assistant.threads.setStatus", $$"""{"channel_id":"{{dm}}","thread_ts":"{{ts}}","status":"is reading"}""");
        slack.Candidate.Dm.Statuses[ts].ShouldBe("is reading");
        await slack.CallAsync("chat.postMessage", $$"""{"channel":"{{dm}}","text":"done","thread_ts":"{{ts}}"}""");
        slack.Candidate.Dm.Statuses.ShouldBeEmpty();
        slack.Server.Refusals.ShouldBeEmpty();
    }
}
