using System.Text.Json;

namespace BotPlatform.Adapters.Slack;

/// <summary>What a bot speaks with in a team, as <c>oauth.v2.access</c> gives it.</summary>
/// <param name="Refresh">Has the next token, once; null where tokens do not expire.</param>
/// <param name="Lasts">Null where it does not expire.</param>
public sealed record SlackTokens(string Token, string? Refresh, TimeSpan? Lasts)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>A refusal names the field that is not as expected, never what it held.</summary>
    public static Outcome<SlackTokens> Read(JsonElement reply)
    {
        if (reply.Text("token_type") is not "bot" || reply.Text("access_token") is not { } token || !IsBotToken(token))
            return new Refusal("access_token is no bot token");
        var (refresh, seconds) = (reply.Text("refresh_token"), reply.Whole("expires_in"));
        if (refresh is null && seconds is null)
            return new SlackTokens(token, null, null);
        if (refresh?.StartsWith("xoxe-", StringComparison.Ordinal) != true || !IsToken(refresh))
            return new Refusal("refresh_token is none");
        return seconds is > 0 && seconds <= Longest.TotalSeconds
            ? new SlackTokens(token, refresh, TimeSpan.FromSeconds(seconds.Value))
            : new Refusal("expires_in is no time");
    }

    private static bool IsBotToken(string token) =>
        (token.StartsWith("xoxb-", StringComparison.Ordinal) || token.StartsWith("xoxe.xoxb-", StringComparison.Ordinal)) && IsToken(token);

    private static bool IsToken(string token) => token.Length is > 8 and <= 1000 && token.All(c => c is > ' ' and <= '~');
}
