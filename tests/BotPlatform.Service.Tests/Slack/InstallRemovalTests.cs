using System.Globalization;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Slack;
using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Teams that take the app away, and come back.</summary>
public sealed class InstallRemovalTests(PostgresFixture postgres)
{
    private readonly MovedTime _time = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_team_that_leaves_takes_its_tokens_with_it_and_what_waits_goes_out_when_it_is_back(bool uninstalls)
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        await here.InstallAsync();
        here.Slack.Faults.Error("views.publish", "token_revoked");
        await here.Admin.OpenHomeAsync();
        await UntilAsync(here, "select count(*)::int from outbox where attempts = 1 and state = 'queued'", 1);

        await (uninstalls ? here.Team.UninstallAsync() : here.Team.RevokeTokensAsync());
        await UntilAsync(here, "select count(*)::int from slack_team where state = 'removed' and token is null and refresh_token is null", 1);
        await here.Slack.SettledAsync();
        var teams = here.Service.Get<SlackTeamsHere>();
        while (await teams.FindAsync("T0TEAM1", CancellationToken.None) is { IsInstalled: true })
            await Task.Delay(10);
        var (before, calls) = (await CountAsync(here, "select count(*)::int from slack_delivery"), here.Slack.Calls.Count);
        await here.Admin.SayAsync("Is anybody there?");
        here.Slack.Deliveries[^1].Reply.Acknowledged.ShouldBeTrue();
        (await CountAsync(here, "select count(*)::int from slack_delivery")).ShouldBe(before);
        (await CountAsync(here, "select count(*)::int from outbox where state = 'queued'")).ShouldBe(1);
        here.Slack.Calls.Count.ShouldBe(calls);

        here.Admin.Home.ShouldBeNull();
        await here.InstallAsync();
        await UntilAsync(here, "select count(*)::int from outbox where state = 'done'", 1);
        here.Admin.Home.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_told_late_about_an_earlier_installation_does_not_end_the_present_one()
    {
        await using var here = await InstallableSlack.StartAsync(postgres, _time);
        await here.InstallAsync();
        var then = _time.GetUtcNow();
        await here.Team.UninstallAsync();
        await UntilAsync(here, "select count(*)::int from slack_team where state = 'removed'", 1);
        _time.Move(60);
        await here.InstallAsync();

        await TellRemovedAsync(here, then);
        await UntilAsync(here, "select count(*)::int from slack_delivery where event_id = 'Ev0LATE' and state = 'done'", 1);
        (await here.StoredAsync())!.IsInstalled.ShouldBeTrue();
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
    }

    [Fact]
    public async Task What_fails_with_a_token_that_another_node_has_replaced_goes_out_with_the_new_one()
    {
        await using var here = await InstallableSlack.StartAsync(postgres);
        await here.InstallAsync();
        var elsewhere = (await here.StoredAsync())!;
        await here.InstallAsync();
        // The other installation is the newer one, made by a node that this one has not heard of yet.
        await here.Service.Get<SlackTeams>().InstallAsync(elsewhere, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        here.Slack.World.Tokens[here.Team.BotToken].Revoked = true;
        await here.Admin.OpenHomeAsync();

        await UntilAsync(here, "select count(*)::int from outbox where kind = 'slack_home' and state = 'done'", 1);
        here.Admin.Home.ShouldNotBeNull();
        here.Logs.Lines.ShouldNotContain(l => l.Contains("cannot be spoken to", StringComparison.Ordinal));
    }

    private static async Task TellRemovedAsync(InstallableSlack here, DateTimeOffset at)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $$"""{"type":"event_callback","team_id":"T0TEAM1","api_app_id":"A0APP1","event_id":"Ev0LATE","event_time":{{at.ToUnixTimeSeconds()}},"event":{"type":"app_uninstalled"} }""");
        (await here.Slack.SendRawAsync("/slack/events", body, "application/json")).Status.ShouldBe(200);
    }

    private static async Task<int> CountAsync(InstallableSlack here, string sql)
    {
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>(sql);
    }

    private static async Task UntilAsync(InstallableSlack here, string sql, int expected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await CountAsync(here, sql) is var count && count != expected)
        {
            limit.IsCancellationRequested.ShouldBeFalse($"{sql}: {count}");
            await Task.Delay(20);
        }
    }
}
