using System.Net;
using Shouldly;
using Xunit;
using static BotPlatform.Adapters.Tests.LanguageModels.ModelServerCalls;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>The double speaks as Azure does, and takes no more than Azure would.</summary>
public sealed class ModelServerAzureTests : IAsyncLifetime
{
    private ModelServerCalls _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await ModelServerCalls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task Answers_as_Azure_does_for_a_deployment()
    {
        var response = await _calls.AzureAsync("gpt", "?api-version=2024-10-21", "key", $$"""{ {{Hello}} }""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(response)).GetProperty("model").GetString().ShouldBe("gpt-2026-01-01");
        _calls.Server.Requests.ShouldHaveSingleItem().Protocol.ShouldBe("azure");
    }

    [Theory]
    [InlineData("gpt", "?api-version=2024-10-21", "wrong", HttpStatusCode.Unauthorized, "401")]
    [InlineData("gpt", "", "key", HttpStatusCode.NotFound, "404")]
    [InlineData("gpt", "?api-version=latest", "key", HttpStatusCode.NotFound, "404")]
    [InlineData("other", "?api-version=2024-10-21", "key", HttpStatusCode.NotFound, "DeploymentNotFound")]
    public async Task Refuses_what_Azure_would_not_take(string deployment, string query, string key, HttpStatusCode status, string code) =>
        (await _calls.RefusedAsync(await _calls.AzureAsync(deployment, query, key, $$"""{ {{Hello}} }"""), status)).GetProperty("code").GetString()
            .ShouldBe(code);
}
