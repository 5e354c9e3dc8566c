using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What can be pressed as a session stands; words in the thread do the same.</summary>
internal static class SessionButtons
{
    /// <summary>The buttons below the interviewer's last message; empty once the interview is over.</summary>
    public static IReadOnlyList<JsonObject> For(Session session, int turn)
    {
        var value = new ButtonValue(session.Id, turn).Write();
        return session.State switch
        {
            SessionState.AwaitingConsent => BeforeConsent(session, value),
            SessionState.Paused => [Resume(value), Stop(value)],
            SessionState.Interviewing => During(session, value),
            _ => [],
        };
    }

    public static JsonObject Resume(string value) => Element.Button(Buttons.Resume, "Resume", value, ButtonStyle.Primary);

    public static JsonObject Stop(string value) => Element.Button(Buttons.Stop, "Stop", value, confirm: Element.Confirm(
        "Stop the interview?",
        "What you have answered so far is scored; steps that were not reached stay unscored. You cannot go on afterwards. To take a break, pause instead.",
        "Stop and score",
        "Carry on",
        danger: true));

    private static List<JsonObject> BeforeConsent(Session session, string value)
    {
        var agree = session.Mode == SessionMode.Assessed ? "I agree, begin" : "Go on";
        List<JsonObject> buttons = [Element.Button(Buttons.Agree, agree, value, ButtonStyle.Primary)];
        if (CanSwap(session))
            buttons.Add(Element.Button(Buttons.Swap, "Another problem", value));
        // Nothing has been said yet that could be lost.
        buttons.Add(Element.Button(Buttons.Stop, "Leave", value));
        return buttons;
    }

    private static List<JsonObject> During(Session session, string value)
    {
        var last = session.Awaiting == Awaiting.ClosingRemarks;
        List<JsonObject> buttons = [];
        if (session.Mode == SessionMode.Practice && session.Awaiting == Awaiting.Answer)
            buttons.Add(Element.Button(Buttons.Hint, "Hint", value));
        buttons.Add(Element.Button(Buttons.Skip, last ? "Nothing to change, finish" : "Skip", value));
        buttons.Add(Element.Button(Buttons.Pause, "Pause", value));
        return buttons;
    }

    private static bool CanSwap(Session session) =>
        session.Book.Problem!.Notice is { } notice && session.Books.Values.Any(b => b.Problem!.Slug == notice.SwapFor);
}
