using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A modal or a home tab as its reader has it.</summary>
/// <param name="Type">modal or home.</param>
public sealed record SlackView(
    string Id, string Type, string CallbackId, string ExternalId, string PrivateMetadata, string Title, JsonElement Blocks, string Hash)
{
    public IReadOnlyList<string> ActionIds => [.. Surface.Actions(Blocks).Select(action => action.ActionId)];

    /// <summary>All that a reader sees of the blocks, a line for each text.</summary>
    public string Shown => Surface.Shown(Blocks);

    /// <summary>What the service answered to a submission, by block_id.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A view that was opened or published, through all its versions.</summary>
internal sealed class OpenedView(World world, SlackPerson person, string id)
{
    private JsonElement _given;

    public SlackPerson Person => person;

    public SlackView Now { get; private set; } = null!;

    /// <summary>The values of inputs, by block_id and action_id.</summary>
    public JsonObject State { get; set; } = [];

    public void Set(JsonElement view)
    {
        _given = view;
        string Text(string name) => view.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        var title = view.TryGetProperty("title", out var text) ? text.GetProperty("text").GetString()! : "";
        Now = new SlackView(
            id, Text("type"), Text("callback_id"), Text("external_id"), Text("private_metadata"), title,
            Blocks.Named(view.GetProperty("blocks"), world), $"{world.NextTs()[..10]}.{world.Number():x8}");
    }

    public void SetErrors(IReadOnlyDictionary<string, string> errors) => Now = Now with { Errors = errors };

    public bool NotifyOnClose => _given.TryGetProperty("notify_on_close", out var value) && value.GetBoolean();

    public JsonObject Json()
    {
        JsonNode? Given(string name) => _given.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null;
        return new JsonObject
        {
            ["id"] = id,
            ["team_id"] = person.Team.Id,
            ["type"] = Now.Type,
            ["blocks"] = JsonNode.Parse(Now.Blocks.GetRawText()),
            ["private_metadata"] = Now.PrivateMetadata,
            ["callback_id"] = Now.CallbackId,
            ["external_id"] = Now.ExternalId,
            ["state"] = new JsonObject { ["values"] = State.DeepClone() },
            ["hash"] = Now.Hash,
            ["title"] = Given("title"),
            ["submit"] = Given("submit"),
            ["close"] = Given("close"),
            ["clear_on_close"] = Given("clear_on_close") ?? false,
            ["notify_on_close"] = NotifyOnClose,
            ["root_view_id"] = person.OpenModals.FirstOrDefault()?.Now.Id ?? id,
            ["previous_view_id"] = null,
            ["app_id"] = person.Team.AppId,
            ["app_installed_team_id"] = person.Team.Id,
            ["bot_id"] = person.Team.BotId,
        };
    }
}
