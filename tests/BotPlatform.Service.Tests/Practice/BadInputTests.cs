using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class BadInputTests(LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"problem\":\"feed\"")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("{\"problem\":1,\"level\":\"mid\"}")]
    [InlineData("{\"problem\":\"feed\",\"level\":[\"mid\"]}")]
    [InlineData("{\"problem\":\"feed\",\"level\":\"mid\",\"mode\":true}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public async Task What_is_no_request_for_a_session_is_refused(string body)
    {
        using var response = await Http.PostJsonAsync(Api.Sessions, body);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ShouldContain("xpected");
    }

    [Theory]
    [InlineData("nothing", "mid", "practice", "\"problem\": expected one of feed, rude")]
    [InlineData("feed", "junior", "practice", "\"level\": expected mid, senior or staff")]
    [InlineData("feed", "mid", "exam", "\"mode\": expected practice or assessed")]
    public async Task An_unknown_problem_level_or_mode_is_refused_with_those_that_there_are(
        string problem, string level, string mode, string expected)
    {
        using var response = await Http.PostJsonAsync(
            Api.Sessions, $"{{\"problem\":\"{problem}\",\"level\":\"{level}\",\"mode\":\"{mode}\"}}");

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("{\"id\":\"m\",\"text\":\"\"}", "\"text\": is empty")]
    [InlineData("{\"id\":\"m\",\"text\":\" \\t\\r\\n\\u00a0\\u2003\"}", "\"text\": is empty")]
    [InlineData("{\"id\":\"m\"}", "\"text\": expected a string")]
    [InlineData("{\"id\":\"m\",\"text\":null}", "\"text\": expected a string")]
    [InlineData("{\"id\":\"m\",\"text\":42}", "\"text\": expected a string")]
    [InlineData("{\"text\":\"hello\"}", "\"id\": expected a string of 1 to 200 characters")]
    [InlineData("{\"id\":\"\",\"text\":\"hello\"}", "\"id\": expected a string of 1 to 200 characters")]
    [InlineData("{\"id\":7,\"text\":\"hello\"}", "\"id\": expected a string")]
    public async Task A_message_without_id_or_text_is_refused(string body, string expected)
    {
        var session = await Http.BeginAsync();

        using var response = await Http.PostJsonAsync($"{Api.Sessions}/{session}/messages", body);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ShouldStartWith(expected);
        (await Http.SessionAsync(session)).Said().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a\\u0000b", "a\uFFFDb", "NUL")]
    [InlineData("a\\ud800b", "a\uFFFDb", "a lone high surrogate")]
    [InlineData("a\\udc00b", "a\uFFFDb", "a lone low surrogate")]
    [InlineData("\\udc00\\ud800\\n\\\"x\\\"", "\uFFFD\uFFFD\n\"x\"", "surrogates the wrong way round, among other escapes")]
    [InlineData("\\ud83d\\ude00!", "😀!", "a pair, which stays")]
    [InlineData("\\u0001\\u0007\\u001b[31mred\\u007f", "\u0001\u0007\u001b[31mred\u007f", "control characters, which stay")]
    [InlineData("\u202eevil\u202c \u200fleft", "\u202eevil\u202c \u200fleft", "right-to-left marks, which stay")]
    [InlineData("<script>alert(1)</script> &amp; {{x}} '; drop table turn;--", "<script>alert(1)</script> &amp; {{x}} '; drop table turn;--", "markup, which stays")]
    public async Task Odd_characters_lose_nothing_else(string written, string kept, string what)
    {
        var session = await Http.BeginAsync();

        using var response = await Http.PostJsonAsync(
            $"{Api.Sessions}/{session}/messages", $"{{\"id\":\"m1\",\"text\":\"{written}\"}}");

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, what);
        var told = await Http.UntilAsync(session, s => s.Said().Count == 1 && s.Turns()[^1].Speaker == "interviewer");
        told.Said()[0].Text.ShouldBe(kept, what);
    }

    [Fact]
    public async Task A_message_of_100_KB_is_refused_with_how_much_one_may_hold()
    {
        var session = await Http.BeginAsync();

        using var response = await Http.SayAsync(session, "long", new string('x', 100_000));

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ShouldContain("at most 32768 characters");
    }

    [Fact]
    public async Task The_longest_message_is_kept_whole()
    {
        var session = await Http.BeginAsync();
        var text = new string('界', 32_768);

        var told = await Http.SayAndHearAsync(session, "long", text);

        told.Said()[0].Text.ShouldBe(text);
    }

    [Theory]
    [InlineData((1 << 20) + 10)]
    [InlineData(3 << 20)]
    public async Task A_request_of_more_than_a_megabyte_is_refused(int bytes)
    {
        var session = await Http.BeginAsync();
        // The service answers before it has read everything, so the whole must be announced but need not be sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api.Sessions}/{session}/messages")
        {
            Content = new ByteArrayContent(new byte[bytes]),
        };
        request.Headers.ExpectContinue = true;

        using var response = await Http.SendAsync(request);

        await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        var session = await Http.BeginAsync();
        byte[] body = [.. Encoding.ASCII.GetBytes("{\"id\":\"m\",\"text\":\""), 0xC3, 0x28, 0xFF, .. Encoding.ASCII.GetBytes("\"}")];

        using var response = await Http.PostBytesAsync($"{Api.Sessions}/{session}/messages", body);

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("GET", "/api/v1/sessions/0198c0de-0000-7000-8000-000000000000", 404)]
    [InlineData("GET", "/api/v1/sessions/nonsense", 404)]
    [InlineData("GET", "/api/v1/sessions/0198c0de-0000-7000-8000-000000000000/events", 404)]
    [InlineData("GET", "/api/v1/sessions/0198c0de-0000-7000-8000-000000000000/export", 404)]
    [InlineData("DELETE", "/api/v1/sessions/0198c0de-0000-7000-8000-000000000000", 404)]
    [InlineData("DELETE", "/api/v1/sessions/0198c0de-0000-7000-8000-000000000000/messages/m", 404)]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("PUT", "/api/v1/sessions", 405)]
    [InlineData("PATCH", "/api/v1/sessions/0198c0de-0000-7000-8000-000000000000", 405)]
    public async Task Every_error_is_told_as_problem_details(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await Http.SendAsync(request);

        await response.ShouldBeProblemAsync((HttpStatusCode)status);
    }

    [Fact]
    public async Task Messages_and_commands_to_a_session_that_is_not_there_are_refused()
    {
        var nobody = "0198c0de-0000-7000-8000-000000000000";

        using var said = await Http.SayAsync(nobody, "m1", "Hello?");
        using var commanded = await Http.CommandAsync(nobody, "hint");

        await said.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await commanded.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }
}
