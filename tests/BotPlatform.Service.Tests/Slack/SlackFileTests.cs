using BotPlatform.Tests.Shared;
using Dapper;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Files that candidates share, and take back.</summary>
public sealed class SlackFileTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Whoever_takes_a_message_back_takes_its_files_back_whether_it_had_words_or_not()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var alone = await here.Candidate.ShareFileAsync("alone.png", "image/png", "", thread);
        var withWords = await here.Candidate.ShareFileAsync("with-words.png", "image/png", "Here is the pipeline.", thread);
        await here.Candidate.ShareFileAsync("kept.png", "image/png", "", thread);
        await here.QuietAsync();
        await here.Candidate.DeleteAsync(alone);
        await here.Candidate.DeleteAsync(withWords);
        await here.QuietAsync();

        (await NamesAsync(here)).ShouldBe(["kept.png"]);
        (await here.SessionAsync()).Said().ShouldHaveSingleItem().Deleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_deletion_that_overtakes_a_file_leaves_nothing_of_it()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        const string Ts = "1764500200.000200";
        var message = $$$"""
            "type":"message","subtype":"file_share","user":"U0CAND1","text":"","ts":"{{{Ts}}}","thread_ts":"{{{thread}}}","files":[{"id":"F0ONE","name":"secret.png","mimetype":"image/png","size":1}]
            """;
        await here.Slack.TellAsync(here.Team, $$$"""
            {"type":"message","subtype":"message_deleted","channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","ts":"1764500201.000100","event_ts":"1764500201.000100","deleted_ts":"{{{Ts}}}",
             "previous_message":{ {{{message}}} } }
            """);
        await here.Slack.TellAsync(here.Team, $$$"""{ {{{message}}},"channel":"{{{here.Candidate.Dm.Id}}}","channel_type":"im","event_ts":"{{{Ts}}}"}""");
        await here.QuietAsync();

        (await NamesAsync(here)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_somebody_has_agreed_nothing_is_kept_of_their_files()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync(mode: "assessed");
        await here.Candidate.ShareFileAsync("diagram.png", "image/png", "", thread);
        await here.QuietAsync();

        (await NamesAsync(here)).ShouldBeEmpty();
        here.Replies(thread)[^1].Shown.ShouldContain("It has not begun");
        here.Replies(thread).ShouldNotContain(p => p.Shown.Contains("noted the file", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> NamesAsync(SlackInstallation here)
    {
        await using var connection = await here.Service.Database.Source.OpenConnectionAsync();
        return await connection.QueryAsync<string>("select name from attachment order by name");
    }
}
