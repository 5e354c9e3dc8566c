using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

public sealed partial class SlackPerson
{
    internal const int MostModals = 3;

    /// <summary>Fills in the modal on top and sends it. An input that is not named keeps what it holds.</summary>
    /// <param name="values">By action_id or block_id.</param>
    public async Task<SlackReply> SubmitAsync(SlackView view, params IReadOnlyList<(string Name, string Value)> values)
    {
        var opened = Top(view);
        var submission = Team.World.Locked(() =>
        {
            Fill(opened, values);
            return Interactions.Submission(this, opened);
        });
        var reply = await Server.Telling.TellAsync(submission);
        if (reply.Acknowledged) Checked("view_submission", note => Team.World.Locked(() => Follow(opened, reply, note)));
        return reply;
    }

    /// <summary>Closes the modal on top; the service hears of it where it asked to.</summary>
    public async Task<SlackReply?> CloseAsync(SlackView view)
    {
        var opened = Top(view);
        Team.World.Locked(() => OpenModals.Remove(opened));
        return opened.NotifyOnClose
            ? await Server.Telling.TellAsync(Team.World.Locked(() => Interactions.Closed(this, opened, cleared: false)))
            : null;
    }

    private void Fill(OpenedView view, IReadOnlyList<(string Name, string Value)> values)
    {
        var inputs = Surface.Actions(view.Now.Blocks).Where(action => action.InInput).ToList();
        foreach (var (name, _) in values)
            if (!inputs.Exists(input => input.ActionId == name || input.BlockId == name))
                throw new InvalidOperationException($"no input is called {name}, but {string.Join(", ", inputs.Select(input => input.ActionId))}");
        foreach (var input in inputs)
        {
            var named = values.Where(value => value.Name == input.ActionId || value.Name == input.BlockId).ToList();
            if (named.Count > 0) Hold(view, input, named[^1].Value.Length == 0 ? null : named[^1].Value);
            else if (view.State[input.BlockId] is null) Hold(view, input, Inputs.Initial(input.Element));
            if (IsEmpty(view.State[input.BlockId]![input.ActionId]!.AsObject()) && !IsOptional(view.Now.Blocks, input.BlockId))
                throw new InvalidOperationException($"{input.ActionId} has to be filled in");
        }
    }

    private void Hold(OpenedView view, Surface.Action input, string? value) =>
        view.State[input.BlockId] = new JsonObject { [input.ActionId] = Inputs.Value(input, value, Suggested) };

    private static bool IsEmpty(JsonObject held) => held.All(field => field.Key == "type" || field.Value is null or JsonArray { Count: 0 });

    private static bool IsOptional(JsonElement blocks, string blockId) => blocks.EnumerateArray().Any(block =>
        block.GetProperty("block_id").GetString() == blockId && block.TryGetProperty("optional", out var optional) && optional.GetBoolean());

    private bool Follow(OpenedView view, SlackReply reply, Action<string> note)
    {
        view.SetErrors(new Dictionary<string, string>(StringComparer.Ordinal));
        if (reply.Body.Length == 0)
        {
            OpenModals.Remove(view);
            return true;
        }

        if (reply.ContentType != "application/json") throw new SlackErrorException("invalid_response", "the answer is no JSON");
        var json = JsonElement.Parse(reply.Body);
        var fields = new BlockFields(json, "");
        try
        {
            switch (fields.OneOf("response_action", "errors", "update", "push", "clear"))
            {
                case "clear":
                    fields.Allow("response_action");
                    OpenModals.Clear();
                    break;
                case "errors":
                    fields.Allow("response_action", "errors");
                    view.SetErrors(Errors(view, fields.Object("errors"), json.GetProperty("errors")));
                    break;
                case var change:
                    fields.Allow("response_action", "view");
                    Change(view, change, fields.Need("view"), note);
                    break;
            }
        }
        catch (BlockFaultException wrong)
        {
            throw new SlackErrorException("invalid_response", wrong.Message);
        }

        return true;
    }

    private static Dictionary<string, string> Errors(OpenedView view, BlockFields fields, JsonElement errors)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        var inputs = Surface.Actions(view.Now.Blocks).Where(action => action.InInput).Select(action => action.BlockId).ToList();
        foreach (var error in errors.EnumerateObject())
            told[error.Name] = inputs.Contains(error.Name) ? fields.Text(error.Name, 2000) : throw fields.Wrong("no input has this block_id", error.Name);
        return told.Count > 0 ? told : throw fields.Wrong("no errors");
    }

    private void Change(OpenedView view, string change, JsonElement next, Action<string> note)
    {
        Blocks.CheckView(next, "modal", note);
        if (change == "update")
        {
            view.State = [];
            view.Set(next);
            return;
        }

        if (OpenModals.Count == MostModals) throw new SlackErrorException("push_limit_reached", $"{MostModals} modals are open");
        ViewMethods.Opened(Team.World, this, next);
    }
}
