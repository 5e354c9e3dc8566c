using System.Text;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;
using SlackTeamRow = BotPlatform.Adapters.Postgres.SlackTeam;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Events between their commit and the interview they belong to.</summary>
public sealed class SlackRoutingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_shares_a_commit_keeps_the_order_in_which_it_came()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var now = TimeProvider.System.GetUtcNow();
        await CommitAsync(here, Message(here, thread, "EvB", 1, "first", now.AddSeconds(-2)), Message(here, thread, "EvA", 2, "second", now.AddSeconds(-1)));
        await here.QuietAsync();

        (await here.SessionAsync()).Said().Select(t => t.Text).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_database_that_is_read_only_for_a_while_costs_no_event_and_stops_nothing()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.QuietAsync();
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create function read_only() returns trigger language plpgsql as $$ begin raise exception 'read-only' using errcode = '25006'; end $$;
            create trigger read_only before update on slack_delivery for each row execute function read_only();
            """);
        await CommitAsync(here, Message(here, thread, "EvA", 1, "We rank posts.", TimeProvider.System.GetUtcNow()));
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await connection.ExecuteAsync("drop trigger read_only on slack_delivery");
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_event_that_cannot_be_handled_is_set_aside_alone_and_can_be_put_back()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.QuietAsync();
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create function broken() returns trigger language plpgsql as $$ begin if new.message_key like '%.000001' then raise exception 'broken'; end if; return new; end $$;
            create trigger broken before insert on inbox for each row execute function broken();
            """);
        var now = TimeProvider.System.GetUtcNow();
        await CommitAsync(here, Message(here, thread, "EvA", 1, "broken", now), Message(here, thread, "EvB", 2, "fine", now.AddMilliseconds(1)));
        await here.QuietAsync();
        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Text.ShouldBe("fine");

        await connection.ExecuteAsync("drop trigger broken on inbox");
        var deliveries = here.Service.Get<SlackDeliveries>();
        (await deliveries.DeadAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (await deliveries.RequeueAsync(null, CancellationToken.None)).ShouldBe(1);
        await here.QuietAsync();
        (await here.SessionAsync()).Said().Select(t => t.Text).ShouldBe(["fine", "broken"]);
    }

    [Fact]
    public async Task An_answer_waits_for_its_thread_to_be_known_however_long_that_takes()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.QuietAsync();
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        // As it stands where a node was killed before it took down where the thread is, and came back a minute later.
        await connection.ExecuteAsync("update slack_thread set thread_ts = null");
        var then = TimeProvider.System.GetUtcNow().AddSeconds(-60);
        await CommitAsync(here, Message(here, thread, "EvA", 1, "first", then), Message(here, thread, "EvB", 2, "second", then.AddSeconds(1)));
        await Task.Delay(TimeSpan.FromSeconds(1));
        await connection.ExecuteAsync("update slack_thread set thread_ts = @thread", new { thread });
        await here.QuietAsync();

        (await here.SessionAsync()).Said().Select(t => t.Text).ShouldBe(["first", "second"]);
    }

    private static Task CommitAsync(SlackInstallation here, params IncomingSlackEvent[] events) =>
        here.Service.Get<SlackDeliveries>().CommitAsync(events, CancellationToken.None);

    private static IncomingSlackEvent Message(SlackInstallation here, string thread, string id, int number, string text, DateTimeOffset at) => new(
        SlackTeamRow.WorkspaceOf(here.Team.Id),
        id,
        Encoding.UTF8.GetBytes($$$"""
            {"type":"event_callback","team_id":"{{{here.Team.Id}}}","event_id":"{{{id}}}","event":{"type":"message","user":"U0CAND1","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im",
             "text":"{{{text}}}","ts":"1764500100.{{{number:D6}}}","thread_ts":"{{{thread}}}"} }
            """),
        Retry: 0,
        RetryReason: null,
        at);
}
