using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests;

/// <summary>Two services on one database are one product.</summary>
public sealed class TwoNodesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestDatabase? _database;
    private ServiceUnderTest? _one;
    private ServiceUnderTest? _other;

    private HttpClient One => _one!.Http;

    private HttpClient Other => _other!.Http;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _one = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, shared: _database);
        _other = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, shared: _database);
    }

    public async ValueTask DisposeAsync()
    {
        await _one!.DisposeAsync();
        await _other!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task Messages_to_either_are_taken_once_and_in_order()
    {
        const int Messages = 12;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var session = await One.BeginAsync();
            for (var m = 1; m <= Messages; m++)
            {
                // Sent to both, as by a client that lost the first connection.
                using var first = await (m % 2 == 0 ? One : Other).SayAsync(session, $"m{m}", $"Answer {m}.");
                using var again = await (m % 2 == 0 ? Other : One).SayAsync(session, $"m{m}", $"Answer {m}.");
                (first.IsSuccessStatusCode && again.IsSuccessStatusCode).ShouldBeTrue();
            }

            var told = await Other.UntilAsync(session, s => s.Said().Count >= Messages && s.Turns()[^1].Speaker == "interviewer");
            told.Said().Select(t => t.Text).ShouldBe(Enumerable.Range(1, Messages).Select(m => $"Answer {m}."));
        }));
    }

    [Fact]
    public async Task A_page_on_one_node_shows_at_once_what_happens_on_the_other()
    {
        var session = await One.BeginAsync();
        await using var page = await SessionEvents.OpenAsync(Other, session);
        (await page.NextStateAsync()).Turns.Count.ShouldBe(1);

        await One.SayAndHearAsync(session, "m1", "Said on one node.");

        var seen = new List<string>();
        while (seen.Count < 2)
            seen.AddRange((await page.NextStateAsync()).Turns.Select(t => t.Text));
        seen[0].ShouldBe("Said on one node.");
    }

    [Fact]
    public async Task What_is_committed_while_a_session_is_read_has_its_text()
    {
        var session = await One.BeginAsync();
        await One.SayAndHearAsync(session, "m1", "We rank posts.");
        await using var writer = await _database!.Source.OpenConnectionAsync();
        await using var transaction = await writer.BeginTransactionAsync();

        // The reader gets as far as the events, and goes on once another event and its text are committed.
        await writer.ExecuteAsync("lock table session_event in access exclusive mode");
        var reading = Other.SessionAsync(session);
        await UntilAsync("select count(*) > 0 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%session_event%'");
        await writer.ExecuteAsync(
            """
            insert into turn_text (workspace_id, session_id, text_id, body)
            select workspace_id, session_id, @text, 'Said meanwhile.' from session where session_id = @session;
            insert into session_event (workspace_id, session_id, number, type, schema_version, at, data)
            select workspace_id, session_id, (select max(number) + 1 from session_event where session_id = @session), type, schema_version, at,
              data || jsonb_build_object('n', 99, 'key', 'm2', 'text', @text)
            from session_event where session_id = @session and type = 'said' and data ->> 'key' = 'm1'
            """,
            new { session = Guid.Parse(session), text = new Guid("00000000-0000-0000-0000-00000000000e") });
        await transaction.CommitAsync();

        (await reading).Said().Select(t => t.Text).ShouldBe(["We rank posts.", "Said meanwhile."]);
    }

    [Fact]
    public async Task A_page_ends_when_its_session_is_deleted_on_the_other_node()
    {
        var session = await One.BeginAsync();
        await using var page = await SessionEvents.OpenAsync(Other, session);
        await page.NextStateAsync();

        (await One.DeleteAsync($"{Api.Sessions}/{session}")).EnsureSuccessStatusCode();

        (await page.NextAsync())!.Value.Type.ShouldBe("gone");
    }

    [Fact]
    public async Task A_node_that_lost_its_ear_looks_at_everything_once_it_hears_again()
    {
        var session = await One.BeginAsync();
        await using var page = await SessionEvents.OpenAsync(Other, session);
        await page.NextStateAsync();

        await using (var connection = await _database!.Source.OpenConnectionAsync())
            await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'");
        await One.SayAndHearAsync(session, "m1", "Said meanwhile.");

        var seen = new List<string>();
        while (seen.Count < 2)
            seen.AddRange((await page.NextStateAsync()).Turns.Select(t => t.Text));
        seen[0].ShouldBe("Said meanwhile.");
    }

    [Fact]
    public async Task Nodes_do_not_tell_each_other_of_a_session_that_is_gone()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var one = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, shared: database);
        await using var two = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, shared: database);
        await using var ear = await database.Source.OpenConnectionAsync();
        var gone = new SessionKey(Workspace.Local, new Guid("00000000-0000-0000-0000-00000000000f"));
        var heard = 0;
        ear.Notification += (_, notice) => heard += notice.Payload.Contains(gone.Session.ToString("N"), StringComparison.Ordinal) ? 1 : 0;
        await using (var listen = new Npgsql.NpgsqlCommand("listen botplatform_sessions", ear))
            await listen.ExecuteNonQueryAsync();
        one.Get<WorkQueue>().Ask(gone);
        // Another session is told of afterwards: by then the first would have gone to and fro.
        var id = await one.Http.BeginAsync();
        await one.Http.SayAndHearAsync(id, "m1", "We rank posts.");
        await ear.WaitAsync(TimeSpan.FromSeconds(2));

        heard.ShouldBe(0);
    }

    private async Task UntilAsync(string sql)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var connection = await _database!.Source.OpenConnectionAsync();
        while (!await connection.QuerySingleAsync<bool>(sql))
            await Task.Delay(10, limit.Token);
    }
}
