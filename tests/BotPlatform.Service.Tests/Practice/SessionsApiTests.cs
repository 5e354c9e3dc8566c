using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BotPlatform.Adapters.Postgres;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class SessionsApiTests(LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    [Fact]
    public async Task A_new_session_is_created_with_its_first_question()
    {
        using var response = await Http.PostAsJsonAsync(Api.Sessions, new { problem = "feed", level = "senior" });

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var session = await response.BodyAsync();
        response.Headers.Location!.ToString().ShouldBe($"{Api.Sessions}/{session.GetProperty("id").GetString()}");
        session.State().ShouldBe("interviewing");
        session.GetProperty("step").GetString().ShouldBe("requirements");
        session.GetProperty("level").GetString().ShouldBe("senior");
        session.GetProperty("scorecard").ValueKind.ShouldBe(JsonValueKind.Null);
        session.GetProperty("token").GetString()!.Length.ShouldBeGreaterThan(40);
        session.Turns().ShouldHaveSingleItem().Text.ShouldContain("How would you do requirements?");
    }

    [Fact]
    public async Task The_token_is_given_once_and_not_again()
    {
        var id = await Http.BeginAsync();

        (await Http.SessionAsync(id)).TryGetProperty("token", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_is_taken_down_and_followed_by_a_question()
    {
        var id = await Http.BeginAsync();

        var session = await Http.SayAndHearAsync(id, "m1", "We rank posts for 60 million people a day.");

        session.Turns().Select(t => (t.N, t.Speaker)).ShouldBe([(1, "interviewer"), (2, "candidate"), (3, "interviewer")]);
        session.Said().ShouldHaveSingleItem().Text.ShouldBe("We rank posts for 60 million people a day.");
        session.GetProperty("thinking").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_session_and_token()
    {
        var (first, second) = (await BeginWithKeyAsync("again", "mid"), await BeginWithKeyAsync("again", "mid"));

        second.Status.ShouldBe(HttpStatusCode.Created);
        second.Body.GetProperty("id").GetString().ShouldBe(first.Body.GetProperty("id").GetString());
        second.Body.GetProperty("token").GetString().ShouldBe(first.Body.GetProperty("token").GetString());
    }

    [Fact]
    public async Task The_same_idempotency_key_at_the_same_time_makes_one_session()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BeginWithKeyAsync("at once", "mid")));

        all.Select(r => r.Body.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task An_idempotency_key_of_a_different_request_is_refused()
    {
        await BeginWithKeyAsync("used", "mid");

        using var response = await PostWithKeyAsync("used", "staff");

        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ShouldContain("Idempotency-Key");
    }

    [Fact]
    public async Task An_idempotency_key_that_is_too_long_is_refused()
    {
        using var response = await PostWithKeyAsync(new string('k', 201), "mid");

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task My_sessions_are_listed_newest_first()
    {
        var older = await Http.BeginAsync();
        var newer = await Http.BeginAsync();

        var listed = (await Http.GetFromJsonAsync<JsonElement>(Api.Sessions)).GetProperty("sessions")
            .EnumerateArray().Select(s => s.GetProperty("id").GetString()).ToList();

        listed.IndexOf(newer).ShouldBeGreaterThanOrEqualTo(0);
        listed.IndexOf(newer).ShouldBeLessThan(listed.IndexOf(older));
    }

    [Fact]
    public async Task A_session_is_exported_as_one_file_that_holds_every_turn()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", "Größe: 5 µs — <b>exactly</b>");

        using var response = await Http.GetAsync($"{Api.Sessions}/{id}/export");

        response.Content.Headers.ContentDisposition!.FileName.ShouldBe($"interview-{id}.json");
        (await response.BodyAsync()).Said().ShouldHaveSingleItem().Text.ShouldBe("Größe: 5 µs — <b>exactly</b>");
    }

    [Fact]
    public async Task A_deleted_session_leaves_nothing_behind()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", "Something private.");

        using var response = await Http.DeleteAsync($"{Api.Sessions}/{id}");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await Http.GetAsync($"{Api.Sessions}/{id}");
        await gone.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        (await RowsOfAsync(Guid.Parse(id))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_service_says_that_it_is_up_and_ready()
    {
        (await Http.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Http.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<IReadOnlyList<string>> RowsOfAsync(Guid session)
    {
        await using var connection = await local.Service.Database.Source.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>(
            "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'session_id'");
        var left = new List<string>();
        foreach (var table in tables)
        {
            var rows = await connection.QuerySingleAsync<long>(
                $"select count(*) from {table} where workspace_id = @Workspace and session_id = @session", new { Workspace = Workspace.Local, session });
            if (rows > 0)
                left.Add($"{table}: {rows}");
        }

        return left;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> BeginWithKeyAsync(string key, string level)
    {
        using var response = await PostWithKeyAsync(key, level);
        return (response.StatusCode, await response.BodyAsync());
    }

    private async Task<HttpResponseMessage> PostWithKeyAsync(string key, string level)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Sessions)
        {
            Headers = { { "Idempotency-Key", key } },
            Content = JsonContent.Create(new { problem = "feed", level, mode = "practice" }),
        };
        return await Http.SendAsync(request);
    }
}
