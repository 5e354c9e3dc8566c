using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What becomes of what candidates write, in plain words.</summary>
internal static class PrivacyBlocks
{
    public static IEnumerable<JsonObject> Of(HomeState state)
    {
        List<string> facts =
        [
            "Practice is yours: nobody else is shown it here until you share it. An assessed interview says before its first question who reads it.",
            "Kept until you delete it: your answers, the interviewer's questions, and the scorecards.",
            state.SentTo is { } models
                ? $"What you write in an interview is sent to a language model of {models}."
                : "No language model reads what you write.",
            "Slack keeps its own copy of every message. Owners of this workspace may be able to export direct messages, these included."
                + (state.Web is null ? "" : " On the web you can have the same interviews without Slack."),
        ];
        yield return RichText.Of(RichText.List([.. facts.Select(f => RichText.Section(RichText.Text(Splitting.Shortened(f, 600))))]));
        List<JsonObject> actions = [Element.Button(Buttons.DeleteAll, "Delete all my data")];
        if (state.Web is { } web)
            actions.Insert(0, Element.LinkButton(Buttons.OpenPage, "Practise on the web", web));
        yield return Block.Actions(actions);
    }
}
