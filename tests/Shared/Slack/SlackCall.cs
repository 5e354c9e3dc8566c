using System.Text.Json;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A call of the Web API as it came in.</summary>
/// <param name="Team">Null where the token belongs to none.</param>
/// <param name="Args">An object; what a form holds as JSON is read.</param>
/// <param name="Error">Null for a call that was accepted.</param>
public sealed record SlackCall(string Method, string? Team, DateTimeOffset At, JsonElement Args, string? Error)
{
    /// <summary>An argument's text, or null.</summary>
    public string? this[string name] =>
        Args.ValueKind == JsonValueKind.Object && Args.TryGetProperty(name, out var value) ? value.ToString() : null;
}
