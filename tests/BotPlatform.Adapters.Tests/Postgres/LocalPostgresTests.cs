using System.Diagnostics;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Npgsql;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Postgres;

public sealed class LocalPostgresTests : IAsyncLifetime
{
    private readonly string folder = TestFolder.Create();
    private readonly List<string> said = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await ServerStatus.StopAsync(folder, default);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Data_survives_stop_and_start()
    {
        await using (var first = await OpenAsync()) await ExecuteAsync(first, "create table kept (id int)");
        (await ServerStatus.OfAsync(folder, default)).ShouldHaveSingleItem().Running.ShouldBeFalse();

        await using var second = await OpenAsync();

        await ExecuteAsync(second, "insert into kept values (1)");
        second.IsPrivate.ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_instance_attaches_and_the_last_to_leave_stops_the_server()
    {
        var first = await OpenAsync();
        var second = await OpenAsync();
        await ExecuteAsync(first, "create table shared (id int)");
        await ExecuteAsync(second, "insert into shared values (1)");
        said.Count(line => line.StartsWith("starting", StringComparison.Ordinal)).ShouldBe(1);

        await first.DisposeAsync();
        await ExecuteAsync(second, "insert into shared values (2)");
        await second.DisposeAsync();

        (await ServerStatus.OfAsync(folder, default)).ShouldHaveSingleItem().Running.ShouldBeFalse();
    }

    [Fact]
    public async Task Instances_that_start_at_once_share_one_server()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync())));

        all.Select(d => d.Location).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        foreach (var database in all) await ExecuteAsync(database, "select 1");
        foreach (var database in all) await database.DisposeAsync();
    }

    [Fact]
    public async Task The_server_stays_while_another_client_is_connected()
    {
        var database = await OpenAsync();
        await using var other = new NpgsqlConnection(database.Source.ConnectionString + ";Pooling=false;Password=" + Password());
        await other.OpenAsync();

        await database.DisposeAsync();

        await using var command = new NpgsqlCommand("select 1", other);
        (await command.ExecuteScalarAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_what_was_committed()
    {
        await using var database = await OpenAsync(durable: true);
        await ExecuteAsync(database, "create table kept (id int); insert into kept values (7)");
        await KillServerAsync();

        await using var next = await OpenAsync();

        await using var command = next.Source.CreateCommand("select id from kept");
        (await command.ExecuteScalarAsync()).ShouldBe(7);
    }

    [Fact]
    public async Task A_server_that_died_is_revived_where_open_connections_find_it()
    {
        await using var database = await OpenAsync(durable: true);
        await ExecuteAsync(database, "create table kept (id int)");
        await KillServerAsync();

        (await database.ReviveAsync(said.Add, default)).ShouldBeNull();

        database.Source.Clear();
        await ExecuteAsync(database, "insert into kept values (1)");
    }

    [Fact]
    public async Task A_process_number_that_now_belongs_to_another_program_is_no_server()
    {
        await (await OpenAsync()).DisposeAsync();
        var stale = $"{Environment.ProcessId}\n{Cluster()}\n1\n5999\n\n127.0.0.1\n";
        await File.WriteAllTextAsync(Path.Combine(Cluster(), "postmaster.pid"), stale);

        await using var database = await OpenAsync();

        await ExecuteAsync(database, "select 1");
    }

    [Fact]
    public async Task Data_of_another_major_is_left_alone_and_said_loudly()
    {
        var other = Path.Combine(folder, "postgres", "9", "cluster");
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "PG_VERSION"), "9\n");

        await using var database = await OpenAsync();

        said.ShouldContain(line => line.StartsWith("WARNING", StringComparison.Ordinal)
            && line.Contains(Path.GetDirectoryName(other)!, StringComparison.Ordinal)
            && line.Contains("database dump", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_holds_another_major_than_its_name_says_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Cluster(), "PG_VERSION"), "9\n");

        (await TryOpenAsync()).Refused!.Message.ShouldContain("holds data of PostgreSQL 9");
    }

    [Fact]
    public async Task Half_made_data_of_a_killed_process_is_made_anew()
    {
        var binaries = (await PostgresBinaries.FindAsync(PostgresSearch.Of(DataFolder.Default()), said.Add, default)).Value!;
        var halfMade = Path.Combine(folder, "postgres", $"{binaries.Major}", "cluster.new");
        Directory.CreateDirectory(halfMade);
        await File.WriteAllTextAsync(Path.Combine(halfMade, "PG_VERSION"), $"{binaries.Major}\n");

        await using var database = await OpenAsync();

        await ExecuteAsync(database, "select 1");
    }

    [Fact]
    public async Task What_candidates_wrote_does_not_reach_the_log_of_the_server()
    {
        await using var database = await OpenAsync();
        await ExecuteAsync(database, "create table turn (body text unique check (body <> 'my secret'))");
        string[] failing = ["insert into turn values ('my secret')", "select 'my secret'::int", "select nothing 'my secret'"];

        foreach (var sql in failing)
            await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(database, sql));

        var log = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Cluster())!, "server.log"));
        log.ShouldContain("ready to accept connections");
        log.ShouldNotContain("my secret");
    }

    [Fact]
    public async Task The_password_is_readable_by_its_owner_only()
    {
        await (await OpenAsync()).DisposeAsync();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(Path.GetDirectoryName(Cluster())!, "password"))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Status_tells_port_process_and_clients_and_stop_stops()
    {
        await using var database = await OpenAsync();
        await using var connection = await database.Source.OpenConnectionAsync();

        var status = (await ServerStatus.OfAsync(folder, default)).ShouldHaveSingleItem();
        status.Running.ShouldBeTrue();
        connection.DataSource.ShouldEndWith($":{status.Port}");
        status.Clients.ShouldBe(1);

        (await ServerStatus.StopAsync(folder, default)).Value.ShouldHaveSingleItem();
        (await ServerStatus.OfAsync(folder, default)).ShouldHaveSingleItem().Running.ShouldBeFalse();
        (await ServerStatus.StopAsync(folder, default)).Value.ShouldBeEmpty();
    }

    private async Task<Database> OpenAsync(bool durable = false) => (await TryOpenAsync(durable)).TryGet(out var database, out var refusal)
        ? database
        : throw new InvalidOperationException(refusal);

    private Task<Outcome<Database>> TryOpenAsync(bool durable = false) => Database.OpenAsync(
        new DatabaseOptions(null, folder, durable) { Search = PostgresSearch.Of(DataFolder.Default()) },
        line => { lock (said) said.Add(line); },
        default);

    private string Cluster() => Directory.GetDirectories(folder, "cluster", SearchOption.AllDirectories).Single();

    private string Password() => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Cluster())!, "password")).Trim();

    private async Task KillServerAsync()
    {
        var pid = (await ServerStatus.OfAsync(folder, default)).Single().ProcessId!.Value;
        using var server = Process.GetProcessById(pid);
        server.Kill();
        await server.WaitForExitAsync();
    }

    private static async Task ExecuteAsync(Database database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
