using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>While the database cannot take anything, nothing is acknowledged, and people are told so.</summary>
public sealed class SlackDatabaseAwayTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_cannot_be_committed_is_not_acknowledged_and_comes_again()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.QuietAsync();
        // As a disk that is full or a server that hangs: commits of events wait.
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("lock table slack_delivery in access exclusive mode");
            await here.Candidate.SayAsync("We rank posts.", thread);
            here.Slack.Deliveries.Last(d => d.EventId is not null).Reply.Acknowledged.ShouldBeFalse();
        }

        await here.QuietAsync();
        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Text.ShouldBe("We rank posts.");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_a_click_and_a_form_that_could_not_be_done_say_so()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.QuietAsync();
        var other = here.Team.AddUser("U0OTHER");
        await other.SlashAsync(SlackInstallation.Command);
        await other.SuggestAsync("problem", "");
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("lock table session in access exclusive mode; lock table slack_thread in access exclusive mode");

        (await here.Candidate.SlashAsync(SlackInstallation.Command, "pause")).Body.ShouldContain("nothing was changed");
        await here.Candidate.ClickAsync(here.Replies(thread)[0], "skip");
        await here.UntilAsync(() => here.Candidate.Ephemerals, seen => seen.Any(p => p.Shown.Contains("nothing was changed", StringComparison.Ordinal)));
        await other.SubmitAsync(other.Modals[^1], ("problem", SmallContent.Problem), ("level", "mid"), ("mode", "practice"));
        other.Modals[^1].Shown.ShouldContain("nothing was changed");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deletion_that_was_said_not_to_be_done_is_not_done_later()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.Candidate.SayAsync("stop", thread);
        await here.UntilAsync(() => here.Candidate.Home, home => home?.ActionIds.Contains("delete_session") ?? false);
        await here.QuietAsync();
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("select from session for update");
            await here.Candidate.ClickInHomeAsync("delete_session");
            await here.UntilAsync(() => here.Candidate.Modals, modals => modals.Any(m => m.Shown.Contains("nothing was changed", StringComparison.Ordinal)));
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        (await connection.QuerySingleAsync<int>("select count(*)::int from session")).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_is_answered_in_time_where_the_database_hangs()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.BeginAsync();
        await here.QuietAsync();
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        int[] backends = [.. await connection.QueryAsync<int>("select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()")];
        await SignalAsync("-STOP");
        try
        {
            // Null where Slack has given up on it, which it does after three seconds.
            (await here.Candidate.SlashAsync(SlackInstallation.Command, "status")).Body.ShouldContain("nothing was changed");
        }
        finally
        {
            await SignalAsync("-CONT");
        }

        async Task SignalAsync(string signal)
        {
            using var kill = System.Diagnostics.Process.Start("kill", [signal, .. backends.Select(b => b.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
            await kill.WaitForExitAsync();
        }
    }
}
