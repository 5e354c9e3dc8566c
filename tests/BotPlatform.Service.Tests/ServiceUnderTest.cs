using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Hosting;
using BotPlatform.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BotPlatform.Service.Tests;

/// <summary>
/// The whole service in this process: on a free loopback port, with the repository's content and a database of its
/// own, unless told otherwise. It answers every message at once.
/// </summary>
public sealed class ServiceUnderTest : IAsyncDisposable
{
    /// <summary>Reachable from other machines, so that a session opens to its token or its browser only.</summary>
    public const string Everywhere = "http://0.0.0.0:0";

    private readonly TestDatabase? _owned;
    private readonly Database _opened;
    private readonly WebApplication _app;
    private readonly string _folder;

    private ServiceUnderTest(TestDatabase? owned, TestDatabase database, Database opened, WebApplication app, string folder)
    {
        (_owned, Database, _opened, _app, _folder) = (owned, database, opened, app, folder);
        Address = new Uri(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>For looking past the service into its tables.</summary>
    public TestDatabase Database { get; }

    /// <param name="quietPeriod">Null answers every message at once.</param>
    /// <param name="urls">Null for loopback, where everyone is the one person; <see cref="Everywhere"/> for anything else.</param>
    /// <param name="content">Null for the repository's content.</param>
    /// <param name="shared">A database that another node uses too; null for one of its own.</param>
    public static async Task<ServiceUnderTest> StartAsync(
        PostgresFixture postgres,
        TimeSpan? quietPeriod = null,
        string? urls = null,
        string? content = null,
        TestDatabase? shared = null,
        TimeProvider? time = null,
        ModelSettings? models = null,
        SlackSettings? slack = null)
    {
        var database = shared ?? await postgres.CreateDatabaseAsync();
        var folder = TestFolder.Create();
        var address = urls ?? "http://127.0.0.1:0";
        var contentFolder = content ?? Repository.Root;
        var options = new ServerOptions(
            address,
            folder,
            new DatabaseOptions(database.ConnectionString, folder),
            contentFolder,
            SessionSettings.Default with { QuietPeriod = quietPeriod ?? TimeSpan.Zero })
        {
            Time = time ?? TimeProvider.System,
            Models = models ?? ModelSettings.None,
            Slack = slack,
        };
        var loaded = ContentFolder.Load(contentFolder);
        if (!loaded.Errors.IsEmpty)
            throw new InvalidOperationException(loaded.Errors[0].ToString());
        var outcome = await Adapters.Postgres.Database.OpenAsync(options.Database, _ => { }, CancellationToken.None);
        if (!outcome.TryGet(out var opened, out var refusal))
            throw new InvalidOperationException(refusal);
        var app = WebHost.Build(options, [address], loaded, opened);
        await app.StartAsync();
        return new ServiceUnderTest(shared is null ? database : null, database, opened, app, folder);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _opened.DisposeAsync();
        if (_owned is not null)
            await _owned.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
