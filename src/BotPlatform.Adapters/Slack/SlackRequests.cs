using System.Text.Json;

namespace BotPlatform.Adapters.Slack;

/// <summary>Who did something in Slack, and where they can be answered within half an hour.</summary>
/// <param name="Trigger">Opens a modal, within three seconds; null where none can be opened.</param>
/// <param name="ResponseUrl">Null where the click was in a modal or on the home tab.</param>
public sealed record SlackActor(string Team, string User, string? Trigger, Uri? ResponseUrl);

/// <summary>A slash command.</summary>
/// <param name="Text">What stood behind the command, as it was typed.</param>
public sealed record SlashCommand(SlackActor Actor, string Command, string Text, string Channel)
{
    /// <summary>Null when something that every command has is missing.</summary>
    public static SlashCommand? Read(IReadOnlyDictionary<string, string> form) =>
        Given(form, "team_id") is { } team && Given(form, "user_id") is { } user && Given(form, "command") is { } command && Given(form, "channel_id") is { } channel
            ? new SlashCommand(
                new SlackActor(team, user, Given(form, "trigger_id"), SlackInteraction.Address(Given(form, "response_url"))),
                command, SlackText.Unescape(ReceivedText.Clean(form.GetValueOrDefault("text") ?? "")).Trim(), channel)
            : null;

    private static string? Given(IReadOnlyDictionary<string, string> form, string name) => form.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}

/// <summary>A click, a submitted form, or a search in a list of options.</summary>
public abstract record SlackInteraction(SlackActor Actor)
{
    /// <param name="Channel">Null on the home tab and in windows.</param>
    /// <param name="InWindow">Whether it was in a window, on which another one can be laid.</param>
    public sealed record Clicked(SlackActor Actor, string Action, string Value, string? Channel, string? Thread, bool InWindow) : SlackInteraction(Actor);

    /// <param name="ViewId">The same each time that the same form is sent.</param>
    /// <param name="State">The state of the form, as Slack sends it.</param>
    public sealed record Submitted(SlackActor Actor, string ViewId, string CallbackId, string PrivateMetadata, JsonElement State) : SlackInteraction(Actor);

    /// <summary>Somebody types in a list whose options we know.</summary>
    public sealed record Searched(SlackActor Actor, string Action, string Query) : SlackInteraction(Actor);

    /// <summary>Of a kind that asks nothing of us, such as a form that was closed.</summary>
    public sealed record Other(SlackActor Actor, string Type) : SlackInteraction(Actor);

    /// <summary>Null when it is no interaction of a known form.</summary>
    public static SlackInteraction? Read(ReadOnlyMemory<byte> payload)
    {
        if (Fields.Parse(payload) is not { } json || json.Text("type") is not { } type)
            return null;
        if ((json.Object("team")?.Text("id") ?? json.Object("user")?.Text("team_id")) is not { Length: > 0 } team || json.Object("user")?.Text("id") is not { Length: > 0 } user)
            return null;
        var actor = new SlackActor(team, user, json.Text("trigger_id"), Address(json.Text("response_url")));
        return type switch
        {
            "block_actions" => Click(actor, json),
            "view_submission" when json.Object("view") is { } view && view.Text("id") is { } id =>
                new Submitted(actor, id, view.Text("callback_id") ?? "", view.Text("private_metadata") ?? "", view.Object("state") ?? default),
            "block_suggestion" => new Searched(actor, json.Text("action_id") ?? "", json.Text("value") ?? ""),
            _ => new Other(actor, type.Length <= 40 ? type : "unknown"),
        };
    }

    // Whatever is sent there goes to Slack and nowhere else, once the host is not taken from the request; see SlackSettings.
    internal static Uri? Address(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address : null;

    private static SlackInteraction Click(SlackActor actor, JsonElement json)
    {
        if (json.Objects("actions").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } action || action.Text("action_id") is not { } id)
            return new Other(actor, "block_actions");
        var container = json.Object("container");
        return new Clicked(
            actor, id, action.Text("value") ?? "", container?.Text("channel_id") ?? json.Object("channel")?.Text("id"),
            container?.Text("thread_ts") ?? json.Object("message")?.Text("thread_ts"), json.Object("view")?.Text("type") == "modal");
    }
}
