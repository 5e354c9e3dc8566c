using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Npgsql;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Postgres;

public sealed class MigrationsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = TestFolder.Create();
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await postgres.CreateEmptyDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Migrations_are_applied_in_order_and_only_once()
    {
        Write("0001_start.sql", "create table fruit (name text primary key);");
        Write("0002_apples.sql", "insert into fruit values ('apple'); insert into fruit values ('pear');");

        var first = (await ApplyAsync()).Value!;
        var second = (await ApplyAsync()).Value!;

        first.Applied.Select(m => m.Name).ShouldBe(["0001_start.sql", "0002_apples.sql"]);
        first.Number.ShouldBe(2);
        second.Applied.ShouldBeEmpty();
        second.Number.ShouldBe(2);
        (await CountAsync("fruit")).ShouldBe(2);
    }

    [Fact]
    public async Task Nodes_that_start_at_once_apply_each_migration_once()
    {
        for (var n = 1; n <= 5; n++) Write($"000{n}_step.sql", $"create table step{n} (id int); select pg_sleep(0.02);");

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ApplyAsync()));

        runs.ShouldAllBe(r => r.Refused == null);
        runs.Sum(r => r.Value!.Applied.Count).ShouldBe(5);
    }

    [Fact]
    public async Task A_changed_migration_is_refused_by_name()
    {
        Write("0001_start.sql", "create table fruit (name text);");
        await ApplyAsync();
        Write("0001_start.sql", "create table fruit (name text, colour text);");

        (await ApplyAsync()).Refused!.Message.ShouldBe(
            "migrations/0001_start.sql was changed after this database had applied it: "
            + "restore the file as it was, and put the change into a new migration.");
    }

    [Fact]
    public async Task Line_endings_of_a_checkout_change_nothing()
    {
        Write("0001_start.sql", "create table fruit (\n  name text\n);\n");
        await ApplyAsync();
        Write("0001_start.sql", "create table fruit (\r\n  name text\r\n);\r\n");

        (await ApplyAsync()).Refused.ShouldBeNull();
    }

    [Theory]
    [InlineData("0003_gap.sql", "expected number 0002 here")]
    [InlineData("0001_twice.sql", "expected number 0002 here")]
    [InlineData("two.sql", "is named like 0001_what_it_does.sql")]
    public async Task A_file_out_of_order_is_refused_by_name_before_anything_is_applied(string name, string expected)
    {
        Write("0001_start.sql", "create table fruit (name text);");
        Write(name, "select 1;");

        var refusal = (await ApplyAsync()).Refused!.Message;

        refusal.ShouldContain(name);
        refusal.ShouldContain(expected);
        (await Migrations.AppliedAsync(database.Source, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_newer_than_the_files_is_refused()
    {
        Write("0001_start.sql", "select 1;");
        Write("0002_later.sql", "select 2;");
        await ApplyAsync();
        File.Delete(Path.Combine(folder, "0002_later.sql"));

        (await ApplyAsync()).Refused!.Message.ShouldBe(
            "the database is newer than this version: it has 0002_later.sql, and this version knows 1 migrations. "
            + "Run the version that made it, or a newer one.");
    }

    [Fact]
    public async Task A_failing_migration_names_its_line_and_leaves_nothing_of_itself()
    {
        Write("0001_start.sql", "create table fruit (name text);");
        Write("0002_wrong.sql", "create table leaf (name text);\n\n-- which column?\nselect nme\nfrom leaf;\n");

        (await ApplyAsync()).Refused!.Message.ShouldStartWith("migrations/0002_wrong.sql:4: column \"nme\" does not exist");

        (await Migrations.AppliedAsync(database.Source, default)).Select(m => m.Number).ShouldBe([1]);
        await using var gone = database.Source.CreateCommand("select to_regclass('leaf')::text");
        (await gone.ExecuteScalarAsync()).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task A_migration_that_would_end_its_transaction_is_refused()
    {
        Write("0001_start.sql", "create table fruit (name text); commit;");

        (await ApplyAsync()).Refused!.Message.ShouldContain("transaction commands");

        (await Migrations.AppliedAsync(database.Source, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Functions_in_either_quoting_are_applied()
    {
        Write("0001_start.sql", """
            create function one() returns int language sql begin atomic; select 1; end;
            create function two() returns int language plpgsql as $$ begin return 2; end; $$;
            """);

        (await ApplyAsync()).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task A_missing_folder_is_named() =>
        (await Migrations.ApplyAsync(database.Source, Path.Combine(folder, "nowhere"), default))
            .Refused!.Message.ShouldContain("nowhere");

    private void Write(string name, string sql) => File.WriteAllText(Path.Combine(folder, name), sql);

    private Task<Outcome<MigrationRun>> ApplyAsync() => Migrations.ApplyAsync(database.Source, folder, default);

    private async Task<long> CountAsync(string table)
    {
        await using var count = database.Source.CreateCommand($"select count(*) from {table}");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
