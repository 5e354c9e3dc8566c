using System.Text.Json;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>One attempt to tell the service something.</summary>
/// <param name="Type">event_callback, slash_commands, block_actions, view_submission and so on.</param>
/// <param name="EventId">The same for every attempt at an event; null for what is no event.</param>
/// <param name="RetryNum">Zero for the first attempt.</param>
public sealed record SlackDelivery(string Path, string Type, string Body, string? EventId, int RetryNum, SlackReply Reply);

/// <summary>What the service answered at once.</summary>
/// <param name="Status">Zero where nothing came within the time that Slack waits.</param>
/// <param name="Failure">In the words of X-Slack-Retry-Reason; null for an acknowledgement.</param>
public sealed record SlackReply(int Status, string Body, string? ContentType = null, string? Failure = null)
{
    public bool Acknowledged => Failure is null;

    /// <summary>The body as JSON; null where it is none.</summary>
    public JsonElement? Json
    {
        get
        {
            try
            {
                return Body.Length == 0 ? null : JsonElement.Parse(Body);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>Values of the options that were suggested, groups taken together.</summary>
    public IReadOnlyList<string> Options => Json is { } json ? [.. Suggested(json).Select(option => option.GetProperty("value").GetString()!)] : [];

    /// <summary>Whether the answer asks Slack not to come again.</summary>
    internal bool NoRetry { get; init; }

    internal static IEnumerable<JsonElement> Suggested(JsonElement json) =>
        json.TryGetProperty("options", out var options)
            ? options.EnumerateArray()
            : json.TryGetProperty("option_groups", out var groups)
                ? groups.EnumerateArray().SelectMany(group => group.GetProperty("options").EnumerateArray())
                : [];
}
