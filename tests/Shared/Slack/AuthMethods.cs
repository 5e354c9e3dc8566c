using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

internal static class AuthMethods
{
    public static JsonObject Test(Caller caller, Arguments args)
    {
        args.Allow();
        var team = caller.Team;
        return new JsonObject
        {
            ["url"] = $"https://{team.Domain}.slack.com/",
            ["team"] = $"Workspace {team.Id}",
            ["user"] = "bot",
            ["team_id"] = team.Id,
            ["user_id"] = team.BotUser,
            ["bot_id"] = team.BotId,
            ["is_enterprise_install"] = false,
        };
    }

    public static JsonObject Revoke(Caller caller, Arguments args)
    {
        args.Allow("test");
        if (args.Flag("test")) return new JsonObject { ["revoked"] = false };
        caller.Token.Revoked = true;
        return new JsonObject { ["revoked"] = true };
    }

    public static JsonObject UserInfo(Caller caller, Arguments args)
    {
        args.Allow("user", "include_locale");
        var person = caller.Team.FindPerson(args.Need("user"))
            ?? throw new SlackErrorException("user_not_found", $"nobody is {args.Need("user")}");
        var user = new JsonObject
        {
            ["id"] = person.Id,
            ["team_id"] = caller.Team.Id,
            ["name"] = person.Id.ToLowerInvariant(),
            ["deleted"] = false,
            ["real_name"] = $"Person {person.Id}",
            ["tz"] = person.TimeZone,
            ["tz_label"] = person.TimeZone,
            ["tz_offset"] = 0,
            ["profile"] = new JsonObject { ["real_name"] = $"Person {person.Id}", ["display_name"] = person.Id.ToLowerInvariant() },
            ["is_admin"] = false,
            ["is_bot"] = false,
        };
        if (args.Flag("include_locale")) user["locale"] = "en-US";
        return new JsonObject { ["user"] = user };
    }
}
