using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack.Views;

/// <summary>The open interview in a line, and what can be done with it.</summary>
internal static class OpenWords
{
    public static string Line(OpenInterview open)
    {
        var begun = open.State is not (SessionState.New or SessionState.AwaitingConsent);
        return $"{Mrkdwn.Bold(Splitting.Shortened(open.Title, Limits.Header))}\n" + string.Join(" · ", new[]
        {
            PageWords.Title(open.Level),
            open.Mode == SessionMode.Assessed ? "assessed" : null,
            PageWords.State(Words.Name(open.State)),
            begun ? TurnMessages.Where(open.Step) : null,
            begun ? $"about {(int)Math.Ceiling(open.Left.TotalMinutes)} minutes left" : null,
        }.OfType<string>());
    }

    public static IReadOnlyList<JsonObject> Buttons(OpenInterview open)
    {
        var value = new ButtonValue(open.Id, open.Turn).Write();
        List<JsonObject> buttons = [];
        if (open.Thread is { } thread)
            buttons.Add(Element.LinkButton(Views.Buttons.OpenThread, "Open its thread", thread));
        if (open.State == SessionState.Paused)
            buttons.Add(SessionButtons.Resume(value));
        buttons.Add(SessionButtons.Stop(value));
        return buttons;
    }
}
