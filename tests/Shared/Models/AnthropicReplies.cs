using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>What Anthropic's messages answer.</summary>
internal static class AnthropicReplies
{
    public static string Message(ModelRequest request, Reply reply, Usage usage) => new JsonObject
    {
        ["id"] = $"msg_{request.Number:D8}",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = request.Model,
        ["content"] = Content(request, reply),
        ["stop_reason"] = reply.Kind switch
        {
            ReplyKind.Cut => "max_tokens",
            ReplyKind.ToolCall => "tool_use",
            ReplyKind.Refusal => "refusal",
            _ => "end_turn",
        },
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = usage.Input - usage.CacheRead - usage.CacheWritten,
            ["output_tokens"] = usage.Output,
            ["cache_read_input_tokens"] = usage.CacheRead,
            ["cache_creation_input_tokens"] = usage.CacheWritten,
            ["service_tier"] = "standard",
        },
    }.ToJsonString();

    public static string Error(int status, string message, string requestId) => new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject
        {
            ["type"] = status switch
            {
                401 => "authentication_error",
                402 => "billing_error",
                403 => "permission_error",
                404 => "not_found_error",
                413 => "request_too_large",
                429 => "rate_limit_error",
                504 => "timeout_error",
                529 => "overloaded_error",
                >= 500 => "api_error",
                _ => "invalid_request_error",
            },
            ["message"] = message,
        },
        ["request_id"] = requestId,
    }.ToJsonString();

    private static JsonArray Content(ModelRequest request, Reply reply) => reply.Kind switch
    {
        ReplyKind.Empty => [],
        ReplyKind.ToolCall => [new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = $"toolu_{request.Number:D8}",
            ["name"] = reply.Text,
            ["input"] = new JsonObject(),
        }],
        _ => [new JsonObject { ["type"] = "text", ["text"] = reply.Text }],
    };
}
