using BotPlatform.Adapters.Tests.Slack;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Slack.Views;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Views;

public sealed class HomeViewTests
{
    private static readonly Uri Web = new("https://practice.example/practice");

    [Fact]
    public void At_first_it_looks_as_approved() => Check("home-empty", new HomeState(null, [], SentTo: null, Web: null, "/interview"));

    [Fact]
    public void With_an_open_interview_and_others_before_it_looks_as_approved() => Check("home-used", new HomeState(
        Open(SessionState.Paused),
        [
            Past(9, "feed", 3.1, [3, 4, null], mode: SessionMode.Assessed, card: false),
            Past(8, "feed", 2.9, [3, 3, null]),
            Past(5, "ads", 2.2, [2, 2, 3], state: SessionState.Grading, card: false),
            Past(2, "feed", 2.4, [2, 3, 2]),
        ],
        "Example Models",
        Web,
        "/interview"));

    [Fact]
    public void The_last_forty_can_be_exported_and_deleted_and_it_is_said_where_there_are_more()
    {
        Shown(40).ShouldNotContain("lder interviews");
        // What was practised in Slack is on no page of its own but the one that its link opens.
        Shown(43).ShouldContain("Older interviews are not shown here; when you delete one of these, the next one comes into view.");

        static string Shown(int interviews)
        {
            var view = HomeView.Of(new HomeState(Open(SessionState.Interviewing), [.. Enumerable.Range(1, interviews).Select(n => Past(n, $"p{n}", 2.5, [1, 2, 3]))], null, Web, "/interview"));
            view.ShouldBeView();
            var shown = view.ToJsonString();
            shown.Split("\"delete_session\"").Length.ShouldBe(41);
            return shown;
        }
    }

    [Fact]
    public void Whatever_the_titles_are_it_fits()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var title = HostileText.Of(seed, 1000);
            PastInterview[] past = [.. Enumerable.Range(1, 50).Select(n => Past(n, $"p{n % 4}", 2.5, [1, 2, 3]) with { Title = title })];
            HomeView.Of(new HomeState(Open(SessionState.Interviewing) with { Title = title }, past, title, Web, "/interview")).ShouldBeView();
            OpenInterviewModal.Of(Open(SessionState.Paused) with { Title = title }).ShouldBeView();
        }
    }

    [Fact]
    public void The_window_on_an_open_interview_looks_as_approved()
    {
        var view = OpenInterviewModal.Of(Open(SessionState.Paused));
        view.ShouldBeView();
        ApprovedJson.Match("open-interview", view);
    }

    internal static PastInterview Past(
        int day, string slug, double mean, int?[] values, SessionMode mode = SessionMode.Practice, SessionState state = SessionState.Ended, bool card = true, string basis = "rules 1.0.0") => new(
        new Guid(day, 0, 7, [1, 2, 3, 4, 5, 6, 7, 8]),
        slug,
        $"Title of {slug}",
        Level.Senior,
        mode,
        state,
        Talk.Start.AddDays(day),
        card ? new PastScorecard(mean, RulesOnly: true, basis, [.. values.Select((v, i) => new PastScore($"c{i}", $"Criterion {i}", v))]) : null);

    private static OpenInterview Open(SessionState state) => new(
        Talk.Id, 7, "A feed", Level.Staff, SessionMode.Practice, state, Step.Data, TimeSpan.FromMinutes(33.5), new Uri("https://example.slack.com/archives/D1/p1700000000000100"));

    private static void Check(string name, HomeState state)
    {
        var view = HomeView.Of(state);
        view.ShouldBeView();
        ApprovedJson.Match(name, view);
    }
}
