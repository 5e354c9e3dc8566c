using BotPlatform.Tests.Shared;
using Xunit;

namespace BotPlatform.Service.Tests;

/// <summary>One local service with small content for all tests of a class; each test has sessions of its own.</summary>
public sealed class LocalService(PostgresFixture postgres) : IAsyncLifetime
{
    private ServiceUnderTest? _service;

    public ServiceUnderTest Service => _service!;

    public HttpClient Http => Service.Http;

    public async ValueTask InitializeAsync() => _service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder);

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
