using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>On loopback nobody signs in, so pages of other sites must be kept out.</summary>
public sealed class SiteChecksTests(LocalService local) : IClassFixture<LocalService>
{
    private Uri Address => local.Service.Address;

    [Theory]
    [InlineData("evil.example")]
    [InlineData("botplatform.local")]
    [InlineData("10.0.0.5")]
    public async Task A_name_that_is_not_this_machine_is_refused(string host)
    {
        using var response = await SendAsync(HttpMethod.Get, Api.Sessions, ("Host", $"{host}:{Address.Port}"));

        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    public async Task A_name_of_this_machine_is_fine(string host)
    {
        using var response = await SendAsync(HttpMethod.Get, Api.Sessions, ("Host", $"{host}:{Address.Port}"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    public async Task What_comes_through_a_proxy_is_nobody_on_this_machine(string header)
    {
        using var response = await SendAsync(HttpMethod.Get, Api.Sessions, (header, "203.0.113.7"));

        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://{own}")]
    public async Task A_request_from_a_page_of_another_origin_is_refused(string origin)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var response = await SendAsync(method, Api.Sessions, ("Origin", origin.Replace("{own}", Address.Authority)));

            await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_request_from_our_own_page_is_fine()
    {
        using var response = await SendAsync(
            HttpMethod.Post, Api.Sessions, ("Origin", $"http://{Address.Authority}"), ("Sec-Fetch-Site", "same-origin"));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Another_site_can_change_nothing_but_may_link_to_us()
    {
        using var change = await SendAsync(HttpMethod.Post, Api.Sessions, ("Sec-Fetch-Site", "cross-site"));
        using var link = await SendAsync(HttpMethod.Get, Api.Sessions, ("Sec-Fetch-Site", "cross-site"));

        await change.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        link.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = JsonContent.Create(new { problem = "feed", level = "mid" });
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await local.Http.SendAsync(request);
    }
}
