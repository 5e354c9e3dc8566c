using BotPlatform.Service.Slack;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Tokens that expire after twelve hours, and the keys they are sealed with.</summary>
public sealed class InstallRenewalTests(PostgresFixture postgres)
{
    private const int Hour = 3600;
    private static readonly byte[] s_newKey = [.. Enumerable.Repeat((byte)7, 32)];
    private readonly MovedTime _time = new();

    [Fact]
    public async Task A_token_is_renewed_hours_before_it_expires_and_not_earlier()
    {
        await using var here = await InstalledAsync();
        var first = await here.TokenAsync();
        _time.Move(7.9 * Hour);
        await RenewAsync(here);
        (await here.TokenAsync()).ShouldBe(first);
        _time.Move(0.2 * Hour);
        await RenewAsync(here);
        (await here.TokenAsync()).ShouldNotBe(first);
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
        (await here.StoredAsync())!.TokenExpiresAt.ShouldBe((_time.GetUtcNow() + TimeSpan.FromHours(12)).UtcDateTime);
        _time.Move(9 * Hour);
        await RenewAsync(here);
        here.Exchanges("refresh_token").Count.ShouldBe(2);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_nodes_spend_a_refresh_token_once()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var here = await InstalledAsync(database);
        await using var other = await here.StartNodeAsync(postgres, database, InstallableSlack.Key);
        _time.Move(9 * Hour);
        here.Slack.Faults.Slow("oauth.v2.access", TimeSpan.FromMilliseconds(300));
        await Task.WhenAll(new[] { here.Service, other }.Select(n => n.Get<SlackRenewals>().RenewDueAsync(CancellationToken.None)));
        here.Exchanges("refresh_token").Count.ShouldBe(1);
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
        (await here.TokenAsync(other)).ShouldBe(here.Team.BotToken);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_quiet_night_every_node_speaks_with_the_token_that_another_has_renewed()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var here = await InstalledAsync(database);
        await using var other = await here.StartNodeAsync(postgres, database, InstallableSlack.Key);
        var first = await here.TokenAsync(other);
        _time.Move(9 * Hour);
        await RenewAsync(here);
        _time.Move(4 * Hour);

        var teams = other.Get<SlackTeamsHere>();
        var token = teams.TokenOf((await teams.FindAsync(here.Team.Id, CancellationToken.None))!);
        token.ShouldNotBe(first, "it expired an hour ago");
        token.ShouldBe(here.Team.BotToken);
    }

    [Fact]
    public async Task A_Slack_that_is_away_is_asked_again_ever_later()
    {
        await using var here = await InstalledAsync();
        here.Slack.Faults.Status("oauth.v2.access", 503, count: 3);
        _time.Move(9 * Hour);
        await RenewAsync(here);
        await RenewAsync(here);
        here.Exchanges("refresh_token").Count.ShouldBe(1);
        foreach (var (minutes, asked) in new[] { (1, 2), (1, 2), (1, 3), (2, 3), (2, 4) })
        {
            _time.Move(minutes * 60);
            await RenewAsync(here);
            here.Exchanges("refresh_token").Count.ShouldBe(asked);
        }

        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
        here.Logs.Lines.ShouldNotContain(l => l.Contains("is lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_lost_is_told_to_the_operator_and_an_installation_brings_it_back()
    {
        await using var here = await InstalledAsync();
        here.Slack.Faults.AcceptThenReset("oauth.v2.access");
        _time.Move(9 * Hour);
        await RenewAsync(here);
        _time.Move(60);
        await RenewAsync(here);
        var told = here.Logs.Lines.Where(l => l.Contains("is lost", StringComparison.Ordinal)).ShouldHaveSingleItem();
        told.ShouldStartWith("Error");
        told.ShouldContain("invalid_refresh_token");
        told.ShouldContain("https://interviews.example/slack/install");
        told.ShouldNotContain("xoxe");
        await here.InstallAsync();
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
        _time.Move(9 * Hour);
        await RenewAsync(here);
        (await here.TokenAsync()).ShouldBe(here.Team.BotToken);
    }

    [Fact]
    public async Task At_start_tokens_are_sealed_with_the_newest_key_so_that_the_old_one_can_go()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var here = await InstalledAsync(database);
        var old = (await here.StoredAsync())!;
        await using (await here.StartNodeAsync(postgres, database, s_newKey, InstallableSlack.Key))
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while ((await here.StoredAsync())!.Token!.SequenceEqual(old.Token!))
                await Task.Delay(20, limit.Token);
        }

        await using var onlyNew = await here.StartNodeAsync(postgres, database, s_newKey);
        (await here.TokenAsync(onlyNew)).ShouldBe(here.Team.BotToken);
        (await here.TokenAsync()).ShouldBeNull();
        _time.Move(9 * Hour);
        await onlyNew.Get<SlackRenewals>().RenewDueAsync(CancellationToken.None);
        (await here.TokenAsync(onlyNew)).ShouldBe(here.Team.BotToken);
    }

    private async Task<InstallableSlack> InstalledAsync(TestDatabase? database = null)
    {
        var here = await InstallableSlack.StartAsync(postgres, _time, rotates: true, database);
        await here.InstallAsync();
        return here;
    }

    private static Task RenewAsync(InstallableSlack here) => here.Service.Get<SlackRenewals>().RenewDueAsync(CancellationToken.None);
}
