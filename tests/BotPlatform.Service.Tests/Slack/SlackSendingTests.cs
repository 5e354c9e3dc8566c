using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Slack;
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

    [Fact]
    public async Task After_an_outage_a_question_has_its_buttons_still()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Faults.Status(Post, 503, 3);
        (await here.SayAndHearAsync(thread, "We rank posts.")).ActionIds.ShouldContain("hint");
    }

    [Fact]
    public async Task A_token_that_expires_while_a_post_is_looked_up_makes_no_second_post()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        here.Slack.Faults.AcceptThenReset(Post);
        here.Slack.Faults.Error("conversations.replies", "token_expired");
        await here.Candidate.SayAsync("We rank posts.", thread);
        var outbox = here.Service.Get<Outbox>();
        await here.UntilAskedAsync(() => outbox.WaitingAsync(CancellationToken.None), all => all.Any(w => w.Error.Contains("token_expired", StringComparison.Ordinal)));
        await outbox.RetryAsync(null, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await here.QuietAsync();

        Questions(here, thread).ShouldBe(2);
    }

    [Fact]
    public async Task Retry_After_holds_for_all_posts_to_the_team()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var other = here.Team.AddUser("U0OTHER");
        var theirs = await here.BeginAsync(other);
        await here.QuietAsync();
        here.Slack.Faults.RateLimit(Post, seconds: 4, count: 1);
        await here.Candidate.SayAsync("We rank posts.", thread);
        await here.UntilAsync(() => here.Slack.Calls, calls => calls.Any(c => c.Error == "ratelimited"));
        await other.SayAsync("We rank posts.", theirs);
        await here.Candidate.SayAsync("help");
        await here.QuietAsync();

        here.Slack.Refusals.ShouldBeEmpty();
        here.Slack.Calls.Count(c => c.Error == "ratelimited").ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_is_not_the_teams_sender_any_more_posts_nothing()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        await here.QuietAsync();
        var before = Questions(here, thread);
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        await using (await AnotherSenderAsync(here, connection))
        {
            await here.Candidate.SayAsync("We rank posts.", thread);
            await here.UntilAskedAsync(async () => await connection.QuerySingleAsync<int>("select count(*)::int from outbox where state = 'attempting'"), n => n > 0);
            await Task.Delay(TimeSpan.FromSeconds(3));
            Questions(here, thread).ShouldBe(before);
        }

        await connection.ExecuteAsync("drop trigger taken_over on outbox; update slack_team set sender = null");
        await here.QuietAsync();
        Questions(here, thread).ShouldBe(before + 1);
    }

    [Fact]
    public async Task One_refused_answer_does_not_silence_a_channel()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var channel = here.Team.AddChannel("C0GENERAL");
        here.Slack.Faults.Error("chat.postEphemeral", "user_not_in_channel", 2);
        await here.Team.AddUser("U0GONE").MentionAsync(channel, "hi");
        await here.QuietAsync();
        await here.Candidate.MentionAsync(channel, "hi");
        await here.UntilAsync(() => here.Candidate.Ephemerals, seen => seen.Count == 1);
    }

    [Fact]
    public async Task A_channel_in_which_much_is_said_holds_up_nobody_else()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var other = here.Team.AddUser("U0OTHER");
        var thread = await here.BeginAsync(other);
        await here.QuietAsync();
        var (workspace, posts) = (BotPlatform.Adapters.Postgres.SlackTeam.WorkspaceOf(here.Team.Id), here.Service.Get<SlackPosts>());
        for (var n = 0; n < 40; n++)
            await posts.AddAsync(workspace, new SayPost(Saying.Help, here.Candidate.Dm.Id, null, $"U1{n:D3}").As(workspace, null, $"{n}"), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await here.SayAndHearAsync(thread, "We rank posts.", other);

        here.Candidate.Dm.Posts.Count.ShouldBeLessThan(40, "the other was answered before all that was said");
    }

    // A node that lives: its sign of life is a lock on a connection of its own.
    // Takes over in the moment in which the attempt at the next question has begun.
    private static async Task<Npgsql.NpgsqlConnection> AnotherSenderAsync(SlackInstallation here, Npgsql.NpgsqlConnection connection)
    {
        var alive = await here.Service.Database.Source.OpenConnectionAsync();
        await SlackSenders.ShowAliveAsync(alive, new Guid("00000000-0000-0000-0000-00000000000f"), CancellationToken.None);
        await connection.ExecuteAsync(
            """
            create function taken_over() returns trigger language plpgsql as $$
            begin
              update slack_team set sender = '00000000-0000-0000-0000-00000000000f', sender_until = now() + interval '1 hour';
              return new;
            end $$;
            create trigger taken_over after update on outbox for each row
              when (new.kind = 'slack_turn' and new.state = 'attempting' and old.state = 'queued') execute function taken_over();
            """);
        return alive;
    }
}
