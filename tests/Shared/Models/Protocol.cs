using System.Text.Json;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>How one kind of server is spoken to, and how it answers.</summary>
internal interface IProtocol
{
    string Name { get; }

    string RequestIdHeader { get; }

    IWording Wording { get; }

    /// <summary>Throws <see cref="RefusedException"/> for a caller who may not ask.</summary>
    void Authenticate(Incoming call, string key);

    /// <summary>Throws <see cref="RefusedException"/> for a request that the real server would not take.</summary>
    Asked Read(Incoming call, JsonElement body, IReadOnlyCollection<string> models);

    string Reply(ModelRequest request, Reply reply, Usage usage);

    string Error(int status, string message, string? parameter, string? code, string requestId);
}

/// <summary>A request as it came.</summary>
internal sealed record Incoming(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What a well-formed request asks for. <paramref name="CachedPrefix"/> is what the server may keep.</summary>
internal sealed record Asked(
    string Model,
    string System,
    IReadOnlyList<(string Role, string Text)> Messages,
    JsonElement? Schema,
    string CachedPrefix);

/// <summary>What a reply says, before either protocol puts it into its own words.</summary>
internal sealed record Reply(ReplyKind Kind, string Text);

internal enum ReplyKind
{
    Complete,
    Cut,
    Refusal,
    ToolCall,
    Empty,
}

/// <summary>Tokens: <paramref name="Input"/> is all of the prompt, of which some was read from or written to a cache.</summary>
internal sealed record Usage(int Input, int Output, int CacheRead, int CacheWritten)
{
    public static int Tokens(int characters) => (characters + 3) / 4;
}
