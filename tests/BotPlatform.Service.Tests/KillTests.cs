using System.Net;
using System.Text.Json;
using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests;

/// <summary>What candidates say survives the end of the process at any moment.</summary>
public sealed class KillTests(PostgresFixture postgres)
{
    private const int Sessions = 200;
    private const int MessagesEach = 10;
    private const int Kills = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Killed_again_and_again_during_200_sessions_it_keeps_every_message_once_and_in_order()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var folder = TestFolder.Create();
        var port = ServiceProcess.FreePort();
        using var limit = new CancellationTokenSource(Patience);
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromSeconds(10),
        };
        var service = await ServeAsync();
        try
        {
            var said = 0;
            var candidates = Task.WhenAll(Enumerable.Range(0, Sessions).Select(n => InterviewAsync(http, n, () => Interlocked.Increment(ref said), limit.Token)));
            // Each time at another point of the work, known from the seed and not from the clock.
            var random = new Random(20260101);
            for (var kill = 1; kill <= Kills; kill++)
            {
                var point = (Sessions * MessagesEach * kill / (Kills + 1)) + random.Next(-60, 60);
                while (Volatile.Read(ref said) < point && !candidates.IsCompleted)
                    await Task.Delay(1, limit.Token);
                await service.KillAsync();
                service.Dispose();
                service = await ServeAsync();
            }

            var sessions = await candidates;
            sessions.Distinct().Count().ShouldBe(Sessions);
            foreach (var session in sessions)
                await ShouldHaveAllAsync(http, session, limit.Token);
            await ShouldBeSoundAsync(database);
        }
        finally
        {
            service.Dispose();
        }

        var (exit, output) = await ServiceProcess.RunAsync("", "replay", "--connection-string", database.ConnectionString, "--data-dir", folder);
        output.ShouldContain($"{Sessions} sessions replayed, 0 with differences");
        exit.ShouldBe(0);
        Directory.Delete(folder, recursive: true);

        Task<ServiceProcess> ServeAsync() => ServiceProcess.ServeAsync(
            port, folder, "--connection-string", database.ConnectionString, "--content", SmallContent.Folder, "--quiet-period", "0");
    }

    /// <summary>One candidate, who sends each message until it is acknowledged, and only then the next.</summary>
    private static async Task<string> InterviewAsync(HttpClient http, int number, Action acknowledged, CancellationToken cancellation)
    {
        var created = await UntilAcknowledgedAsync(
            http,
            () => new HttpRequestMessage(HttpMethod.Post, Api.Sessions)
            {
                Headers = { { "Idempotency-Key", $"candidate {number}" } },
                Content = Json(new { problem = "feed", level = "mid" }),
            },
            cancellation);
        var session = JsonDocument.Parse(created).RootElement.GetProperty("id").GetString()!;
        for (var m = 1; m <= MessagesEach; m++)
        {
            var body = new { id = $"m{m}", text = Message(m) };
            await UntilAcknowledgedAsync(
                http,
                () => new HttpRequestMessage(HttpMethod.Post, $"{Api.Sessions}/{session}/messages") { Content = Json(body) },
                cancellation);
            acknowledged();
        }

        return session;
    }

    private static async Task<string> UntilAcknowledgedAsync(HttpClient http, Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var response = await http.SendAsync(request(), cancellation);
                if (response.IsSuccessStatusCode)
                    return await response.Content.ReadAsStringAsync(cancellation);
                response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                // Killed before it could answer: whether the message was taken is not known, so it is sent again.
            }

            await Task.Delay(50, cancellation);
        }
    }

    private static async Task ShouldHaveAllAsync(HttpClient http, string session, CancellationToken cancellation)
    {
        var told = await http.UntilAsync(session, s => s.Said().Count >= MessagesEach && s.Turns()[^1].Speaker == "interviewer");
        cancellation.ThrowIfCancellationRequested();
        told.Said().Select(t => t.Text).ShouldBe(Enumerable.Range(1, MessagesEach).Select(Message));
        told.Turns().Select(t => t.N).ShouldBe(Enumerable.Range(1, told.Turns().Count));
        told.Turns().Where((t, i) => t.Speaker != (i % 2 == 0 ? "interviewer" : "candidate")).ShouldBeEmpty("every answer has its question, and one only");
    }

    /// <summary>The same from the tables: the log without gaps, each message in it once, nothing left to do.</summary>
    private static async Task ShouldBeSoundAsync(TestDatabase database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<int>("select count(*)::int from session")).ShouldBe(Sessions);
        (await connection.QuerySingleAsync<int>("select count(*)::int from inbox where kind not like 'timer%' and state <> 'done'")).ShouldBe(0);
        (await connection.QuerySingleAsync<int>("select count(*)::int from inbox where state = 'dead' or due_at < now() - interval '5 s' and state = 'due'")).ShouldBe(0);
        (await connection.QueryAsync<Guid>(
            """
            select session_id from session s join session_event e using (workspace_id, session_id)
            group by session_id, s.version
            having count(*) <> s.version or max(e.number) <> s.version or min(e.number) <> 1
            """)).ShouldBeEmpty("versions have no gaps");
        (await connection.QueryAsync<string>(
            """
            select string_agg(e.data ->> 'key', ' ' order by e.number) from session_event e
            where e.type = 'said' and e.data ->> 'key' is not null group by e.session_id
            """)).Distinct().ShouldBe([string.Join(' ', Enumerable.Range(1, MessagesEach).Select(m => $"m{m}"))]);
    }

    private static string Message(int m) => $"Answer {m}: we order the feed by ranking.";

    private static StringContent Json<T>(T body) => new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}
