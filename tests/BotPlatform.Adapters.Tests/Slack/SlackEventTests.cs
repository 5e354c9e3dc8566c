using System.Text;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

/// <summary>What an event says, as far as it concerns us.</summary>
public sealed class SlackEventTests
{
    private const string Bot = "U0BOT1";

    [Fact]
    public void A_message_in_a_thread()
    {
        var message = Read("""{"type":"message","channel":"D1","channel_type":"im","user":"U1","ts":"2.0","thread_ts":"1.0","text":"a &lt; b"}""").ShouldBeOfType<SlackEvent.Message>();
        message.Place.ShouldBe(new SlackPlace("D1", "U1", "2.0", "1.0"));
        message.Text.ShouldBe("a < b");
        message.Files.ShouldBeEmpty();
    }

    [Fact]
    public void The_first_message_of_a_thread_is_in_none() =>
        Read("""{"type":"message","channel":"D1","channel_type":"im","user":"U1","ts":"1.0","thread_ts":"1.0","text":"a"}""")
            .ShouldBeOfType<SlackEvent.Message>().Place.Thread.ShouldBeNull();

    [Fact]
    public void An_edit_is_of_the_message_and_says_when() =>
        Read("""{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","ts":"3.0","message":{"user":"U1","ts":"2.0","thread_ts":"1.0","text":"b","edited":{"ts":"3.0"}}}""")
            .ShouldBe(new SlackEvent.Edited(new SlackPlace("D1", "U1", "2.0", "1.0"), "b", "3.0"));

    [Fact]
    public void A_deletion_is_of_the_message() =>
        Read("""{"type":"message","subtype":"message_deleted","channel":"D1","channel_type":"im","ts":"3.0","deleted_ts":"2.0","previous_message":{"user":"U1","ts":"2.0","thread_ts":"1.0","text":"b"}}""")
            .ShouldBe(new SlackEvent.Deleted(new SlackPlace("D1", "U1", "2.0", "1.0")));

    [Fact]
    public void A_deletion_need_not_say_whose_message_it_was() =>
        Read("""{"type":"message","subtype":"message_deleted","hidden":true,"channel":"D1","channel_type":"im","ts":"3.0","deleted_ts":"2.0"}""")
            .ShouldBe(new SlackEvent.Deleted(new SlackPlace("D1", "", "2.0", null)));

    [Theory]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","message":{"user":"U1","ts":"2.0","text":"b"}}""", "no edit")]
    [InlineData("""{"type":"message","channel":"C1","channel_type":"channel","user":"U1","ts":"2.0","text":"a"}""", "not a direct message")]
    [InlineData("""{"type":"message","channel":"D1","channel_type":"im","user":"U0BOT1","ts":"2.0","text":"a"}""", "from a bot")]
    [InlineData("""{"type":"message","channel":"D1","channel_type":"im","user":"U1","bot_id":"B1","ts":"2.0","text":"a"}""", "from a bot")]
    [InlineData("""{"type":"message","subtype":"bot_message","channel":"D1","channel_type":"im","bot_id":"B1","ts":"2.0","text":"a"}""", "bot_message")]
    [InlineData("""{"type":"message","subtype":"channel_join","channel":"D1","channel_type":"im","user":"U1","ts":"2.0"}""", "channel_join")]
    [InlineData("""{"type":"app_mention","channel":"C1","user":"U0BOT1","ts":"2.0"}""", "from a bot")]
    [InlineData("""{"type":"app_home_opened","user":"U1","tab":"messages"}""", "app_home_opened")]
    [InlineData("""{"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":[]}}""", "tokens_revoked")]
    [InlineData("""{"type":5}""", "no type")]
    public void What_concerns_us_not_is_ignored_with_the_reason(string happened, string why) =>
        Read(happened).ShouldBe(new SlackEvent.Ignored(why));

    private static SlackEvent Read(string happened) => SlackEvent.Read(Encoding.UTF8.GetBytes($$"""{"event":{{happened}}}"""), Bot);
}
