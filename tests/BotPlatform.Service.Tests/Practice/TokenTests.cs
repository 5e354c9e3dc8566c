using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>Bound to more than this machine, a session opens to its token or to the browser that began it.</summary>
public sealed class TokenTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ServiceUnderTest? _service;

    public async ValueTask InitializeAsync() =>
        _service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, urls: "http://0.0.0.0:0");

    public ValueTask DisposeAsync() => _service!.DisposeAsync();

    [Fact]
    public async Task Its_token_opens_a_session_in_the_header_or_in_the_address()
    {
        var (id, token) = await BeginAsync(Person());
        using var stranger = Person();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        await stranger.SayAndHearAsync(id, "m1", "With a header.");
        using var linked = await Person().GetAsync($"{Api.Sessions}/{id}?token={token}");

        linked.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_browser_that_began_a_session_needs_no_token_and_lists_its_own_only()
    {
        using var browser = Person();
        var (mine, _) = await BeginAsync(browser);
        var (another, _) = await BeginAsync(Person());

        await browser.SayAndHearAsync(mine, "m1", "With the cookie.");

        var listed = (await browser.GetFromJsonAsync<JsonElement>(Api.Sessions)).GetProperty("sessions").EnumerateArray()
            .Select(s => s.GetProperty("id").GetString()).ToArray();
        listed.ShouldBe([mine]);
        listed.ShouldNotContain(another);
    }

    [Fact]
    public async Task To_everyone_else_a_session_does_not_exist()
    {
        var (id, token) = await BeginAsync(Person());
        var (other, othersToken) = await BeginAsync(Person());
        string[] wrong = ["", "?token=", $"?token={othersToken}", $"?token={token[..^1]}", $"?token={id}"];

        foreach (var query in wrong)
        {
            using var person = Person();
            foreach (var path in new[] { "", "/events", "/export" })
                await (await person.GetAsync($"{Api.Sessions}/{id}{path}{query}")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
            await (await person.PostAsJsonAsync($"{Api.Sessions}/{id}/messages{query}", new { id = "m", text = "Let me in." })).ShouldBeProblemAsync(HttpStatusCode.NotFound);
            await (await person.PostAsJsonAsync($"{Api.Sessions}/{id}/commands{query}", new { command = "stop" })).ShouldBeProblemAsync(HttpStatusCode.NotFound);
            await (await person.DeleteAsync($"{Api.Sessions}/{id}/messages/m{query}")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
            await (await person.DeleteAsync($"{Api.Sessions}/{id}{query}")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        }

        using var owner = await Person().GetAsync($"{Api.Sessions}/{id}?token={token}");
        (await owner.BodyAsync()).Said().ShouldBeEmpty();
        other.ShouldNotBe(id);
    }

    [Fact]
    public async Task Tokens_cannot_be_told_from_each_other()
    {
        var tokens = new List<string>();
        for (var i = 0; i < 5; i++)
            tokens.Add((await BeginAsync(Person())).Token);

        tokens.Distinct().Count().ShouldBe(5);
        tokens.ShouldAllBe(t => t.Length == 43);
    }

    /// <summary>Someone with a browser of their own, and its cookies.</summary>
    private HttpClient Person() => new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _service!.Address };

    private static async Task<(string Id, string Token)> BeginAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync(Api.Sessions, new { problem = "feed", level = "mid" });
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var session = await response.BodyAsync();
        return (session.GetProperty("id").GetString()!, session.GetProperty("token").GetString()!);
    }
}
