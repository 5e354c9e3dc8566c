using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Events as they are sent: the inner one in the envelope of the Events API.</summary>
internal static class Events
{
    public static Outgoing Callback(SlackTeam team, JsonObject inner)
    {
        var world = team.World;
        return new Outgoing("events_api", new JsonObject
        {
            ["token"] = "verification-token-of-old",
            ["team_id"] = team.Id,
            ["context_team_id"] = team.Id,
            ["context_enterprise_id"] = null,
            ["api_app_id"] = team.AppId,
            ["event"] = inner,
            ["type"] = "event_callback",
            ["event_id"] = world.NextId("Ev0"),
            ["event_time"] = world.Options.Time.GetUtcNow().ToUnixTimeSeconds(),
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = null,
                ["team_id"] = team.Id,
                ["user_id"] = team.BotUser,
                ["is_bot"] = true,
                ["is_enterprise_install"] = false,
            }),
            ["is_ext_shared_channel"] = false,
            ["event_context"] = $"4-{world.NextId("ctx")}",
        });
    }

    /// <summary>Whether the app is there, and its scopes let it hear this.</summary>
    public static bool IsHeard(SlackTeam team, JsonObject inner) => (string)inner["type"]! switch
    {
        "app_uninstalled" or "tokens_revoked" => true,
        _ when !team.IsInstalled => false,
        "message" => team.Scopes.Contains((string?)inner["channel_type"] == "im" ? "im:history" : "channels:history"),
        "app_mention" => team.Scopes.Contains("app_mentions:read"),
        _ => true,
    };

    public static JsonObject Mention(SlackChannel channel, SlackMessage message)
    {
        var mention = message.Json(metadata: false);
        mention["type"] = "app_mention";
        mention["channel"] = channel.Id;
        mention["event_ts"] = message.Ts;
        return mention;
    }

    public static JsonObject HomeOpened(SlackPerson person)
    {
        var opened = new JsonObject
        {
            ["type"] = "app_home_opened",
            ["user"] = person.Id,
            ["channel"] = person.Team.DmOf(person).Id,
            ["event_ts"] = person.Team.World.NextTs(),
            ["tab"] = "home",
        };
        if (person.HomeView is { } home) opened["view"] = home.Json();
        return opened;
    }

    public static JsonObject Uninstalled(SlackTeam team) => new()
    {
        ["type"] = "app_uninstalled",
        ["event_ts"] = team.World.NextTs(),
    };

    public static JsonObject TokensRevoked(SlackTeam team) => new()
    {
        ["type"] = "tokens_revoked",
        ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(team.BotUser) },
        ["event_ts"] = team.World.NextTs(),
    };
}
