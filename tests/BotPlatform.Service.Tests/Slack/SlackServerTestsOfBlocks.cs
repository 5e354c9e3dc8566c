using System.Globalization;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Each row is a limit: what stands at it is taken, what is one over it is not.</summary>
public sealed class SlackServerTestsOfBlocks
{
    private const string Button = """{"type":"button","action_id":"a","text":{"type":"plain_text","text":"go"}}""";

    [Theory]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"~"}}""", 3000)]
    [InlineData("""{"type":"section","fields":[{"type":"plain_text","text":"~"}]}""", 2000)]
    [InlineData("""{"type":"header","text":{"type":"plain_text","text":"~"}}""", 150)]
    [InlineData("""{"type":"markdown","text":"~"}""", 12_000)]
    [InlineData("""{"type":"divider","block_id":"~"}""", 255)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"~"}}]}""", 75)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"~","text":{"type":"plain_text","text":"go"}}]}""", 255)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","value":"~","text":{"type":"plain_text","text":"go"}}]}""", 2000)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","url":"http://a/~","text":{"type":"plain_text","text":"go"}}]}""", 3000 - 9)]
    [InlineData("""{"type":"image","image_url":"http://a/b","alt_text":"~"}""", 2000)]
    [InlineData("""{"type":"image","image_url":"http://a/~","alt_text":"a"}""", 3000 - 9)]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[{"value":"v","text":{"type":"plain_text","text":"~"}}]}]}""", 75)]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[{"value":"~","text":{"type":"plain_text","text":"t"}}]}]}""", 150)]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[{"value":"v","text":{"type":"plain_text","text":"t"},"description":{"type":"plain_text","text":"~"}}]}]}""", 75)]
    [InlineData("""{"type":"actions","elements":[{"type":"users_select","placeholder":{"type":"plain_text","text":"~"}}]}""", 150)]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"~"},"element":{"type":"plain_text_input"}}""", 2000)]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"l"},"hint":{"type":"plain_text","text":"~"},"element":{"type":"plain_text_input"}}""", 2000)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"go"},"confirm":{"title":{"type":"plain_text","text":"~"},"text":{"type":"plain_text","text":"x"},"confirm":{"type":"plain_text","text":"y"},"deny":{"type":"plain_text","text":"n"}}}]}""", 100)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"go"},"confirm":{"title":{"type":"plain_text","text":"t"},"text":{"type":"plain_text","text":"~"},"confirm":{"type":"plain_text","text":"y"},"deny":{"type":"plain_text","text":"n"}}}]}""", 300)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"go"},"confirm":{"title":{"type":"plain_text","text":"t"},"text":{"type":"plain_text","text":"x"},"confirm":{"type":"plain_text","text":"~"},"deny":{"type":"plain_text","text":"n"}}}]}""", 30)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"go"},"confirm":{"title":{"type":"plain_text","text":"t"},"text":{"type":"plain_text","text":"x"},"confirm":{"type":"plain_text","text":"y"},"deny":{"type":"plain_text","text":"~"}}}]}""", 30)]
    public async Task Texts_have_a_length(string block, int most)
    {
        (await RefusedAsync($"[{block.Replace("~", new string('a', most), StringComparison.Ordinal)}]")).ShouldBeEmpty();
        (await RefusedAsync($"[{block.Replace("~", new string('a', most + 1), StringComparison.Ordinal)}]")).ShouldBe("invalid_blocks");
        if (!block.Contains("http://a/~", StringComparison.Ordinal))
            (await RefusedAsync($"[{block.Replace("~", "", StringComparison.Ordinal)}]")).ShouldBe("invalid_blocks");
    }

    [Theory]
    [InlineData("~", """{"type":"divider"}""", 50)]
    [InlineData("""{"type":"context","elements":[~]}""", """{"type":"mrkdwn","text":"x"}""", 10)]
    [InlineData("""{"type":"section","fields":[~]}""", """{"type":"mrkdwn","text":"x"}""", 10)]
    [InlineData("""{"type":"actions","elements":[~]}""", """{"type":"button","text":{"type":"plain_text","text":"go"}}""", 25)]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[~]}]}""", """{"value":"v#","text":{"type":"plain_text","text":"t"}}""", 100)]
    [InlineData("""{"type":"actions","elements":[{"type":"overflow","options":[~]}]}""", """{"value":"v#","text":{"type":"plain_text","text":"t"}}""", 5)]
    [InlineData("""{"type":"actions","elements":[{"type":"radio_buttons","options":[~]}]}""", """{"value":"v#","text":{"type":"plain_text","text":"t"}}""", 10)]
    public async Task Lists_have_a_length(string block, string item, int most)
    {
        (await RefusedAsync($"[{Items(most)}]")).ShouldBeEmpty();
        (await RefusedAsync($"[{Items(most + 1)}]")).ShouldBe("invalid_blocks");

        string Items(int count) => block.Replace("~", string.Join(',', Enumerable.Range(0, count).Select(number =>
            item.Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"divide"}""", "invalid_blocks")]
    [InlineData("""{"type":"divider","text":"x"}""", "invalid_blocks")]
    [InlineData("""{"type":"section"}""", "invalid_blocks")]
    [InlineData("""{"type":"section","text":"x"}""", "invalid_blocks")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}""", "invalid_blocks")]
    [InlineData("""{"type":"section","text":{"type":"plain_text","text":"x","emoji":true}}""", "")]
    [InlineData("""{"type":"header","text":{"type":"mrkdwn","text":"x"}}""", "invalid_blocks")]
    [InlineData("""{"type":"header","text":{"type":"plain_text","text":"x"}}""", "")]
    [InlineData("""{"type":"actions","elements":[]}""", "invalid_blocks")]
    [InlineData("""{"type":"actions","elements":[{"type":"plain_text_input"}]}""", "invalid_blocks")]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"button","text":{"type":"plain_text","text":"go"}}}""", "invalid_blocks")]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"external_select"}}""", "invalid_blocks")]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"external_select","action_id":"a","min_query_length":0}}""", "")]
    [InlineData("""{"type":"section","text":{"type":"plain_text","text":"x"},"accessory":{"type":"button","style":"green","text":{"type":"plain_text","text":"go"}}}""", "invalid_blocks")]
    [InlineData("""{"type":"section","text":{"type":"plain_text","text":"x"},"accessory":{"type":"button","style":"danger","text":{"type":"plain_text","text":"go"}}}""", "")]
    [InlineData("""{"type":"image","alt_text":"a"}""", "invalid_blocks")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"bold":true}}]}]}""", "")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"txt","text":"x"}]}]}""", "invalid_blocks")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[{"value":"v","text":{"type":"plain_text","text":"t"}},{"value":"v","text":{"type":"plain_text","text":"u"}}]}]}""", "invalid_blocks")]
    public async Task Fields_are_those_of_the_block(string block, string error) => (await RefusedAsync($"[{block}]")).ShouldBe(error);

    [Theory]
    [InlineData("""[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]""", "invalid_blocks")]
    [InlineData("""[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"b"}]""", "")]
    [InlineData($$"""[{"type":"actions","elements":[{{Button}},{{Button}}]}]""", "invalid_blocks")]
    [InlineData($$"""[{"type":"actions","elements":[{{Button}}]},{"type":"actions","elements":[{{Button}}]}]""", "")]
    public async Task Ids_come_once(string blocks, string error) => (await RefusedAsync(blocks)).ShouldBe(error);

    [Theory]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"R&D"}}""", "unescaped")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"R&amp;D"}}""", "")]
    [InlineData("""{"type":"section","text":{"type":"plain_text","text":"R&D"}}""", "")]
    public async Task Markup_is_escaped(string block, string note)
    {
        await using var slack = await SlackClient.StartAsync();
        await slack.CallAsync("chat.postMessage", $$"""{"channel":"U0CAND1","text":"x","blocks":[{{block}}]}""");
        slack.ShouldHaveRefused(note);
    }

    [Theory]
    [InlineData(4, "")]
    [InlineData(5, "msg_blocks_too_long")]
    public async Task All_blocks_together_have_a_length(int count, string error)
    {
        var section = JsonSerializer.Serialize(new { type = "section", text = new { type = "plain_text", text = new string('a', 2900) } });
        (await RefusedAsync($"[{string.Join(',', Enumerable.Repeat(section, count))}]")).ShouldBe(error);
    }

    private static async Task<string> RefusedAsync(string blocks)
    {
        await using var slack = await SlackClient.StartAsync();
        return SlackClient.Error(await slack.CallAsync("chat.postMessage", $$"""{"channel":"U0CAND1","text":"x","blocks":{{blocks}}}"""));
    }
}
