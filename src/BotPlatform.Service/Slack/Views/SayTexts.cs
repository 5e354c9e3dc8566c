using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack.Views;

/// <summary>Short answers beside an interview.</summary>
internal static class SayTexts
{
    public static SlackMessage NoResults { get; } = Plain.Message(["There is no scorecard yet: it comes when an interview is over. Those of assessed interviews go to the hiring team."]);

    public static SlackMessage Files { get; } = Plain.Message(
        ["I've noted the file with your answer, but files aren't scored: say in words what it shows, and why it is that way."]);

    public static SlackMessage DeleteData { get; } = With(
        ["This deletes your interviews here, with every answer and scorecard. You are asked once more."],
        Element.Button(Buttons.DeleteAll, "Delete all my data", style: ButtonStyle.Danger));

    public static SlackMessage Start(string command) => With(
        [$"I interview for ML system design, in private: nobody in this channel sees it. Press the button, or type {command} anywhere outside of a thread."],
        Element.Button(Buttons.Start, "Start an interview", style: ButtonStyle.Primary));

    public static SlackMessage NoInterview(string command) => Plain.Message([$"No interview runs in this thread. {command} starts one."]);

    public static SlackMessage SlowDown(int most) => Plain.Message(
        [$"That was more than {most} messages in a minute, which is faster than I can follow. What you have just sent on top of them is not taken down: wait a minute, and send it again."]);

    public static SlackMessage Elsewhere(Uri? thread) => Linked("Your interview runs in its thread; what you write here is no part of it.", thread);

    public static SlackMessage Taken(Uri? thread) => Linked("Done; the answer is in the thread of your interview.", thread);

    private static SlackMessage Linked(string text, Uri? thread) => thread is null
        ? Plain.Message([text])
        : With([text], Element.LinkButton(Buttons.OpenThread, "Open the thread", thread));

    private static SlackMessage With(IReadOnlyList<string> texts, JsonObject button) => Plain.Message(texts, button);
}
