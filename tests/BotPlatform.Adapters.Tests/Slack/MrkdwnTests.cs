using BotPlatform.Adapters.Slack.BlockKit;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class MrkdwnTests
{
    [Theory]
    [InlineData("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("*a* _b_ ~c~ `d`", "*a* _b_ ~c~ `d`")]
    public void Escaped_text_can_mention_and_link_nothing(string text, string escaped) => Mrkdwn.Escape(text).ShouldBe(escaped);

    [Theory]
    [InlineData("Feed: ranking", "Feed: ranking")]
    [InlineData(":smile: NDCG_10 *now*", "∶smile: NDCG＿10 ∗now∗")]
    [InlineData("`rm` ~no~\n<!here>", "ˋrmˋ ∼no∼ &lt;!here&gt;")]
    public void A_name_in_our_markup_formats_nothing_and_makes_no_emoji(string name, string plain) => Mrkdwn.Plain(name).ShouldBe(plain);

    [Fact]
    public void No_hostile_name_leaves_a_mark_that_means_something()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var plain = Mrkdwn.Plain(HostileText.Of(seed, 300));
            plain.IndexOfAny(['*', '_', '~', '`', '<', '>', '\n', '\r']).ShouldBe(-1);
            plain.ShouldNotMatch(":[a-z+]");
        }
    }
}
