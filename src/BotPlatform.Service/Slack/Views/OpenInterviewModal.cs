using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack.Views;

/// <summary>Told instead of the start window: one interview at a time.</summary>
public static class OpenInterviewModal
{
    public const string CallbackId = "open_interview";

    public static JsonObject Of(OpenInterview open) => View.Modal(
        CallbackId,
        "One is open already",
        [
            Block.Section(OpenWords.Line(open)),
            Block.Section("Only one interview can be open at a time. Go on with this one, or stop it to start another: what you have answered so far is scored."),
            Block.Actions(OpenWords.Buttons(open)),
        ],
        submit: null,
        close: "Close");
}
