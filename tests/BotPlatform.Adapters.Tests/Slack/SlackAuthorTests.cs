using System.Text;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

/// <summary>Whose an event is.</summary>
public sealed class SlackAuthorTests
{
    [Theory]
    [InlineData("""{"type":"message","channel":"D1","user":"U1","ts":"2.0","thread_ts":"1.0","text":"<@U2>"}""", "D1", "1.0")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"D1","message":{"user":"U1","thread_ts":"1.0"}}""", "D1", "1.0")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"D1","message":{"user":"USLACKBOT"},"previous_message":{"user":"U1","thread_ts":"1.0"}}""", "D1", "1.0")]
    [InlineData("""{"type":"message","subtype":"message_deleted","channel":"D1","user":"U2","previous_message":{"user":"U1","thread_ts":"1.0"}}""", "D1", "1.0")]
    [InlineData("""{"type":"app_mention","channel":"C1","user":"U1","text":"<@U2>"}""", "C1", null)]
    [InlineData("""{"type":"app_home_opened","user":"U1"}""", null, null)]
    [InlineData("""{"type":"message","channel":"D1","user":"U1","text":"\u0000 \ud800"}""", "D1", null)]
    public void It_is_whose_who_wrote_or_did_it(string happened, string? channel, string? thread) =>
        Of($$"""{"user":"U3","event":{{happened}}}""").ShouldBe(new SlackAuthor("U1", channel, thread));

    [Theory]
    [InlineData("""{"user":"U1"}""")]
    [InlineData("""{"event":{"type":"tokens_revoked","tokens":{"oauth":["U1"]}}}""")]
    [InlineData("""{"event":{"type":"team_join","user":{"id":"U1"}}}""")]
    [InlineData("""{"event":{"type":"message","bot_id":"B1","text":"\"user\":\"U1\""}}""")]
    [InlineData("""{"event":{"user":"U1"}""")]
    [InlineData("")]
    public void Nobodys_is_what_only_names_somebody_or_is_no_event(string body) => Of(body).ShouldBeNull();

    private static SlackAuthor? Of(string body) => SlackAuthor.Of(Encoding.UTF8.GetBytes(body));
}
