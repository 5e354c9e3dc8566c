using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What people do with what the bot shows, as it is sent.</summary>
internal static class Interactions
{
    public static Outgoing Command(SlackPerson person, SlackChannel channel, string command, string text, string responseUrl)
    {
        var team = person.Team;
        return new Outgoing("slash_commands", new JsonObject
        {
            ["token"] = "verification-token-of-old",
            ["team_id"] = team.Id,
            ["team_domain"] = team.Domain,
            ["channel_id"] = channel.Id,
            ["channel_name"] = channel.With is null ? "general" : "directmessage",
            ["user_id"] = person.Id,
            ["user_name"] = person.Id.ToLowerInvariant(),
            ["command"] = command,
            ["text"] = text,
            ["api_app_id"] = team.AppId,
            ["is_enterprise_install"] = "false",
            ["response_url"] = responseUrl,
            ["trigger_id"] = Trigger(person),
        });
    }

    public static Outgoing InMessage(SlackPerson person, SlackPost post, SlackMessage? message, Surface.Action action, string? value, string responseUrl)
    {
        var container = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = post.Ts,
            ["channel_id"] = post.Channel,
            ["is_ephemeral"] = message is null,
        };
        if (post.ThreadTs is not null) container["thread_ts"] = post.ThreadTs;
        var payload = Payload(person, "block_actions");
        payload["container"] = container;
        payload["channel"] = new JsonObject { ["id"] = post.Channel, ["name"] = post.Channel[0] == 'D' ? "directmessage" : "general" };
        if (message is not null) payload["message"] = message.Json(metadata: true);
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["response_url"] = responseUrl;
        payload["actions"] = new JsonArray(Acted(person, action, value));
        return new Outgoing("interactive", payload);
    }

    public static Outgoing InView(SlackPerson person, OpenedView view, Surface.Action action, string? value)
    {
        var payload = Payload(person, "block_actions");
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Now.Id };
        payload["view"] = view.Json();
        payload["actions"] = new JsonArray(Acted(person, action, value));
        return new Outgoing("interactive", payload);
    }

    public static Outgoing Suggestion(SlackPerson person, OpenedView view, Surface.Action action, string query)
    {
        var payload = Payload(person, "block_suggestion");
        payload.Remove("trigger_id");
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Now.Id };
        payload["view"] = view.Json();
        payload["action_id"] = action.ActionId;
        payload["block_id"] = action.BlockId;
        payload["value"] = query;
        return new Outgoing("interactive", payload);
    }

    public static Outgoing Submission(SlackPerson person, OpenedView view)
    {
        var payload = Payload(person, "view_submission");
        payload["view"] = view.Json();
        payload["response_urls"] = new JsonArray();
        return new Outgoing("interactive", payload);
    }

    public static Outgoing Closed(SlackPerson person, OpenedView view, bool cleared)
    {
        var payload = Payload(person, "view_closed");
        payload.Remove("trigger_id");
        payload["view"] = view.Json();
        payload["is_cleared"] = cleared;
        return new Outgoing("interactive", payload);
    }

    public static string Trigger(SlackPerson person) => person.Team.World.Triggers.Issue(person, person.Team.World.Number());

    private static JsonObject Payload(SlackPerson person, string type) => new()
    {
        ["type"] = type,
        ["team"] = new JsonObject { ["id"] = person.Team.Id, ["domain"] = person.Team.Domain },
        ["user"] = new JsonObject
        {
            ["id"] = person.Id,
            ["username"] = person.Id.ToLowerInvariant(),
            ["name"] = person.Id.ToLowerInvariant(),
            ["team_id"] = person.Team.Id,
        },
        ["api_app_id"] = person.Team.AppId,
        ["token"] = "verification-token-of-old",
        ["trigger_id"] = Trigger(person),
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
    };

    private static JsonObject Acted(SlackPerson person, Surface.Action action, string? value)
    {
        var acted = Inputs.Value(action, value, person.Suggested);
        acted["action_id"] = action.ActionId;
        acted["block_id"] = action.BlockId;
        acted["action_ts"] = person.Team.World.NextTs();
        if (action.Type == "button") acted["text"] = JsonNode.Parse(action.Element.GetProperty("text").GetRawText());
        return acted;
    }
}
