using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>What OpenAI's chat completions answer.</summary>
internal static class OpenAiReplies
{
    private const long FirstOf2026 = 1_767_225_600;

    public static string Completion(ModelRequest request, Reply reply, Usage usage) => new JsonObject
    {
        ["id"] = $"chatcmpl-{request.Number:D8}",
        ["object"] = "chat.completion",
        ["created"] = FirstOf2026 + request.Number,
        ["model"] = request.Model + "-2026-01-01",
        ["choices"] = reply.Kind == ReplyKind.Empty ? new JsonArray() : new JsonArray(Choice(request, reply)),
        ["usage"] = new JsonObject
        {
            ["prompt_tokens"] = usage.Input,
            ["completion_tokens"] = usage.Output,
            ["total_tokens"] = usage.Input + usage.Output,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheRead, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject
            {
                ["reasoning_tokens"] = 0,
                ["audio_tokens"] = 0,
                ["accepted_prediction_tokens"] = 0,
                ["rejected_prediction_tokens"] = 0,
            },
        },
        ["service_tier"] = "default",
        ["system_fingerprint"] = "fp_2026010100",
    }.ToJsonString();

    public static string Error(int status, string message, string? parameter, string? code) => new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = status switch
            {
                429 => "requests",
                >= 500 => "server_error",
                _ => "invalid_request_error",
            },
            ["param"] = parameter,
            ["code"] = code ?? (status == 429 ? "rate_limit_exceeded" : null),
        },
    }.ToJsonString();

    public static string AzureError(string code, string message) =>
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString();

    private static JsonObject Choice(ModelRequest request, Reply reply)
    {
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = reply.Kind is ReplyKind.Refusal or ReplyKind.ToolCall ? null : reply.Text,
            ["refusal"] = reply.Kind == ReplyKind.Refusal ? reply.Text : null,
            ["annotations"] = new JsonArray(),
        };
        if (reply.Kind == ReplyKind.ToolCall)
            message["tool_calls"] = new JsonArray(new JsonObject
            {
                ["id"] = $"call_{request.Number:D8}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = reply.Text, ["arguments"] = "{}" },
            });
        return new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = reply.Kind switch
            {
                ReplyKind.Cut => "length",
                ReplyKind.ToolCall => "tool_calls",
                _ => "stop",
            },
        };
    }
}
