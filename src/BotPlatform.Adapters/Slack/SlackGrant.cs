using System.Text.Json;

namespace BotPlatform.Adapters.Slack;

/// <summary>A team that has allowed the app.</summary>
/// <param name="Scopes">What it may do there, as Slack lists it.</param>
public sealed record SlackGrant(string TeamId, string TeamName, string BotUserId, string AppId, string Scopes, SlackTokens Tokens)
{
    private const int LongestId = 40;
    private const int LongestName = 200;

    /// <summary>Whether a whole organisation has allowed it, and not one team.</summary>
    public static bool IsOfOrganisation(JsonElement reply) => reply.Is("is_enterprise_install") || (reply.Object("team") is null && reply.Object("enterprise") is not null);

    /// <summary>A refusal names the field that is not as expected, never what it held.</summary>
    public static Outcome<SlackGrant> Read(JsonElement reply)
    {
        if (Id(reply.Object("team"), "id") is not { } team)
            return new Refusal("team.id is missing");
        if (Id(reply, "bot_user_id") is not { } bot)
            return new Refusal("bot_user_id is missing");
        if (Id(reply, "app_id") is not { } app)
            return new Refusal("app_id is missing");
        var scopes = reply.Text("scope") ?? "";
        var granted = scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (SlackOAuth.Scopes.Except(granted, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            return new Refusal($"scope lacks {missing}");
        if (!SlackTokens.Read(reply).TryGet(out var tokens, out var refusal))
            return new Refusal(refusal);
        var name = reply.Object("team")!.Value.Text("name")?.Trim() is { Length: > 0 and <= LongestName } given ? given : team;
        return new SlackGrant(team, name, bot, app, string.Join(',', granted), tokens);
    }

    private static string? Id(JsonElement? json, string name) =>
        json?.Text(name) is { Length: > 0 and <= LongestId } id && id.All(char.IsAsciiLetterOrDigit) ? id : null;
}
