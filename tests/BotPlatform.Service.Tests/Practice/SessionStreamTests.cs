using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class SessionStreamTests(LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    [Fact]
    public async Task A_page_gets_all_turns_and_then_how_the_session_is()
    {
        var session = await Http.BeginAsync();
        var told = await Http.SayAndHearAsync(session, "m1", "Hello.");

        await using var page = await SessionEvents.OpenAsync(Http, session);

        var (turns, id) = await page.NextStateAsync();
        turns.Select(t => t.N).ShouldBe([1, 2, 3]);
        id.ShouldBe(told.GetProperty("version").GetInt32().ToString());
    }

    [Fact]
    public async Task A_page_that_comes_back_gets_only_what_is_new()
    {
        var session = await Http.BeginAsync();
        await Http.SayAndHearAsync(session, "m1", "Before.");
        string seen;
        await using (var page = await SessionEvents.OpenAsync(Http, session))
            seen = (await page.NextStateAsync()).Id;
        await Http.SayAndHearAsync(session, "m2", "After.");

        await using var again = await SessionEvents.OpenAsync(Http, session, seen);

        (await again.NextStateAsync()).Turns.Select(t => t.N).ShouldBe([4, 5]);
    }

    [Fact]
    public async Task A_page_that_comes_back_gets_what_was_changed_meanwhile()
    {
        var session = await Http.BeginAsync();
        await Http.SayAndHearAsync(session, "m1", "Before.");
        string seen;
        await using (var page = await SessionEvents.OpenAsync(Http, session))
            seen = (await page.NextStateAsync()).Id;
        using var changed = await Http.PatchAsJsonAsync($"{Api.Sessions}/{session}/messages/m1", new { text = "Better." });
        await Http.UntilAsync(session, s => s.Said()[0].Text == "Better.");

        await using var again = await SessionEvents.OpenAsync(Http, session, seen);

        (await again.NextStateAsync()).Turns.ShouldContain((2, "Better."));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    public async Task A_last_event_id_that_is_none_gives_everything(string lastEventId)
    {
        var session = await Http.BeginAsync();

        await using var page = await SessionEvents.OpenAsync(Http, session, lastEventId);

        (await page.NextStateAsync()).Turns.Select(t => t.N).ShouldBe([1]);
    }

    [Fact]
    public async Task An_open_page_sees_each_answer_and_question_as_they_come()
    {
        var session = await Http.BeginAsync();
        await using var page = await SessionEvents.OpenAsync(Http, session);
        await page.NextStateAsync();

        await Http.SayAndHearAsync(session, "m1", "One.");

        (await page.NextStateAsync()).Turns.Select(t => t.N).ShouldBe([2, 3]);
    }
}
