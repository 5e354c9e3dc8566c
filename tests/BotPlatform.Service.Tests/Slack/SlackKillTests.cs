using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Killed while Slack delivers and is posted to: what candidates wrote is there once, and so is what the bot said.</summary>
public sealed class SlackKillTests(PostgresFixture postgres)
{
    private const int Candidates = 12;
    private const int MessagesEach = 5;
    private const int Kills = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Killed_again_and_again_every_message_appears_once_on_both_sides()
    {
        // Slack repeats at once, after a minute and after five; here after three seconds and fifteen.
        var options = new SlackOptions { Limits = SlackLimits.None, RetryScale = 0.05 };
        await using var slack = await SlackServer.StartAsync(options);
        var team = slack.AddTeam("T0TEAM1", SlackInstallation.Scopes);
        await using var database = await postgres.CreateDatabaseAsync();
        var folder = TestFolder.Create();
        var port = ServiceProcess.FreePort();
        slack.DeliverTo(new Uri($"http://127.0.0.1:{port}"));
        using var limit = new CancellationTokenSource(Patience);
        var service = await ServeAsync();
        try
        {
            var heard = 0;
            var people = Enumerable.Range(1, Candidates).Select(n => team.AddUser($"U0CAND{n}")).ToArray();
            var interviews = Task.WhenAll(people.Select(p => InterviewAsync(p, () => Interlocked.Increment(ref heard), limit.Token)));
            var random = new Random(20260301);
            for (var kill = 1; kill <= Kills; kill++)
            {
                // Each time at another point of the work, known from the seed and not from the clock.
                var point = (Candidates * MessagesEach * kill / (Kills + 1)) + random.Next(-4, 4);
                while (Volatile.Read(ref heard) < point && !interviews.IsCompleted)
                    await Task.Delay(1, limit.Token);
                await service.KillAsync();
                service.Dispose();
                service = await ServeAsync();
            }

            var threads = await interviews;
            foreach (var (person, thread) in people.Zip(threads))
                ShouldBeWhole(person, thread);
            await ShouldBeSoundAsync(database, limit.Token);
        }
        finally
        {
            service.Dispose();
        }

        Directory.Delete(folder, recursive: true);

        Task<ServiceProcess> ServeAsync() => SlackKillTests.ServeAsync(slack, options, team, database, folder, port);
    }

    [Fact]
    public async Task Where_the_node_that_sends_is_killed_another_goes_on()
    {
        var options = new SlackOptions { Limits = SlackLimits.None };
        await using var slack = await SlackServer.StartAsync(options);
        var team = slack.AddTeam("T0TEAM1", SlackInstallation.Scopes);
        await using var database = await postgres.CreateDatabaseAsync();
        using var limit = new CancellationTokenSource(Patience);
        var (folders, ports) = ((TestFolder.Create(), TestFolder.Create()), (ServiceProcess.FreePort(), ServiceProcess.FreePort()));
        using var first = await ServeAsync(slack, options, team, database, folders.Item1, ports.Item1);
        slack.DeliverTo(new Uri($"http://127.0.0.1:{ports.Item1}"));
        var person = team.AddUser("U0CAND1");
        var thread = await BeginAsync(person, limit.Token);
        using var second = await ServeAsync(slack, options, team, database, folders.Item2, ports.Item2);
        slack.DeliverTo(new Uri($"http://127.0.0.1:{ports.Item2}"));
        for (var m = 1; m <= 4; m++)
        {
            if (m == 3)
                await first.KillAsync();
            await person.SayAsync(Message(m), thread);
            while (Replies(person, thread).Count <= m)
                await Task.Delay(20, limit.Token);
        }

        person.Dm.Posts.Count(p => p.ThreadTs is null).ShouldBe(1);
        Replies(person, thread).Count.ShouldBe(5, "one question for each answer");
        slack.Refusals.ShouldBeEmpty();
        Directory.Delete(folders.Item1, recursive: true);
        await second.StopAsync();
        Directory.Delete(folders.Item2, recursive: true);
    }

    private static Task<ServiceProcess> ServeAsync(SlackServer slack, SlackOptions options, SlackTeam team, TestDatabase database, string folder, int port) => ServiceProcess.ServeAsync(
        port,
        folder,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SLACK_BOT_TOKEN"] = team.BotToken,
            ["SLACK_SIGNING_SECRET"] = options.SigningSecret,
            ["Slack__ApiBaseUrl"] = slack.ApiBaseUrl.ToString(),
        },
        "--connection-string", database.ConnectionString, "--content", SmallContent.Folder, "--quiet-period", "0");

    /// <summary>One candidate, who writes the next message when the last one was answered.</summary>
    private static async Task<string> InterviewAsync(SlackPerson person, Action answered, CancellationToken cancellation)
    {
        var thread = await BeginAsync(person, cancellation);
        for (var m = 0; m <= MessagesEach; m++)
        {
            if (m > 0)
                await person.SayAsync(Message(m), thread);
            while (Replies(person, thread).Count <= m)
                await Task.Delay(20, cancellation);
            if (m > 0)
                answered();
        }

        return thread;
    }

    private static async Task<string> BeginAsync(SlackPerson person, CancellationToken cancellation)
    {
        // Slack repeats neither commands nor forms; a person does.
        while (person.Dm.Posts.Count == 0)
        {
            if (person.Modals.Count == 0)
                await person.SlashAsync(SlackInstallation.Command);
            else if (!person.Modals[^1].ActionIds.Contains("problem"))
                // It has begun, though its form was not answered.
                await person.CloseAsync(person.Modals[^1]);
            else if ((await person.SuggestAsync("problem", "")).Acknowledged)
                await person.SubmitAsync(person.Modals[^1], ("problem", SmallContent.Problem), ("level", "mid"), ("mode", "practice"));
            await Task.Delay(100, cancellation);
        }

        return person.Dm.Posts[0].Ts;
    }

    private static void ShouldBeWhole(SlackPerson person, string thread)
    {
        person.Dm.Posts.Count(p => p.ThreadTs is null).ShouldBe(1, "one first message");
        var replies = Replies(person, thread);
        replies.Count.ShouldBe(MessagesEach + 1, "one question for each answer");
        replies.Select(p => p.Metadata!.Value.GetProperty("event_payload").GetProperty("key").GetString()).ShouldBeUnique();
    }

    private static async Task ShouldBeSoundAsync(TestDatabase database, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        (await connection.QueryAsync<string>(
            """
            select string_agg(body, ' ' order by n) from turn join turn_text using (workspace_id, session_id, text_id)
            where speaker = 'candidate' group by session_id
            """)).ShouldBe(Enumerable.Repeat(string.Join(' ', Enumerable.Range(1, MessagesEach).Select(Message)), Candidates));
        // Slack tells the bot of its own last posts too.
        while (await connection.QuerySingleAsync<bool>("select exists (select 1 from slack_delivery where state = 'due')"))
            await Task.Delay(20, cancellation);
        (await connection.QuerySingleAsync<int>("select count(*)::int from slack_delivery where state <> 'done'")).ShouldBe(0);
        (await connection.QuerySingleAsync<int>("select count(*)::int from outbox where state = 'dead'")).ShouldBe(0);
    }

    private static List<SlackPost> Replies(SlackPerson person, string thread) => [.. person.Posts(thread).Where(p => p.ThreadTs == thread)];

    private static string Message(int m) => $"Answer {m}: we order the feed by ranking.";
}
