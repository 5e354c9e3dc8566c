using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Practice;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class ReplayTests(LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    [Fact]
    public async Task A_session_as_it_was_written_has_no_differences() => (await ReplayedAsync(await EndedAsync())).ShouldBeEmpty();

    [Fact]
    public async Task A_changed_score_is_named_with_what_it_should_be()
    {
        var id = await EndedAsync();
        await ExecuteAsync("update score set value = 3 from scorecard c where c.scorecard_id = score.scorecard_id and session_id = @id and criterion = 'serving'", id);

        (await ReplayedAsync(id)).ShouldBe(["serving: the read table holds 3, the events no value"]);
    }

    [Fact]
    public async Task A_missing_event_is_noticed()
    {
        var id = await EndedAsync();
        await ExecuteAsync("delete from session_event where session_id = @id and type = 'scored'", id);

        (await ReplayedAsync(id)).ShouldContain(d => d.StartsWith("version: ", StringComparison.Ordinal));
    }

    private async Task<Guid> EndedAsync()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", "We order the feed by ranking, because people see only the first posts.");
        using var stopped = await Http.CommandAsync(id, "stop");
        await Http.UntilAsync(id, s => s.State() == "ended");
        return Guid.Parse(id);
    }

    private async Task ExecuteAsync(string sql, Guid id)
    {
        await using var connection = await local.Service.Database.Source.OpenConnectionAsync();
        (await connection.ExecuteAsync(sql, new { id })).ShouldBe(1);
    }

    private async Task<IReadOnlyList<string>> ReplayedAsync(Guid id)
    {
        var store = local.Service.Get<SessionStore>();
        var row = await store.FindAsync(new SessionKey(Workspace.Local, id), CancellationToken.None);
        return (await new Replay(store, local.Service.Get<ModelCalls>()).CompareAsync(row!, CancellationToken.None)).Differences;
    }
}
