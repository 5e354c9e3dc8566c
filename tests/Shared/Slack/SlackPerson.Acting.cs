using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

public sealed partial class SlackPerson
{
    /// <summary>Options from the last suggestion, which are what can be chosen.</summary>
    internal IReadOnlyList<JsonElement> Suggested { get; private set; } = [];

    /// <summary>A trigger_id without a click.</summary>
    public string IssueTrigger() => Team.World.Locked(() => Interactions.Trigger(this));

    /// <param name="channel">Null for the conversation with the bot.</param>
    public async Task<SlackReply> SlashAsync(string command, string text = "", SlackChannel? channel = null)
    {
        var place = channel ?? Dm;
        var (url, path) = ResponseUrl(place, null);
        var reply = await Server.Telling.TellAsync(Team.World.Locked(() => Interactions.Command(this, place, command, text, url)));
        if (reply is { Acknowledged: true, Body.Length: > 0 }) Team.World.Locked(() => SayAtOnce(command, path, reply));
        return reply;
    }

    /// <summary>Presses a button of a post, or chooses in it.</summary>
    /// <param name="value">Of the option; for a button only to say which value it should have.</param>
    public async Task<SlackReply> ClickAsync(SlackPost post, string actionId, string? value = null)
    {
        var action = Find(post.Blocks, actionId, value);
        var channel = Team.World.Locked(() => Team.FindChannel(post.Channel))!;
        var (url, _) = ResponseUrl(channel, post.Ts);
        return Bare(await Server.Telling.TellAsync(Team.World.Locked(() =>
            Interactions.InMessage(this, post, channel.Find(post.Ts), action, value, url))));
    }

    public Task<SlackReply> ClickInHomeAsync(string actionId, string? value = null) =>
        ClickInAsync(HomeView ?? throw new InvalidOperationException("no home tab was published"), actionId, value);

    /// <summary>Presses or chooses in the modal on top.</summary>
    public Task<SlackReply> ClickInModalAsync(string actionId, string? value = null) => ClickInAsync(Top(null), actionId, value);

    /// <summary>Types into a select of the modal on top, whose options come from the service.</summary>
    public async Task<SlackReply> SuggestAsync(string actionId, string query)
    {
        var view = Top(null);
        var action = Find(view.Now.Blocks, actionId);
        var least = action.Element.TryGetProperty("min_query_length", out var length) ? length.GetInt32() : 3;
        if (query.Length < least) throw new InvalidOperationException($"{actionId} asks from {least} characters on");
        var reply = await Server.Telling.TellAsync(Team.World.Locked(() => Interactions.Suggestion(this, view, action, query)));
        if (!reply.Acknowledged) return reply;
        Checked("block_suggestion", note =>
        {
            var json = reply.Json ?? throw new SlackErrorException("invalid_options", "the answer is no JSON");
            Blocks.CheckOptions(json, note);
            Suggested = [.. SlackReply.Suggested(json)];
        });
        return reply;
    }

    private async Task<SlackReply> ClickInAsync(OpenedView view, string actionId, string? value)
    {
        var action = Find(view.Now.Blocks, actionId, value);
        return Bare(await Server.Telling.TellAsync(Team.World.Locked(() =>
        {
            if (action.InInput) Hold(view, action, value);
            return Interactions.InView(this, view, action, value);
        })));
    }

    /// <param name="view">Null for whichever is on top.</param>
    private OpenedView Top(SlackView? view) => Team.World.Locked(() =>
    {
        var top = OpenModals.LastOrDefault() ?? throw new InvalidOperationException("no modal is open");
        return view is null || top.Now.Id == view.Id ? top : throw new InvalidOperationException($"{view.Id} is not the modal on top");
    });

    // Several buttons of one name differ in their value.
    private static Surface.Action Find(JsonElement blocks, string actionId, string? value = null) =>
        Surface.Actions(blocks).Where(action => action.ActionId == actionId)
            .OrderByDescending(action => value is not null && action.Element.TryGetProperty("value", out var own) && own.ValueEquals(value))
            .FirstOrDefault()
        ?? throw new InvalidOperationException(
            $"nothing to press is called {actionId}, but {string.Join(", ", Surface.Actions(blocks).Select(action => action.ActionId))}");

    private (string Url, string Path) ResponseUrl(SlackChannel channel, string? messageTs) => Team.World.Locked(() =>
    {
        var path = Team.World.ResponseUrls.Issue(this, channel, messageTs, Team.World.Number());
        return (new Uri(Server.BaseUrl, path).ToString(), path);
    });

    // The answer to a click says nothing: what it holds is not read.
    private SlackReply Bare(SlackReply reply)
    {
        if (reply.Acknowledged && reply.Body is not ("" or "{}")) Team.World.Refuse($"block_actions: an answer that nobody reads: {reply.Body}");
        return reply;
    }

    private bool SayAtOnce(string command, string path, SlackReply reply)
    {
        Checked(command, note =>
        {
            var body = reply.ContentType == "application/json" ? reply.Body : new JsonObject { ["text"] = reply.Body }.ToJsonString();
            Answers.Say(Team.World, Team.World.ResponseUrls.Find(path), new Arguments(JsonElement.Parse(body)), note);
        });
        return true;
    }

    private void Checked(string what, Action<Action<string>> check)
    {
        try
        {
            check(note => Team.World.Refuse($"{what}: {note}"));
        }
        catch (SlackErrorException wrong)
        {
            Team.World.Refuse($"{what}: {wrong.Error}: {wrong.Message}");
        }
        catch (JsonException wrong)
        {
            Team.World.Refuse($"{what}: {wrong.Message}");
        }
    }
}
