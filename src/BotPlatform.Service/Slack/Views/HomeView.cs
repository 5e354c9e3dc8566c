using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack.Views;

/// <summary>The app's own tab: what is open, what was, how it went, and what becomes of what is written.</summary>
public static class HomeView
{
    private const int MostPast = 40;
    private const int MostTrends = 3;
    private const int MostValues = 20;

    public static JsonObject Of(HomeState state) => View.Home(
    [
        Block.Header("Practise ML system design interviews"),
        .. Open(state),
        Block.Divider(),
        Block.Header("Your interviews"),
        .. Past(state),
        Block.Divider(),
        Block.Header("How it went"),
        .. Went(state),
        Block.Divider(),
        Block.Header("Your data"),
        .. PrivacyBlocks.Of(state),
    ]);

    private static IEnumerable<JsonObject> Open(HomeState state)
    {
        if (state.Open is { } open)
        {
            yield return Block.Section($"*Open now:* {OpenWords.Line(open)}");
            yield return Block.Actions(OpenWords.Buttons(open));
            yield break;
        }

        yield return Block.Section("An interviewer poses a problem, follows up along seven steps, and ends with a scorecard from your own words.");
        yield return Block.Actions(Element.Button(Buttons.Start, "Start an interview", style: ButtonStyle.Primary));
        yield return Block.Context($"Or type {state.Command} anywhere in Slack.");
    }

    private static IEnumerable<JsonObject> Past(HomeState state)
    {
        if (state.Past.Count == 0)
            yield return Block.Section("None yet. What you practise is listed here; you can read its scorecard, export or delete it.");
        foreach (var past in state.Past.Take(MostPast))
        {
            yield return Block.Section($"{Mrkdwn.Bold(Splitting.Shortened(past.Title, Limits.Header))}\n{Line(past)}");
            yield return Block.Actions(Actions(past));
        }

        if (state.Past.Count > MostPast)
            yield return Block.Context("Older interviews are not shown here; when you delete one of these, the next one comes into view.");
    }

    private static string Line(PastInterview past) => string.Join(" · ", new[]
    {
        PageWords.Title(past.Level),
        past.Mode == SessionMode.Assessed ? "assessed" : null,
        SlackDate.Day(past.At),
        past.Card is { } card ? ScoreWords.Mean(card.Mean) : null,
        past.Card is { RulesOnly: true } ? "rules only" : null,
        past.Card is null && past.State == SessionState.Grading ? PageWords.State(Words.Name(past.State)) : null,
    }.OfType<string>());

    private static List<JsonObject> Actions(PastInterview past)
    {
        var value = new ButtonValue(past.Id).Write();
        List<JsonObject> actions =
        [
            Element.Button(Buttons.Export, "Export", value),
            Element.Button(Buttons.DeleteSession, "Delete", value, confirm: Element.Confirm(
                "Delete this interview?",
                $"{Splitting.Shortened(past.Title, 100)} is removed with every answer and its scorecard. That cannot be undone. The messages in Slack stay there.",
                "Delete it",
                "Keep it",
                danger: true)),
        ];
        if (past.Card is not null)
            actions.Insert(0, Element.Button(Buttons.Results, "Results", value));
        return actions;
    }

    private static IEnumerable<JsonObject> Went(HomeState state)
    {
        var trends = Trends.Of(state.Past);
        if (trends.Count == 0)
        {
            yield return Block.Section(
                "Nothing to compare yet. Problems differ in how hard they are, so scores are set side by side only when you take the same problem at the same level again.");
            yield break;
        }

        foreach (var trend in trends.Take(MostTrends))
        {
            yield return Block.Section(
                $"{Mrkdwn.Bold(Splitting.Shortened(trend.Title, Limits.Header))}, {trend.Level.Name()}, {Words.Counted(trend.Sessions, "time")}, the oldest first\n"
                + string.Join('\n', trend.Criteria.Select(c => $"{Mrkdwn.Plain(Splitting.Shortened(c.Title, Limits.OptionText))}: {Values(c)}")));
        }

        yield return Block.Context("Knowing the problem already raises scores too, and one step up or down can be chance. Different problems are not compared.");
    }

    private static string Values(CriterionTrend trend) => string.Join(" → ", trend.Values.TakeLast(MostValues));
}
