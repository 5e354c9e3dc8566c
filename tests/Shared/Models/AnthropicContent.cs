using System.Text.Json;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>The texts of a request to Anthropic: strings, or blocks that may be marked for the prompt cache.</summary>
internal sealed class AnthropicContent(IWording wording)
{
    private const int MostCachePoints = 4;

    private int _cachePoints;

    /// <summary>All of the system prompt, and how much of it is to be cached.</summary>
    public (string Text, string Cached) System(JsonFields fields)
    {
        if (!fields.Has("system")) return ("", "");
        var blocks = Blocks(fields, "system");
        var cached = blocks.FindLastIndex(block => block.Cached) + 1;
        return (Joined(blocks, "\n\n"), Joined(blocks[..cached], "\n\n"));
    }

    public IReadOnlyList<(string Role, string Text)> Conversation(JsonFields fields)
    {
        var messages = fields.Objects("messages").Select(Message).ToList();
        if (messages[0].Role != "user")
            throw new RefusedException(400, "messages: first message must use the \"user\" role");
        for (var at = 1; at < messages.Count; at++)
            if (messages[at].Role == messages[at - 1].Role)
                throw new RefusedException(400, "messages: roles must alternate between \"user\" and \"assistant\", "
                    + $"but found multiple \"{messages[at].Role}\" roles in a row");
        return messages[^1].Role == "user"
            ? messages
            : throw new RefusedException(400,
                "This model does not support assistant message prefill. The conversation must end with a user message.");
    }

    private (string Role, string Text) Message(JsonFields message)
    {
        message.Allow("role", "content");
        return (message.OneOf("role", "user", "assistant"), Joined(Blocks(message, "content"), "\n"));
    }

    private List<(string Text, bool Cached)> Blocks(JsonFields owner, string name)
    {
        if (owner.Need(name).ValueKind == JsonValueKind.String)
        {
            var text = owner.NeedText(name);
            if (string.IsNullOrWhiteSpace(text)) throw wording.Wrong(owner.Path(name), "text that is not blank");
            return [(text, false)];
        }

        return [.. owner.Objects(name).Select(Block)];
    }

    private (string Text, bool Cached) Block(JsonFields block)
    {
        block.Allow("type", "text", "cache_control");
        block.OneOf("type", "text");
        var text = block.NeedText("text");
        if (string.IsNullOrWhiteSpace(text)) throw wording.Wrong(block.Path("text"), "text that is not blank");
        if (block.FindObject("cache_control") is not { } control) return (text, false);
        control.Allow("type", "ttl");
        control.OneOf("type", "ephemeral");
        if (control.Has("ttl")) control.OneOf("ttl", "5m", "1h");
        return ++_cachePoints <= MostCachePoints
            ? (text, true)
            : throw new RefusedException(400, $"A maximum of {MostCachePoints} blocks with cache_control may be provided.");
    }

    private static string Joined(IEnumerable<(string Text, bool Cached)> blocks, string between) =>
        string.Join(between, blocks.Select(block => block.Text));
}
