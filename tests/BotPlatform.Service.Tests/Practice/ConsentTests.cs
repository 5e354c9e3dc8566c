using System.Net;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class ConsentTests(LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    [Fact]
    public async Task An_assessed_session_says_so_and_asks_nothing_before_consent()
    {
        var id = await Http.BeginAsync(mode: "assessed");

        var session = await Http.SessionAsync(id);

        session.State().ShouldBe("awaiting_consent");
        session.Turns().ShouldHaveSingleItem().Text.ShouldNotContain("How would you do requirements?");
    }

    [Fact]
    public async Task What_is_said_before_consent_is_not_taken_down()
    {
        var id = await Http.BeginAsync(mode: "assessed");

        using var said = await Http.SayAsync(id, "early", "Nobody shall have this.");
        using var agreed = await Http.CommandAsync(id, "agree");

        agreed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var session = await Http.UntilAsync(id, s => s.State() == "interviewing");
        session.Said().ShouldBeEmpty();
        session.Turns()[^1].Text.ShouldContain("How would you do requirements?");
    }

    [Fact]
    public async Task An_assessed_session_gives_no_hints()
    {
        var id = await Http.BeginAsync(mode: "assessed");
        using var agreed = await Http.CommandAsync(id, "agree");
        var before = (await Http.UntilAsync(id, s => s.State() == "interviewing")).Turns().Count;

        using var asked = await Http.CommandAsync(id, "hint");

        var told = await Http.UntilAsync(id, s => s.Turns().Count > before);
        told.Turns()[^1].Text.ShouldNotContain("Think of");
    }

    [Fact]
    public async Task A_problem_with_a_notice_can_be_swapped_for_another()
    {
        var id = await Http.BeginAsync(problem: SmallContent.WithNotice);
        var session = await Http.SessionAsync(id);
        session.State().ShouldBe("awaiting_consent");
        session.GetProperty("can_swap").GetBoolean().ShouldBeTrue();
        session.Turns()[0].Text.ShouldContain("Some posts are rude.");

        using var swapped = await Http.CommandAsync(id, "swap");

        session = await Http.UntilAsync(id, s => s.State() == "interviewing");
        session.GetProperty("problem").GetString().ShouldBe(SmallContent.Problem);
    }
}
