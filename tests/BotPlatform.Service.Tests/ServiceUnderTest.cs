using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Hosting;
using BotPlatform.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BotPlatform.Service.Tests;

/// <summary>
/// The whole service in this process: on a free loopback port, with the repository's content and a database of its own.
/// </summary>
public sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly Database _opened;
    private readonly WebApplication _app;
    private readonly string _folder;

    private ServiceUnderTest(TestDatabase database, Database opened, WebApplication app, string folder)
    {
        (_database, _opened, _app, _folder) = (database, opened, app, folder);
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>For looking past the service into its tables.</summary>
    public TestDatabase Database => _database;

    /// <param name="quietPeriod">Null answers every message at once.</param>
    /// <param name="urls">Null for loopback, where everyone is the one person.</param>
    public static async Task<ServiceUnderTest> StartAsync(PostgresFixture postgres, TimeSpan? quietPeriod = null, string? urls = null)
    {
        var content = ContentFolder.Load(Repository.Root);
        if (!content.Errors.IsEmpty)
            throw new InvalidOperationException(content.Errors[0].ToString());
        var database = await postgres.CreateDatabaseAsync();
        var folder = TestFolder.Create();
        var address = urls ?? "http://127.0.0.1:0";
        var options = new ServerOptions(
            address, folder, new DatabaseOptions(database.ConnectionString, folder), Repository.Root, SessionSettings.Default with { QuietPeriod = quietPeriod ?? TimeSpan.Zero });
        var outcome = await Adapters.Postgres.Database.OpenAsync(options.Database, _ => { }, CancellationToken.None);
        if (!outcome.TryGet(out var opened, out var refusal))
            throw new InvalidOperationException(refusal);
        var app = WebHost.Build(options, [address], content, opened);
        await app.StartAsync();
        return new ServiceUnderTest(database, opened, app, folder);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _opened.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
