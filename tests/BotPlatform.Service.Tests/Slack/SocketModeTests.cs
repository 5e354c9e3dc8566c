using System.Net.WebSockets;
using System.Text;
using BotPlatform.Tests.Shared;
using Npgsql;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>What comes over the connections that the service opened.</summary>
public sealed class SocketModeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_interview_from_the_command_to_the_scorecard()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        (await here.SayAndHearAsync(thread, "We rank posts for 60 million people a day & <more>.")).ActionIds.ShouldContain("hint");
        await here.Candidate.ClickAsync(here.Replies(thread)[^1], "hint");
        await here.UntilAsync(() => here.Replies(thread), posts => posts.Count > 2);
        await here.Candidate.SayAsync("stop", thread);
        var posts = await here.UntilAsync(() => here.Replies(thread), all => all.Any(p => p.ActionIds.Contains("evidence")));
        await here.Candidate.ClickAsync(posts.Last(p => p.ActionIds.Contains("evidence")), "evidence");
        here.Candidate.Modals[^1].Title.ShouldBe("Evidence");
        (await here.Candidate.SlashAsync(SlackInstallation.Command, "help")).Body.ShouldContain("ephemeral");
        here.Slack.Socket.Connections.ShouldBe(2);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_committed()
    {
        await using var here = await SocketInstallation.StartAsync(postgres, soonAgain: true);
        var thread = await here.BeginAsync();
        await here.Slack.SettledAsync();
        var acks = here.Slack.Socket.Acks.Count;
        await using (var connection = await here.Service.Database.Source.OpenConnectionAsync())
        {
            await using var away = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, "lock table slack_delivery in access exclusive mode");
            await here.Candidate.SayAsync("We rank posts for 60 million people.", thread);
            here.Slack.Socket.Acks.Count.ShouldBe(acks);
        }

        await here.Slack.SettledAsync();
        here.Slack.Deliveries[^1].Reply.Acknowledged.ShouldBeTrue();
        here.Slack.Deliveries[^1].RetryNum.ShouldBeGreaterThan(0);
        await here.UntilAskedAsync(() => SocketInstallation.TurnsAsync(here), turns => turns == 1);
        await here.UntilAsync(() => here.Replies(thread), posts => posts.Count == 2);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_delivered_again_over_the_other_connection_is_one_turn()
    {
        await using var here = await SocketInstallation.StartAsync(postgres, soonAgain: true);
        var thread = await here.BeginAsync();
        const string said = "We rank posts for 60 million people.";
        here.Slack.Socket.LoseAcks(said, 2);
        await here.Candidate.SayAsync(said, thread);
        await here.Slack.SettledAsync();
        here.Slack.Deliveries.Where(d => d.Body.Contains(said)).Select(d => d.Reply.Acknowledged).ShouldBe([false, false, true]);
        await here.UntilAsync(() => here.Replies(thread), posts => posts.Count == 2);
        (await SocketInstallation.TurnsAsync(here)).ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_read_harms_nothing()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        byte[][] messages =
        [
            .. new[]
            {
                "", "no json", "[]", "{}", """{"type":"new_thing"}""", """{"type":"events_api","payload":{}}""", """{"type":"events_api","envelope_id":"e","payload":[]}""",
                """{"type":"events_api","envelope_id":7,"payload":{}}""", """{"type":"interactive","envelope_id":"e","payload":{}}""",
                """{"type":"slash_commands","envelope_id":"e","payload":{"command":7}}""", """{"type":"events_api","envelope_id":"e","payload":{"type":"event_callback"}}""",
            }.Select(Encoding.UTF8.GetBytes),
            new byte[BotPlatform.Adapters.Slack.SocketLink.MostBytes + 100],
        ];
        foreach (var message in messages)
            await here.Slack.Socket.SendRawAsync(message);
        await here.Slack.Socket.SendRawAsync("""{"type":"hello"}"""u8.ToArray(), WebSocketMessageType.Binary);
        await here.SayAndHearAsync(thread, "We rank posts for 60 million people.");
        here.Slack.Socket.Opened.ShouldBe(2);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_message_comes_in_many_frames()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        var text = new string('x', 900_000);
        await here.Slack.TellAsync(here.Team, $$"""{"type":"something_new","text":"{{text}}"}""");
        await here.Slack.SettledAsync();
        here.Slack.Deliveries[^1].Reply.Acknowledged.ShouldBeTrue();
    }

    [Fact]
    public async Task What_takes_long_holds_nothing_else_up()
    {
        await using var here = await SocketInstallation.StartAsync(postgres);
        var windows = here.Slack.Faults.Hold("views.open");
        var slow = Enumerable.Range(0, 4).Select(_ => here.Candidate.SlashAsync(SlackInstallation.Command)).ToArray();
        await here.UntilAsync(() => windows.Waiting, n => n == 4);
        (await here.Candidate.SlashAsync(SlackInstallation.Command, "help")).Acknowledged.ShouldBeTrue();
        windows.Release();
        await Task.WhenAll(slow);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
