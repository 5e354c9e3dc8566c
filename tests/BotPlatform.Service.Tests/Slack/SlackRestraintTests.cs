using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>Whoever asks for more at once than anybody needs.</summary>
public sealed class SlackRestraintTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Whoever_clicks_too_fast_is_told_so_and_not_for_every_click()
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        var question = here.Replies(thread)[0];

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => here.Candidate.ClickAsync(question, "hint")));
        await here.UntilAsync(() => Told(here), told => told > 0);
        await here.QuietAsync();

        Told(here).ShouldBe(1);
        here.Slack.Refusals.ShouldBeEmpty();
    }

    private static int Told(SlackInstallation here) => here.Candidate.Ephemerals.Count(p => p.Shown.Contains("faster than I can follow", StringComparison.Ordinal));
}
