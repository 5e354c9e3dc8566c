using System.Text.Json;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What was chosen in the window; null for what was not, or is none of the choices.</summary>
/// <param name="Slug">Of a problem, which may not be there any more.</param>
/// <param name="Accommodation">Factor on the time; null is none.</param>
public sealed record StartChoice(string? Slug, Level? Level, SessionMode? Mode, double? Accommodation = null)
{
    private const int LongestSlug = 75;

    /// <param name="state">The <c>state</c> of the view as it was sent; anything else chooses nothing.</param>
    public static StartChoice Parse(JsonElement state) => new(
        Chosen(state, StartModal.Problem) is { Length: > 0 and <= LongestSlug } slug ? slug : null,
        Levels.Parse(Chosen(state, StartModal.Level)),
        Words.Parse<SessionMode>(Chosen(state, StartModal.Mode)),
        StartModal.Accommodations.FirstOrDefault(a => a.Value == Chosen(state, StartModal.Time)).Factor is var factor and > 1 ? factor : null);

    // Our inputs are named alike as blocks and as elements.
    private static string? Chosen(JsonElement state, string name) =>
        Of(Of(Of(Of(Of(state, "values"), name), name), "selected_option"), "value") is { ValueKind: JsonValueKind.String } value
            ? value.GetString()
            : null;

    private static JsonElement? Of(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var child) ? child : null;
}
