using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>What a click is answered with.</summary>
/// <param name="Link">What can be opened, and what its button says: an address in a text is no link in Slack. Null for nothing.</param>
internal sealed record ClickAnswer(string Text, (Uri Url, string Words)? Link = null)
{
    /// <summary>What opens the link; null where there is none.</summary>
    public JsonObject? Button => Link is var (url, words) ? Element.LinkButton(Buttons.OpenPage, words, url) : null;

    public static implicit operator ClickAnswer?(string? text) => text is null ? null : new ClickAnswer(text);
}
