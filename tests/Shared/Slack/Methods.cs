using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A method of the Web API.</summary>
/// <param name="Scopes">Any one of them is enough; none are needed where there are none.</param>
/// <param name="PerMinute">Null where posts are paced by channel, or nothing is.</param>
/// <param name="Json">Whether it takes JSON. Slack's reading methods take only a form.</param>
internal sealed record Method(
    IReadOnlyList<string> Scopes, Func<SlackLimits, int>? PerMinute, bool Json, Func<Caller, Arguments, JsonObject> Answer)
{
    /// <summary>Whose token is wanted; null for methods that know their caller otherwise.</summary>
    public string? TokenPrefix { get; init; } = "xoxb-";
}

/// <summary>Who calls, and where faults that Slack would let pass are noted.</summary>
internal sealed record Caller(World World, Token Token, SlackServer Server, Action<string> Note)
{
    /// <summary>The header, for whoever is known by something else than a token.</summary>
    public string? Authorization { get; init; }

    public SlackTeam Team => Token.Team!;
}

internal static class Methods
{
    private static readonly Dictionary<string, Method> All = new(StringComparer.Ordinal)
    {
        ["auth.test"] = new([], null, true, AuthMethods.Test),
        ["auth.revoke"] = new([], limits => limits.Tier3, false, AuthMethods.Revoke),
        ["users.info"] = new(["users:read"], limits => limits.Tier4, false, AuthMethods.UserInfo),
        ["chat.postMessage"] = new(["chat:write"], null, true, ChatMethods.Post),
        ["chat.postEphemeral"] = new(["chat:write"], limits => limits.Tier4, true, ChatMethods.PostEphemeral),
        ["chat.update"] = new(["chat:write"], limits => limits.Tier3, true, ChatMethods.Update),
        ["chat.getPermalink"] = new([], null, false, ChatMethods.GetPermalink),
        ["conversations.open"] = new(["im:write"], limits => limits.Tier3, true, ConversationMethods.Open),
        ["conversations.replies"] = new([], limits => limits.Tier3, false, ConversationMethods.Replies),
        ["conversations.history"] = new([], limits => limits.Tier3, false, ConversationMethods.History),
        ["views.open"] = new([], limits => limits.Tier4, true, ViewMethods.Open),
        ["views.push"] = new([], limits => limits.Tier4, true, ViewMethods.Push),
        ["views.update"] = new([], limits => limits.Tier4, true, ViewMethods.Update),
        ["views.publish"] = new([], limits => limits.Tier4, true, ViewMethods.Publish),
        ["assistant.threads.setStatus"] = new(["chat:write", "assistant:write"], null, true, ConversationMethods.SetStatus),
        ["oauth.v2.access"] = new([], limits => limits.Tier4, false, OAuth.Access) { TokenPrefix = null },
        ["apps.connections.open"] = new(["connections:write"], limits => limits.Tier1, true, SocketLink.Open) { TokenPrefix = "xapp-" },
    };

    public static Method? Find(string name) => All.GetValueOrDefault(name);
}
