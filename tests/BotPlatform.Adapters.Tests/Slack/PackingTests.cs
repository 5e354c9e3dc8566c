using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class PackingTests
{
    [Fact]
    public void Every_message_fits_and_the_blocks_stay_in_order_and_whole()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var chance = new Random(seed);
            var blocks = Enumerable.Range(0, chance.Next(1, 160))
                .SelectMany(i => chance.Next(4) == 0 ? RichText.Paragraphs(HostileText.Of(seed + i, chance.Next(1, 9000))) : [Block.Divider()])
                .ToArray();
            var before = blocks.Select(b => b.ToJsonString()).ToArray();

            var messages = SlackMessage.Of(null, blocks);

            foreach (var message in messages)
            {
                message.Blocks.ShouldBeMessage();
                message.Text.Length.ShouldBeLessThanOrEqualTo(40_000);
            }

            messages.SelectMany(m => m.Blocks).Select(b => b!.ToJsonString()).ShouldBe(before);
        }
    }

    [Fact]
    public void The_limits_are_used_up()
    {
        Packing.Messages(Enumerable.Range(0, 101).Select(_ => Block.Divider())).Select(m => m.Count).ShouldBe([50, 50, 1]);
        Packing.Messages(RichText.Paragraphs(new string('x', 15_000))).Select(m => m.Count).ShouldBe([4, 1]);
    }

    [Fact]
    public void A_notification_is_escaped_and_fits_whatever_it_is_made_of()
    {
        SlackMessage.Notification("a <!channel> & b").ShouldBe("a &lt;!channel&gt; &amp; b");
        SlackMessage.Notification(new string('&', 39_000)).Length.ShouldBeInRange(30_000, 40_000);
        SlackMessage.Notification(new string('a', 50_000)).Length.ShouldBeLessThanOrEqualTo(40_000);
    }

    [Fact]
    public void What_follows_the_first_message_says_its_own_text_and_not_its_buttons()
    {
        var messages = SlackMessage.Of("First.", [.. RichText.Paragraphs(new string('x', 15_000)), Block.Context("small"), Block.Actions(Element.Button("a", "Press"))]);
        messages[0].Text.ShouldBe("First.");
        messages[1].Text.ShouldBe(new string('x', 3000) + "\nsmall\n");
    }

    [Fact]
    public void What_cannot_be_shortened_is_refused()
    {
        Should.Throw<ArgumentException>(() => Block.Section(new string('x', 3001)));
        Should.Throw<ArgumentException>(() => Block.Actions([]));
        Should.Throw<ArgumentException>(() => Element.Button("a", "b", new string('x', 2001)));
        Should.Throw<ArgumentException>(() => Element.Option("a", new string('x', 76)));
        Should.Throw<ArgumentException>(() => RichText.Of(RichText.Section(RichText.Text(new string('x', 3001)))));
        Should.Throw<ArgumentException>(() => View.Home([.. Enumerable.Range(0, 101).Select(_ => Block.Divider())]));
    }

    [Fact]
    public void A_label_without_text_has_a_mark_in_its_place() =>
        new JsonArray(Block.Header(""), Block.Context(" "), Block.Actions(Element.Button("a", ""))).ShouldBeMessage();

    [Fact]
    public void Labels_that_are_too_long_end_in_an_ellipsis()
    {
        var longest = HostileText.Of(3, 5000);
        new JsonArray(
            Block.Header(longest),
            Block.Context(longest),
            Block.Actions(Element.Button("a", longest, confirm: Element.Confirm(longest, longest, longest, longest)))).ShouldBeMessage();
        View.Modal("c", longest, [Block.Input("i", longest, Element.Radio("r", [Element.Option(longest, "v", longest)], "v"), longest)], longest, longest)
            .ShouldBeView();
    }
}
