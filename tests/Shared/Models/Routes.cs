namespace BotPlatform.Tests.Shared.Models;

/// <summary>Which protocol is spoken at an address.</summary>
internal static class Routes
{
    public static IProtocol? Find(string path) => path switch
    {
        "/v1/chat/completions" => new OpenAiProtocol(),
        "/v1/messages" => new AnthropicProtocol(),
        _ => Deployment(path) is { } deployment ? new AzureProtocol(deployment) : null,
    };

    private static string? Deployment(string path) => path.Split('/') switch
    {
        ["", "openai", "deployments", { Length: > 0 } name, "chat", "completions"] => name,
        _ => null,
    };
}
