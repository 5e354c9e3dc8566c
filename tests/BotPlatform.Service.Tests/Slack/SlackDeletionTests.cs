using System.Text;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;
using SlackTeamRow = BotPlatform.Adapters.Postgres.SlackTeam;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>What goes with a deletion of what could not be handled and waits for an operator, and what stays.</summary>
public sealed class SlackDeletionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Whoever_deletes_their_data_takes_what_was_set_aside_of_theirs_and_nothing_of_anybody_elses()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await SetAsideAsync(here, "EvMine", Said("U0CAND1", "D0CAND1", "1.1", "mine"));
        // What PostgreSQL would not read as JSON.
        await SetAsideAsync(here, "EvMineOdd", Said("U0CAND1", "D0CAND1", "1.1", @"mine \u0000 \ud800"));
        await SetAsideAsync(here, "EvMineChanged", Changed("message_changed", "U0CAND1", "D0CAND1", "1.1"));
        await SetAsideAsync(here, "EvMineDeleted", Changed("message_deleted", "U0CAND1", "D0CAND1", "1.1"));
        await SetAsideAsync(here, "EvMineHome", """{"type":"app_home_opened","user":"U0CAND1","channel":"D0CAND1","tab":"home"}""");
        await SetAsideAsync(here, "EvOther", Said("U0OTHER", "D0OTHER", "1.1", "I was told by <@U0CAND1>"));
        await SetAsideAsync(here, "EvOtherLonger", Said("U0CAND12", "D0OTHER", "1.1", "theirs"));
        await SetAsideAsync(here, "EvOtherQuotes", Said("U0OTHER", "D0OTHER", "1.1", @"\""user\"":\""U0CAND1\"""));
        await SetAsideAsync(here, "EvOtherChanged", Changed("message_changed", "U0OTHER", "D0OTHER", "1.1"));

        await here.Candidate.SayAsync("delete my data", thread);
        var offer = (await here.UntilAsync(() => here.Replies(thread), posts => posts.Any(p => p.ActionIds.Contains("delete_all")))).First(p => p.ActionIds.Contains("delete_all"));
        await here.Candidate.ClickAsync(offer, "delete_all");
        await here.Candidate.SubmitAsync(here.Candidate.Modals[^1], ("confirmation", "yes"));

        here.Candidate.Modals[^1].Shown.ShouldContain("1 interview deleted");
        (await SetAsideAsync(here)).ShouldBe(["EvOther", "EvOtherChanged", "EvOtherLonger", "EvOtherQuotes"]);
    }

    [Fact]
    public async Task An_interview_that_is_deleted_takes_what_was_set_aside_of_it_and_no_more()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var (thread, dm) = (await here.BeginAsync(), here.Candidate.Dm.Id);
        await here.SayAndHearAsync(thread, "stop");
        await here.UntilAsync(() => here.Candidate.Home, home => home?.ActionIds.Contains("delete_session") ?? false);
        await SetAsideAsync(here, "EvThis", Said("U0CAND1", dm, thread, "of this interview"));
        await SetAsideAsync(here, "EvThisChanged", Changed("message_changed", "U0CAND1", dm, thread));
        await SetAsideAsync(here, "EvThread", Said("U0CAND1", dm, "1.1", "of another thread"));
        await SetAsideAsync(here, "EvChannel", Said("U0CAND1", "D0ELSE", thread, "of another channel"));
        await SetAsideAsync(here, "EvPerson", Said("U0OTHER", dm, thread, "of another person"));

        await here.Candidate.ClickInHomeAsync("delete_session");
        await here.UntilAskedAsync(() => SetAsideAsync(here), left => left.Count < 5);

        (await SetAsideAsync(here)).ShouldBe(["EvChannel", "EvPerson", "EvThread"]);
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<int>("select count(*)::int from session")).ShouldBe(0);
    }

    private static string Said(string user, string channel, string thread, string text) => $$"""
        {"type":"message","user":"{{user}}","channel":"{{channel}}","channel_type":"im","ts":"2.2","thread_ts":"{{thread}}","text":"{{text}}"}
        """;

    private static string Changed(string subtype, string user, string channel, string thread) => $$"""
        {"type":"message","subtype":"{{subtype}}","channel":"{{channel}}","channel_type":"im","ts":"3.3","deleted_ts":"2.2",
         "message":{"user":"{{(subtype == "message_deleted" ? "USLACKBOT" : user)}}","ts":"2.2","thread_ts":"{{thread}}","text":"as <@U0CAND1> says"},
         "previous_message":{"user":"{{user}}","ts":"2.2","thread_ts":"{{thread}}","text":"as <@U0CAND1> said"} }
        """;

    private static async Task SetAsideAsync(SlackInstallation here, string id, string happened)
    {
        var workspace = SlackTeamRow.WorkspaceOf(here.Team.Id);
        var body = Encoding.UTF8.GetBytes($$"""{"type":"event_callback","team_id":"{{here.Team.Id}}","event_id":"{{id}}","event":{{happened}}}""");
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into slack_delivery (workspace_id, event_id, body, received_at, state, error) values (@workspace, @id, @body, now(), 'dead', 'as a test wants it')", new { workspace, id, body });
    }

    /// <summary>What an operator could put back still, as far as it holds anything.</summary>
    private static async Task<IReadOnlyList<string>> SetAsideAsync(SlackInstallation here)
    {
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("select event_id from slack_delivery where state = 'dead' and length(body) > 0 order by event_id collate \"C\"")).AsList();
    }
}
