using System.Security.Cryptography;
using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace BotPlatform.Tests.Shared;

/// <summary>
/// One PostgreSQL for all tests of a process: the server that <c>BOTPLATFORM_TEST_POSTGRES</c> names, else a private
/// one in a temporary folder, which starts when the first test asks for a database and is removed at the end.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly Lazy<Task<Server>> server;
    private int databases;

    public PostgresFixture() => server = new Lazy<Task<Server>>(StartAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!server.IsValueCreated) return;
        var started = await server.Value;
        if (started.Template is { } template) await ExecuteAsync(started.Admin, $"drop database {template}");
        if (started.Local is not { } local) return;
        await local.LeaveAsync(CancellationToken.None);
        Directory.Delete(started.Folder, recursive: true);
    }

    /// <summary>A database of one's own with the repository's migrations applied.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync() => await CreateAsync((await server.Value).Template);

    /// <summary>A database of one's own with nothing in it.</summary>
    public Task<TestDatabase> CreateEmptyDatabaseAsync() => CreateAsync(template: null);

    private async Task<TestDatabase> CreateAsync(string? template)
    {
        var started = await server.Value;
        var name = $"test_{started.Run}_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(started.Admin, $"create database {name}" + (template is null ? "" : $" template {template}"));
        return new TestDatabase(started.Admin, name);
    }

    private static async Task<Server> StartAsync()
    {
        var run = $"{Environment.ProcessId}_{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        if (Environment.GetEnvironmentVariable("BOTPLATFORM_TEST_POSTGRES") is { Length: > 0 } configured)
            return new Server(configured, run, await CreateTemplateAsync(configured, run), null, "");
        await RemoveLeftoversAsync();
        var folder = TestFolder.Create();
        var found = await PostgresBinaries.FindAsync(
            PostgresSearch.Of(DataFolder.Default()), Console.Error.WriteLine, CancellationToken.None);
        var local = Require(await LocalPostgres.StartAsync(
            folder, Require(found), durable: false, _ => { }, CancellationToken.None));
        var admin = local.ConnectionString("postgres");
        return new Server(admin, run, await CreateTemplateAsync(admin, run), local, folder);
    }

    private static async Task<string?> CreateTemplateAsync(string admin, string run)
    {
        var migrations = Path.Combine(Repository.Root, "migrations");
        if (!Directory.Exists(migrations)) return null;
        var name = $"template_{run}";
        await ExecuteAsync(admin, $"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(admin) { Database = name, Pooling = false };
        await using var source = NpgsqlDataSource.Create(connection);
        Require(await Migrations.ApplyAsync(source, migrations, CancellationToken.None));
        return name;
    }

    // Folders of test processes that were killed before they could clean up.
    private static async Task RemoveLeftoversAsync()
    {
        foreach (var folder in TestFolder.Leftovers())
        {
            await ServerStatus.StopAsync(folder, CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static T Require<T>(Outcome<T> outcome) where T : class =>
        outcome.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal);

    internal static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Server(string Admin, string Run, string? Template, LocalPostgres? Local, string Folder);
}

/// <summary>A database that is dropped on disposal, whoever is connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string admin;

    internal TestDatabase(string admin, string name)
    {
        this.admin = admin;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(admin)
        {
            Database = name,
            Pooling = true,
            MaxPoolSize = 20,
        }.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
    }

    public string Name { get; }

    /// <summary>With the password: for handing to a service under test.</summary>
    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await PostgresFixture.ExecuteAsync(admin, $"drop database {Name} with (force)");
    }
}
