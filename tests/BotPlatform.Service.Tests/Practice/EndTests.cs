using System.Net;
using System.Text.Json;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class EndTests(LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    [Fact]
    public async Task A_stopped_interview_ends_with_a_scorecard_whose_quotes_were_said()
    {
        const string Answer = "We order the feed by ranking, because 60 million people a day see only the first posts.";
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", Answer);

        using var stopped = await Http.CommandAsync(id, "stop");

        var session = await Http.UntilAsync(id, s => s.State() == "ended");
        var card = session.GetProperty("scorecard");
        card.GetProperty("grader").GetProperty("mode").GetString().ShouldBe("rules");
        card.GetProperty("scores").GetArrayLength().ShouldBe(10);
        foreach (var quote in card.GetProperty("scores").EnumerateArray().SelectMany(s => s.GetProperty("quotes").EnumerateArray()))
            session.Turns()[quote.GetProperty("turn").GetInt32() - 1].Text.ShouldContain(quote.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task After_the_end_messages_and_commands_are_refused_and_known_ones_still_acknowledged()
    {
        var id = await EndedAsync();

        using var late = await Http.SayAsync(id, "late", "One more thing.");
        using var command = await Http.CommandAsync(id, "hint");
        using var known = await Http.SayAsync(id, "m1", "Hello.");

        (await late.ShouldBeProblemAsync(HttpStatusCode.Conflict)).ShouldContain("over");
        await command.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        known.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Http.SessionAsync(id)).Said().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_scorecard_stands_in_tables_that_a_panel_can_query()
    {
        var id = Guid.Parse(await EndedAsync());

        await using var connection = await local.Service.Database.Source.OpenConnectionAsync();
        var criteria = await connection.QueryAsync<string>(
            "select criterion from score join scorecard using (workspace_id, scorecard_id) where session_id = @id and rater = 'rules'", new { id });

        criteria.Count().ShouldBe(10);
    }

    [Fact]
    public async Task A_session_that_goes_to_its_end_says_so_itself()
    {
        var id = await Http.BeginAsync();
        JsonElement session = default;
        for (var m = 1; m <= 40 && (m == 1 || session.State() != "ended"); m++)
        {
            using var said = await Http.SayAsync(id, $"m{m}", $"Answer {m}: ranking, because it fits.");
            said.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            session = await Http.UntilAsync(id, s => s.Said().Count == m && (s.State() == "ended" || s.Turns()[^1].Speaker == "interviewer"));
        }

        session.State().ShouldBe("ended");
        session.GetProperty("steps").EnumerateArray().ShouldAllBe(s => s.GetProperty("state").GetString() == "done");
    }

    private async Task<string> EndedAsync()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", "Hello.");
        using var stopped = await Http.CommandAsync(id, "stop");
        await Http.UntilAsync(id, s => s.State() == "ended");
        return id;
    }
}
