namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A call that is turned away: Slack's code for it, and what is wrong in words.</summary>
internal sealed class SlackErrorException(string error, string why) : Exception(why)
{
    public string Error => error;

    /// <summary>The scope that would be needed, and those that are there.</summary>
    public (string Needed, string Provided)? Scope { get; init; }

    /// <summary>Whole seconds to wait, for a call that came too early.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What Slack says in response_metadata.</summary>
    public string? Detail { get; init; }

    public static SlackErrorException Arguments(string detail) => new("invalid_arguments", detail) { Detail = $"[ERROR] {detail}" };
}
