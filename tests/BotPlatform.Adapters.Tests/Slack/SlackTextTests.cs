using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("p99 &lt; 200 ms &amp; recall &gt; 0.9", "p99 < 200 ms & recall > 0.9")]
    [InlineData("&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;")]
    [InlineData("&quot; &#39; &nbsp; & &am", "&quot; &#39; &nbsp; & &am")]
    [InlineData("&lt;@U1&gt;", "<@U1>")]
    public void Only_what_Slack_has_escaped_is_unescaped_and_once(string text, string typed) => SlackText.Unescape(text).ShouldBe(typed);

    [Theory]
    [InlineData("<@U012AB3CD> hello", "@U012AB3CD hello")]
    [InlineData("<@U012AB3CD|ana>", "@ana")]
    [InlineData("<@W1|@ana>", "@ana")]
    [InlineData("<#C1|general>", "#general")]
    [InlineData("<#C1|>", "#C1")]
    [InlineData("<#C1>", "#C1")]
    [InlineData("<!here> <!channel|@channel> <!subteam^S1|@team> <!subteam^S1>", "@here @channel @team @subteam")]
    [InlineData("<!date^1392734382^{date_num}|2014-02-18 6:39 PM>", "2014-02-18 6:39 PM")]
    [InlineData("<!date^1392734382^{date_num}^https://example.com/|18 Feb &amp; later>", "18 Feb & later")]
    public void Who_and_what_is_named_reads_as_it_was_seen(string text, string seen) => SlackText.Unescape(text).ShouldBe(seen);

    [Theory]
    [InlineData("<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2")]
    [InlineData("<http://example.com|example.com>", "example.com")]
    [InlineData("<https://example.com|the paper>", "the paper (https://example.com)")]
    [InlineData("<https://example.com|>", "https://example.com")]
    [InlineData("<https://example.com/a|https://example.com/a>", "https://example.com/a")]
    [InlineData("<mailto:ana@example.com|ana@example.com>", "ana@example.com")]
    [InlineData("<mailto:ana@example.com>", "ana@example.com")]
    [InlineData("<mailto:ana@example.com|Ana>", "Ana (mailto:ana@example.com)")]
    [InlineData("<tel:+123|+123>", "+123")]
    [InlineData("<https://example.com|a|b>", "a|b (https://example.com)")]
    public void A_link_reads_as_it_was_typed_and_keeps_where_it_leads(string text, string typed) => SlackText.Unescape(text).ShouldBe(typed);

    [Theory]
    [InlineData("a < b", "a < b")]
    [InlineData("a > b", "a > b")]
    [InlineData("<<@U1>>", "<@U1>")]
    [InlineData("x<>y", "xy")]
    [InlineData("", "")]
    [InlineData("line one\n  line <@U1>\n```if (a &lt; b)```", "line one\n  line @U1\n```if (a < b)```")]
    public void A_bracket_that_is_no_pair_stays(string text, string read) => SlackText.Unescape(text).ShouldBe(read);

    [Fact]
    public void What_was_escaped_comes_back_as_it_was()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var typed = HostileText.Of(seed, 200);
            SlackText.Unescape(Mrkdwn.Escape(typed)).ShouldBe(typed);
        }
    }
}
