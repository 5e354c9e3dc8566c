using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>How connections to Slack are opened, and what stands in the place of one that ends.</summary>
public sealed class SocketModeConnectionTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task A_connection_that_ends_is_replaced_before_and_loses_nothing(string reason)
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var disconnecting = here.Slack.Socket.DisconnectAsync(reason);
        for (var n = 1; n <= 10; n++)
            await here.Candidate.SayAsync($"Message {n} on how posts are ranked.", thread);
        await disconnecting;
        await here.UntilAsync(() => here.Slack.Socket, s => s is { Opened: 4, Connections: 2 });
        await here.Slack.SettledAsync();
        here.Slack.Deliveries.ShouldAllBe(d => d.RetryNum == 0 && d.Reply.Acknowledged);
        await here.UntilAskedAsync(() => SocketInstallation.TurnsAsync(here), turns => turns == 10);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Silence_is_noticed()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Socket.GoSilent();
        await here.UntilAsync(() => here.Slack.Socket, s => s is { Opened: >= 4, Connections: >= 2 });
        await here.SayAndHearAsync(thread, "We rank posts for 60 million people.");
    }

    [Fact]
    public async Task A_connection_without_a_word_stays_while_it_answers_pings()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        await Task.Delay(SocketInstallation.Quick.Silence * 2);
        here.Slack.Socket.Opened.ShouldBe(2);
    }

    [Fact]
    public async Task Broken_connections_are_replaced_and_what_was_under_way_comes_again()
    {
        await using var here = await SocketInstallation.StartAsync(postgres, soonAgain: true);
        var thread = await here.BeginAsync();
        var saying = here.Candidate.SayAsync("We rank posts for 60 million people.", thread);
        here.Slack.Socket.Drop();
        await here.UntilAsync(() => here.Slack.Socket, s => s is { Opened: 4, Connections: 2 });
        await saying;
        await here.Slack.SettledAsync();
        here.Slack.Deliveries[^1].Reply.Acknowledged.ShouldBeTrue();
        await here.UntilAskedAsync(() => SocketInstallation.TurnsAsync(here), turns => turns == 1);
    }

    [Fact]
    public async Task A_text_that_is_none_ends_the_connection_and_no_more()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        await here.Slack.Socket.SendRawAsync(new byte[] { 0xff, 0xfe });
        await here.UntilAsync(() => here.Slack.Socket, s => s is { Opened: 4, Connections: 2 });
    }

    [Fact]
    public async Task A_refused_token_is_tried_again_slowly()
    {
        await using var here = await SocketInstallation.StartAsync(postgres, connected: false, slack => slack.Faults.Error("apps.connections.open", "invalid_auth", 3));
        await here.Slack.Socket.ConnectedAsync(2);
        var opens = here.Slack.Calls.Where(c => c.Method == "apps.connections.open").ToArray();
        opens.Select(c => c.Error).ShouldBe(["invalid_auth", "invalid_auth", "invalid_auth", null, null]);
        opens.Zip(opens.Skip(1)).Take(3).ShouldAllBe(pair => pair.Second.At - pair.First.At >= SocketInstallation.Quick.WhenRefused * 0.95);
    }

    [Fact]
    public async Task It_waits_as_long_as_Slack_says()
    {
        await using var here = await SocketInstallation.StartAsync(postgres, connected: false, slack => slack.Faults.RateLimit("apps.connections.open", 1));
        await here.Slack.Socket.ConnectedAsync(2);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Switched_off_and_on_again()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        await here.Slack.Socket.DisconnectAsync("link_disabled");
        await here.UntilAsync(() => here.Slack.Socket, s => s is { Connections: 2, Opened: 4 });
        var opens = here.Slack.Calls.Where(c => c.Method == "apps.connections.open").Select(c => c.At).ToArray();
        (opens[2] - opens[1]).ShouldBeGreaterThan(SocketInstallation.Quick.WhenRefused * 0.95);
    }
}
