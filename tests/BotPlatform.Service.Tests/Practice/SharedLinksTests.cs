using System.Net;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Tests.Slack;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>Links to scorecards: good for whoever has one, for a while, and for nothing else.</summary>
public sealed class SharedLinksTests(PostgresFixture postgres)
{
    private const double Day = 86_400;
    private static readonly SessionKey s_key = new(Workspace.Local, Guid.Parse("0197b0de-0000-7000-8000-000000000001"));
    private readonly MovedTime _time = new();

    [Fact]
    public void A_link_is_read_as_it_was_made_and_not_once_a_character_is_another()
    {
        var links = Links(new Uri("https://interviews.example/here/"));
        var address = links.Scorecard(s_key)!;
        address.ToString().ShouldStartWith("https://interviews.example/here/shared/");
        links.Export(s_key)!.ToString().ShouldBe(address + "/export");
        var link = address.Segments[^1];
        links.Read(link).ShouldBe(new SharedLink(s_key, IsOver: false));
        for (var i = 0; i < link.Length; i++)
        {
            var other = link[i] == 'A' ? 'B' : 'A';
            links.Read(link[..i] + other + link[(i + 1)..]).ShouldBeNull($"character {i}");
        }

        foreach (var wrong in new[] { "", "x", link[1..], link + "A", link + "=", link.Replace(link[3], '+'), new string('é', link.Length) })
            links.Read(wrong).ShouldBeNull(wrong);
    }

    [Fact]
    public void A_link_of_another_secret_opens_nothing()
    {
        var link = Links(new Uri("https://interviews.example/")).Scorecard(s_key)!.Segments[^1];
        new SharedLinks(new Access(local: true, [.. Enumerable.Repeat((byte)2, 32)]), null, _time).Read(link).ShouldBeNull();
    }

    [Fact]
    public void Without_a_public_address_there_are_no_links()
    {
        Links(null).Scorecard(s_key).ShouldBeNull();
        Links(null).Export(s_key).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_opens_its_own_session_only_and_for_thirty_days()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, slack: SharedPage.Slack, time: _time);
        var (one, two) = (await SharedPage.EndedAsync(service, "The first candidate's answer."), await SharedPage.EndedAsync(service, "Another one's answer."));
        var (path, other) = (SharedPage.Link(service, one), SharedPage.Link(service, two));
        var page = (await SharedPage.OpenAsync(service, path)).Page.Body!.TextContent;
        page.ShouldContain("The first candidate's answer.");
        page.ShouldNotContain("Another one's answer.");

        // The session of one with the mark of the other.
        await ShouldRefuseAsync(service, path[..^30] + other[^30..], HttpStatusCode.NotFound, "never given out");
        await ShouldRefuseAsync(service, "/shared/" + one, HttpStatusCode.NotFound, "never given out");
        _time.Move(30 * Day);
        (await SharedPage.OpenAsync(service, path)).Answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        _time.Move(1);
        await ShouldRefuseAsync(service, path, HttpStatusCode.Gone, "open for 30 days");
    }

    [Fact]
    public async Task A_deleted_session_is_gone_from_its_link_at_once()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, slack: SharedPage.Slack);
        var session = await SharedPage.EndedAsync(service, "An answer.");
        var path = SharedPage.Link(service, session);
        (await SharedPage.OpenAsync(service, path)).Answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await service.Http.DeleteAsync($"{Api.Sessions}/{session}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await ShouldRefuseAsync(service, path, HttpStatusCode.Gone, "nothing is left to show");
    }

    [Fact]
    public async Task An_assessed_interview_is_not_shared()
    {
        await using var service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, slack: SharedPage.Slack);
        var id = await service.Http.BeginAsync(mode: "assessed");
        (await service.Http.CommandAsync(id, "agree")).EnsureSuccessStatusCode();
        await service.Http.UntilAsync(id, s => s.State() == "interviewing");
        await service.Http.SayAndHearAsync(id, "m1", "An answer for the hiring team.");
        (await service.Http.CommandAsync(id, "stop")).EnsureSuccessStatusCode();
        await service.Http.UntilAsync(id, s => s.State() == "ended");
        await ShouldRefuseAsync(service, SharedPage.Link(service, Guid.Parse(id)), HttpStatusCode.Forbidden, "not shared by link");
    }

    private SharedLinks Links(Uri? publicUrl) => new(new Access(local: true, [.. Enumerable.Repeat((byte)1, 32)]), publicUrl, _time);

    private static async Task ShouldRefuseAsync(ServiceUnderTest service, string path, HttpStatusCode status, string said)
    {
        foreach (var at in new[] { path, path + "/export" })
        {
            var (answer, page) = await SharedPage.OpenAsync(service, at);
            answer.StatusCode.ShouldBe(status);
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            page.QuerySelector("main")!.TextContent.ShouldContain(said);
            page.QuerySelectorAll(".turn, .criterion, main a").ShouldBeEmpty();
            page.Body!.TextContent.ShouldNotContain("answer for the hiring team");
        }
    }
}
