using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Events that come long after what they tell of, or not in the order in which it happened.</summary>
public sealed class SlackLateTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_event_of_yesterday_is_a_turn_and_one_only()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeSeconds();

        await TellAsync(here, thread, "Ev0LATE", yesterday, "000100", "We rank posts.");
        await here.QuietAsync();
        // The delivery again, and the message in another delivery.
        await TellAsync(here, thread, "Ev0LATE", yesterday, "000100", "We rank posts.", retry: 1);
        await TellAsync(here, thread, "Ev0AGAIN", yesterday, "000100", "We rank posts.");
        await here.QuietAsync();

        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Text.ShouldBe("We rank posts.");
        here.Replies(thread).Count.ShouldBe(2, "it was answered, once");
    }

    /// <summary>
    /// The order of turns is that in which they were received. It is the only one that is never changed afterwards: a message
    /// that has come may have been answered, and one that is still to come cannot be known of. Nothing is lost by it, as both
    /// stand in one answer, which is read as a whole, and a quote lies within one turn.
    /// </summary>
    [Fact]
    public async Task Two_messages_that_come_in_the_wrong_order_are_both_taken_in_the_order_in_which_they_came()
    {
        await using var here = await SlackInstallation.StartAsync(postgres, quietPeriod: TimeSpan.FromMinutes(10));
        var thread = await here.BeginAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        await TellAsync(here, thread, "Ev0SECOND", now, "000200", "For 60 million people.");
        await here.QuietAsync();
        await TellAsync(here, thread, "Ev0FIRST", now, "000100", "We rank posts.");
        await TellAsync(here, thread, "Ev0SECOND", now, "000200", "For 60 million people.", retry: 1);
        await TellAsync(here, thread, "Ev0FIRST", now, "000100", "We rank posts.", retry: 1);
        await here.QuietAsync();

        (await here.SessionAsync()).Turns().TakeLast(2).Select(t => (t.Speaker, t.Text)).ShouldBe([("candidate", "For 60 million people."), ("candidate", "We rank posts.")]);
        (await here.SessionAsync()).Said().Count.ShouldBe(2);
    }

    private static async Task TellAsync(SlackInstallation here, string thread, string id, long at, string number, string text, int retry = 0)
    {
        var ts = $"{at}.{number}";
        var body = $$$"""
            {"type":"event_callback","team_id":"{{{here.Team.Id}}}","event_id":"{{{id}}}","event_time":{{{at}}},"event":{"type":"message","user":"U0CAND1","channel":"{{{here.Candidate.Dm.Id}}}",
             "channel_type":"im","text":"{{{text}}}","ts":"{{{ts}}}","thread_ts":"{{{thread}}}","event_ts":"{{{ts}}}"} }
            """;
        (string, string)[] repeated = retry == 0 ? [] : [("X-Slack-Retry-Num", $"{retry}"), ("X-Slack-Retry-Reason", "http_timeout")];
        (await here.Slack.SendRawAsync("/slack/events", body, "application/json", extraHeaders: repeated)).Status.ShouldBe(200);
    }
}
