using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>What Slack's limits and outages do to what the bot posts: each message once, in order, late at worst.</summary>
public sealed class SlackSendingTests(PostgresFixture postgres)
{
    private const string Post = "chat.postMessage";

    [Fact]
    public async Task A_post_that_Slack_took_without_saying_so_is_looked_up_and_not_repeated()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Faults.AcceptThenReset(Post, 2);
        await here.SayAndHearAsync(thread, "We rank posts.");
        await here.SayAndHearAsync(thread, "For 60 million people.");
        await here.QuietAsync();

        Questions(here, thread).ShouldBe(3);
        here.Slack.Calls.ShouldContain(c => c.Method == "conversations.replies");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task So_is_the_first_post_of_an_interview()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        here.Slack.Faults.AcceptThenReset(Post);
        var thread = await here.BeginAsync();
        await here.QuietAsync();

        here.Candidate.Dm.Posts.Count(p => p.ThreadTs is null).ShouldBe(1);
        Questions(here, thread).ShouldBe(1);
        here.Slack.Calls.ShouldContain(c => c.Method == "conversations.history");
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    public async Task An_outage_makes_posts_late_and_loses_none(int status)
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Faults.Status(Post, status, 2);
        await here.SayAndHearAsync(thread, "We rank posts.");
        await here.QuietAsync();

        Questions(here, thread).ShouldBe(2);
    }

    [Fact]
    public async Task Retry_After_is_obeyed()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Faults.RateLimit(Post, seconds: 2, count: 1);
        await here.SayAndHearAsync(thread, "We rank posts.");

        Questions(here, thread).ShouldBe(2);
        here.Slack.Refusals.ShouldBeEmpty("nothing came before Retry-After was over");
    }

    [Fact]
    public async Task Slacks_pace_is_kept_where_much_is_to_be_posted_and_the_order_too()
    {
        await using var here = await SlackInstallation.StartAsync(postgres, limits: new SlackLimits());
        var thread = await here.BeginAsync();
        foreach (var word in new[] { "help", "status", "results", "time", "delete my data", "start" })
            await here.Candidate.SayAsync(word, thread);
        await here.QuietAsync();

        here.Replies(thread).Count.ShouldBe(7);
        here.Slack.Calls.ShouldNotContain(c => c.Error == "ratelimited");
        here.Slack.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_Slack_will_not_have_is_shown_to_an_operator_holds_up_its_own_thread_only_and_goes_out_when_tried_again()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Faults.Error(Post, "restricted_action", 5);
        await here.Candidate.SayAsync("We rank posts.", thread);
        var outbox = here.Service.Get<Outbox>();
        var waiting = await here.UntilAskedAsync(() => outbox.WaitingAsync(CancellationToken.None), all => all.Any(w => w.State == "dead"));
        waiting.Single(w => w.State == "dead").Error.ShouldBe("Slack answered restricted_action");
        var other = here.Team.AddUser("U0OTHER");
        await here.BeginAsync(other);
        Questions(here, thread).ShouldBe(1);

        (await outbox.RetryAsync(null, TimeProvider.System.GetUtcNow(), CancellationToken.None)).ShouldBeGreaterThan(0);
        await here.UntilAsync(() => here.Replies(thread), posts => posts.Count == 2);
    }

    [Fact]
    public async Task Blocks_that_Slack_refuses_go_out_as_words()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Faults.Error(Post, "invalid_blocks", 2);
        var question = await here.SayAndHearAsync(thread, "We rank posts.");

        question.Blocks.GetArrayLength().ShouldBe(0);
        question.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Two_nodes_post_everything_once()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        await using var second = await ServiceUnderTest.StartAsync(
            postgres, content: SmallContent.Folder, shared: here.Service.Database, slack: SlackInstallation.SettingsOf(here.Slack, new SlackOptions(), here.Team));
        var thread = await here.BeginAsync();
        for (var n = 1; n <= 6; n++)
        {
            here.Slack.DeliverTo(n % 2 == 0 ? here.Service.Address : second.Address);
            await here.SayAndHearAsync(thread, $"Answer {n}: we rank posts by relevance.");
        }

        await here.QuietAsync();
        Questions(here, thread).ShouldBe(7);
        (await here.SessionAsync()).Said().Count.ShouldBe(6);
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<int>("select count(distinct sender)::int from slack_team where sender is not null")).ShouldBe(1);
    }

    private static int Questions(SlackInstallation here, string thread) => here.Replies(thread).Count;
}
