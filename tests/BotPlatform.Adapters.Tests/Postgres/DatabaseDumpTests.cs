using System.IO.Compression;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Postgres;

public sealed class DatabaseDumpTests(PostgresFixture postgres) : IAsyncLifetime
{
    // A cycle of foreign keys, an order of names that is not theirs, a trigger, and every kind of value that is hard.
    private const string Schema =
        """"
        create type mood as enum ('calm', 'cross');
        create table region (id bigint generated always as identity primary key, capital bigint);
        create table city (id bigint generated always as identity primary key, region bigint not null references region,
          name text not null, moods mood[] not null, raw bytea not null, facts jsonb not null, seen timestamptz,
          loud text generated always as (upper(name)) stored);
        alter table region add constraint capital_is_a_city foreign key (capital) references city;
        create table setting ("Key ""quoted""" text primary key);
        insert into setting values ('from the migration');
        create function refuse() returns trigger language plpgsql as $$ begin raise 'append only'; end $$;
        create trigger append_only before update or delete or truncate on setting execute function refuse();
        """";

    private const string Rows =
        """
        insert into region default values;
        insert into city (region, name, moods, raw, facts, seen) values
          (1, E'tab\t line\n return\r back\\slash \\. nul-like ␀ 東京', '{calm,cross}', '\x00ff0a', '{"a": [1, null]}', '2026-01-02 03:04:05.678901+00'),
          (1, '\.', '{}', '', '{}', null);
        update region set capital = 1;
        """;

    private readonly string folder = TestFolder.Create();
    private TestDatabase from = null!;
    private TestDatabase to = null!;

    private string Migrated => Path.Combine(folder, "migrations");

    private string File => Path.Combine(folder, "all.dump");

    public async ValueTask InitializeAsync()
    {
        from = await postgres.CreateEmptyDatabaseAsync();
        to = await postgres.CreateEmptyDatabaseAsync();
        Directory.CreateDirectory(Migrated);
        await WriteMigrationAsync("0001_start.sql", Schema);
        await MigrateAsync(from);
        await ExecuteAsync(from, Rows);
    }

    public async ValueTask DisposeAsync()
    {
        await from.DisposeAsync();
        await to.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Everything_comes_back_as_it_was_and_numbers_go_on()
    {
        (await DumpAsync()).Value.ShouldBe(new DumpSummary(1, 3, 4));
        await MigrateAsync(to);

        (await RestoreAsync()).Value.ShouldBe(new DumpSummary(1, 3, 4));

        foreach (var table in (string[])["region", "city", "setting"])
            (await TextAsync(to, table)).ShouldBe(await TextAsync(from, table));
        await ExecuteAsync(to, "insert into city (region, name, moods, raw, facts) values (1, 'next', '{}', '', '{}')");
        (await ScalarAsync(to, "select max(id) from city")).ShouldBe(3L);
        (await ScalarAsync(to, "select count(*) from pg_constraint where contype = 'f'")).ShouldBe(2L);
    }

    [Fact]
    public async Task An_older_dump_is_loaded_into_its_own_schema_and_then_migrated()
    {
        await DumpAsync();
        await WriteMigrationAsync("0002_longer.sql", "alter table city rename column name to title; update city set title = title || '!' where id = 2;");
        await MigrateAsync(to);

        (await RestoreAsync()).Refused.ShouldBeNull();

        (await ScalarAsync(to, "select title from city where id = 2")).ShouldBe(@"\.!");
        (await Migrations.AppliedAsync(to.Source, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_database_with_rows_is_kept_unless_replacing_is_asked_for()
    {
        await DumpAsync();
        await MigrateAsync(to);
        await ExecuteAsync(to, "insert into setting values ('mine')");

        (await RestoreAsync()).Refused!.Message.ShouldBe(
            "the database already holds data (2 rows in setting): "
            + "restore into an empty one, or say --replace to lose what is there");
        (await ScalarAsync(to, "select count(*) from setting")).ShouldBe(2L);

        (await RestoreAsync(replace: true)).Refused.ShouldBeNull();
        (await ScalarAsync(to, "select count(*) from setting")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_dump_of_a_newer_version_is_refused()
    {
        await WriteMigrationAsync("0002_newer.sql", "select 1;");
        await MigrateAsync(from);
        await DumpAsync();
        System.IO.File.Delete(Path.Combine(Migrated, "0002_newer.sql"));

        (await RestoreAsync()).Refused!.Message.ShouldContain("was made by a newer version (migration 2, this version knows 1)");
    }

    [Fact]
    public async Task A_database_in_use_is_not_restored_into()
    {
        await DumpAsync();
        await using var other = new Npgsql.NpgsqlConnection(to.ConnectionString + ";Pooling=false");
        await other.OpenAsync();

        (await RestoreAsync()).Refused!.Message.ShouldContain("stop the service first");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_truncated_dump_changes_nothing(double kept)
    {
        await DumpAsync();
        await MigrateAsync(to);
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await System.IO.File.WriteAllBytesAsync(File, bytes[..(int)(bytes.Length * kept)]);

        (await RestoreAsync()).Refused!.Message.ShouldStartWith(File);

        (await ScalarAsync(to, "select count(*) from city")).ShouldBe(0L);
        (await ScalarAsync(to, "select count(*) from setting")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_dump_that_ends_within_a_table_changes_nothing()
    {
        await DumpAsync();
        await MigrateAsync(to);
        var lines = await LinesAsync();
        var city = lines.FindIndex(l => l.Contains("calm,cross", StringComparison.Ordinal));
        await using (var gzip = new GZipStream(System.IO.File.Create(File), CompressionLevel.Fastest))
        await using (var writer = new StreamWriter(gzip))
            await writer.WriteAsync(string.Join('\n', lines[..(city + 1)]) + "\n");

        (await RestoreAsync()).Refused!.Message.ShouldContain("is damaged");

        (await ScalarAsync(to, "select count(*) from city")).ShouldBe(0L);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.99)]
    public async Task A_dump_with_a_flipped_bit_changes_nothing(double at)
    {
        await DumpAsync();
        await MigrateAsync(to);
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes[(int)(bytes.Length * at)] ^= 0x10;
        await System.IO.File.WriteAllBytesAsync(File, bytes);

        (await RestoreAsync()).Refused!.Message.ShouldStartWith(File);

        (await ScalarAsync(to, "select count(*) from city")).ShouldBe(0L);
    }

    [Fact]
    public async Task What_is_no_dump_is_refused_by_name()
    {
        await System.IO.File.WriteAllTextAsync(File, "hello");
        (await RestoreAsync()).Refused!.Message.ShouldStartWith(File);

        System.IO.File.Delete(File);
        (await RestoreAsync()).Refused!.Message.ShouldContain(File);
    }

    [Fact]
    public async Task A_dump_is_readable_by_its_owner_only()
    {
        await DumpAsync();

        if (!OperatingSystem.IsWindows())
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(folder, "*.partial").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dump_that_cannot_be_written_says_where() =>
        (await DatabaseDump.WriteAsync(from.Source, Path.Combine(folder, "nowhere", "x"), default))
            .Refused!.Message.ShouldStartWith("cannot write");

    private Task WriteMigrationAsync(string name, string sql) =>
        System.IO.File.WriteAllTextAsync(Path.Combine(Migrated, name), sql);

    private async Task<List<string>> LinesAsync()
    {
        await using var gzip = new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return [.. (await reader.ReadToEndAsync()).Split('\n')];
    }

    private async Task MigrateAsync(TestDatabase database) =>
        (await Migrations.ApplyAsync(database.Source, Migrated, default)).Refused.ShouldBeNull();

    private Task<Outcome<DumpSummary>> DumpAsync() => DatabaseDump.WriteAsync(from.Source, File, default);

    private Task<Outcome<DumpSummary>> RestoreAsync(bool replace = false) =>
        DatabaseRestore.RunAsync(to.Source, Migrated, File, replace, default);

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static Task<object?> TextAsync(TestDatabase database, string table) =>
        ScalarAsync(database, $"select string_agg(t::text, '|' order by t::text) from {table} t");
}
