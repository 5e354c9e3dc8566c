using System.Text.Json;
using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing;

namespace BotPlatform.Service.Slack.Views;

/// <summary>Asks back before everything of a person is deleted, and says what that is.</summary>
public static class DeleteModal
{
    public const string CallbackId = "delete_data";

    /// <summary>Name of the input as a block and as an element.</summary>
    public const string Confirmation = "confirmation";

    private const string Yes = "yes";

    /// <param name="interviews">How many there are, the open one included.</param>
    /// <param name="sentTo">Whose language model has read them; null where none has.</param>
    public static JsonObject Of(int interviews, string? sentTo, string? metadata = null)
    {
        List<string> stays =
        [
            "the messages in Slack: Slack keeps its own copy, which you can delete there, message by message, where the workspace allows it",
            "backups that whoever runs this service has made before",
        ];
        if (sentTo is not null)
            stays.Add($"what the provider of the language model ({sentTo}) keeps by its own rules");
        return View.Modal(
            CallbackId,
            "Delete all my data",
            [
                Titled("Deleted for good", [$"{Words.Counted(interviews, "interview")}, with every answer, question and scorecard", "an open one too, without a score", "the link between your Slack account and this service"]),
                Titled("Not deleted", stays),
                Block.Context("This cannot be undone. To keep a copy, close this window and press Export beside an interview first."),
                Block.Input(Confirmation, "Are you sure?", Element.Checkboxes(Confirmation, Element.Option("Yes, delete all of it", Yes))),
            ],
            submit: "Delete",
            close: "Keep it",
            metadata);
    }

    /// <param name="state">The <c>state</c> of the view as it was sent.</param>
    public static bool Confirmed(JsonElement state) =>
        state.ValueKind == JsonValueKind.Object
        && state.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object
        && values.TryGetProperty(Confirmation, out var block) && block.ValueKind == JsonValueKind.Object
        && block.TryGetProperty(Confirmation, out var element) && element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("selected_options", out var chosen) && chosen.ValueKind == JsonValueKind.Array
        && chosen.EnumerateArray().Any(o => o.ValueKind == JsonValueKind.Object && o.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(Yes));

    /// <summary>The answer where the box was not ticked.</summary>
    public static JsonObject Unconfirmed() =>
        View.Errors(new Dictionary<string, string>(StringComparer.Ordinal) { [Confirmation] = "Tick the box, or close the window to keep everything." });

    private static JsonObject Titled(string title, IEnumerable<string> items) => RichText.Of(
        RichText.Section(RichText.Bold(title)),
        RichText.List([.. items.Select(i => RichText.Section(RichText.Text(i)))]));
}
