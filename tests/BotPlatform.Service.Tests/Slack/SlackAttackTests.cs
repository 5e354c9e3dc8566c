using System.Globalization;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>What reaches the endpoints from whoever is not Slack, or is Slack in an odd way.</summary>
public sealed class SlackAttackTests(PostgresFixture postgres)
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Other = "another-secret-of-the-tests";

    public static TheoryData<string, string> Paths => new()
    {
        { "/slack/events", Json },
        { "/slack/commands", Form },
        { "/slack/interactions", Form },
        { "/slack/options", Form },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Only_what_Slack_has_signed_in_these_five_minutes_is_read(string path, string type)
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        const string Body = "whatever=this";

        (await here.Slack.SendRawAsync(path, Body, type, secret: Other)).Status.ShouldBe(401, "another secret");
        (await here.Slack.SendRawAsync(path, Body, type, secret: "")).Status.ShouldBe(401, "no signature");
        (await here.Slack.SendRawAsync(path, Body, type, timestamp: "")).Status.ShouldBe(401, "no timestamp");
        (await here.Slack.SendRawAsync(path, Body, type, timestamp: At(-310))).Status.ShouldBe(401, "too old");
        (await here.Slack.SendRawAsync(path, Body, type, timestamp: At(310))).Status.ShouldBe(401, "ahead of time");
        (await here.Slack.SendRawAsync(path, Body, type, null, null, ("X-Slack-Signature", Signature.Of("signing-secret-of-the-tests", At(0), Body + " ")))).Status.ShouldBe(401, "changed by one byte");
        (await here.Slack.SendRawAsync(path, Body, type)).Status.ShouldBe(400, "signed, and not of the form");
    }

    [Fact]
    public async Task Both_secrets_are_good_while_they_are_changed()
    {
        await using var here = await SlackInstallation.StartAsync(postgres, change: s => s with { SigningSecrets = [Other, .. s.SigningSecrets] });

        foreach (var secret in new[] { Other, "signing-secret-of-the-tests" })
            (await here.Slack.SendRawAsync("/slack/events", """{"type":"url_verification","challenge":"c"}""", Json, secret: secret)).Body.ShouldBe("c");
        (await here.Slack.SendRawAsync("/slack/events", """{"type":"url_verification","challenge":"c"}""", Json, secret: "a-third-secret-of-nobody")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"event_callback"}""")]
    [InlineData("""{"type":"event_callback","team_id":"T0TEAM1"}""")]
    [InlineData("""{"type":"event_callback","team_id":{"a":1},"event_id":[1]}""")]
    public async Task A_signed_body_that_is_no_event_is_refused_in_one_sentence(string body)
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        (await here.Slack.SendRawAsync("/slack/events", body, Json)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("""{"type":"event_callback","team_id":"T0TEAM1","event_id":"E1"}""")]
    [InlineData("""{"type":"event_callback","team_id":"T0TEAM1","event_id":"E1","event":"message"}""")]
    [InlineData("""{"type":"event_callback","team_id":"T0TEAM1","event_id":"E1","event":{"type":"message","channel":7,"user":{},"text":[],"ts":null}}""")]
    [InlineData("""{"type":"event_callback","team_id":"T0TEAM1","event_id":"E1","event":{"type":"message","channel":"D1","user":"U1","ts":"1.1","thread_ts":"1.0","text":"\ud800\u0000"}}""")]
    [InlineData("""{"type":"event_callback","team_id":"T0TEAM1","event_id":"E1","event":{"type":"message","channel":"D1","user":"U1","ts":"1.1","subtype":"message_changed"}}""")]
    [InlineData("""{"type":"event_callback","team_id":"T0TEAM1","event_id":"E1","event":{"type":"something_new"}}""")]
    [InlineData("""{"type":"app_rate_limited","team_id":"T0TEAM1"}""")]
    public async Task Events_of_odd_forms_are_acknowledged_and_hurt_nobody(string body)
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await here.BeginAsync();
        (await here.Slack.SendRawAsync("/slack/events", body, Json)).Status.ShouldBe(200);
        await here.QuietAsync();

        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<int>("select count(*)::int from slack_delivery where state = 'dead'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_megabyte_is_read_and_more_is_refused()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        (await here.Slack.SendRawAsync("/slack/events", Sized(1 << 20), Json)).Status.ShouldBe(200);
        (await here.Slack.SendRawAsync("/slack/events", Sized((1 << 20) + 1), Json)).Status.ShouldBe(413);
        await here.QuietAsync();
        (await here.SessionAsync()).Said().ShouldHaveSingleItem();

        string Sized(int bytes)
        {
            var start = $$$"""{"type":"event_callback","team_id":"T0TEAM1","event_id":"E{{{bytes}}}","event":{"type":"message","user":"U0CAND1","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"1764500100.000100","thread_ts":"{{{thread}}}","text":"we rank posts","padding":" """;
            return start + new string('a', bytes - start.Length - 3) + "\"}}";
        }
    }

    [Fact]
    public async Task Whoever_sends_3000_messages_in_a_minute_is_told_to_slow_down_and_others_go_on()
    {
        await using var here = await SlackInstallation.StartAsync(postgres, quietPeriod: TimeSpan.FromSeconds(30));
        var thread = await here.BeginAsync();
        var other = here.Team.AddUser("U0OTHER");
        var theirs = await here.BeginAsync(other);
        var flood = Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) =>
            (await here.Slack.SendRawAsync("/slack/events", Message(n), Json)).Status.ShouldBe(200));
        await other.SayAsync("I am calm.", theirs);
        await here.UntilAskedAsync(() => here.SessionAsync(other), s => s.Said().Count == 1);
        await flood;
        await here.QuietAsync();

        (await here.SessionAsync()).Said().Count.ShouldBeInRange(1, 120, "60 a minute, over the turn of one");
        here.Replies(thread).ShouldContain(p => p.Shown.Contains("faster than I can follow", StringComparison.Ordinal));
        here.Replies(theirs, other).ShouldNotContain(p => p.Shown.Contains("faster than I can follow", StringComparison.Ordinal));
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<int>("select count(*)::int from slack_delivery where state = 'refused'")).ShouldBeGreaterThan(2800);

        string Message(int n) =>
            $$$"""{"type":"event_callback","team_id":"T0TEAM1","event_id":"F{{{n}}}","event":{"type":"message","user":"U0CAND1","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"1764500100.{{{n:D6}}}","thread_ts":"{{{thread}}}","text":"message {{{n}}}"}}""";
    }

    [Fact]
    public async Task Another_teams_user_of_the_same_name_writes_into_nobodys_interview()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        foreach (var (user, id) in new[] { ("U0STRANGER", "E1"), ("U0CAND2", "E2") })
        {
            var body = $$$"""{"type":"event_callback","team_id":"T0TEAM1","event_id":"{{{id}}}","event":{"type":"message","user":"{{{user}}}","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"1764500100.000100","thread_ts":"{{{thread}}}","text":"not mine"}}""";
            (await here.Slack.SendRawAsync("/slack/events", body, Json)).Status.ShouldBe(200);
        }

        // A team that never installed the app: Slack has to come again, as it may be being taken in at this moment.
        (await here.Slack.SendRawAsync("/slack/events", """{"type":"event_callback","team_id":"T0NOBODY","event_id":"E3","event":{"type":"message"}}""", Json)).Status.ShouldBe(503);
        await here.QuietAsync();
        (await here.SessionAsync()).Said().ShouldBeEmpty();
    }

    private static string At(int seconds) => (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);
}
