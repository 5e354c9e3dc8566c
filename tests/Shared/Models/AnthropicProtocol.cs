using System.Text.Json;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>
/// Messages, without streaming, in both versions that are served. Stricter than the service in one thing: two messages
/// of one role in a row, which the service would join, are refused.
/// </summary>
internal sealed class AnthropicProtocol : IProtocol
{
    /// <summary>The version that still takes a temperature, on models that do.</summary>
    public const string WithSampling = "2023-06-01";

    public const string WithoutSampling = "2026-10-21";

    private const string OlderFormatBeta = "structured-outputs-2025-11-13";

    public string Name => "anthropic";

    public string RequestIdHeader => "request-id";

    public IWording Wording { get; } = new AnthropicWording();

    public void Authenticate(Incoming call, string key)
    {
        var given = call.Header("x-api-key")
            ?? (call.Header("Authorization") is { } value && value.StartsWith("Bearer ", StringComparison.Ordinal) ? value[7..] : null);
        if (given is null) throw new RefusedException(401, "x-api-key header is required");
        if (given != key) throw new RefusedException(401, "invalid x-api-key");
        var version = call.Header("anthropic-version") ?? throw new RefusedException(400, "anthropic-version: header is required");
        if (version is not (WithSampling or WithoutSampling))
            throw new RefusedException(400, $"anthropic-version: \"{version}\" is not a valid version for this endpoint");
    }

    public Asked Read(Incoming call, JsonElement body, IReadOnlyCollection<string> models)
    {
        var fields = new JsonFields(body, "", Wording);
        string[] sampling = call.Header("anthropic-version") == WithSampling ? ["temperature", "top_p", "top_k"] : [];
        fields.Allow(["model", "messages", "max_tokens", "system", "metadata", "stop_sequences", "stream", "thinking",
            "tools", "tool_choice", "service_tier", "output_config", "output_format", .. sampling]);
        var model = fields.NeedText("model");
        if (!models.Contains(model)) throw new RefusedException(404, $"model: {model}");
        fields.Need("max_tokens");
        fields.Whole("max_tokens", 1);
        if (fields.Flag("stream")) throw new RefusedException(400, "stream: not supported here");
        fields.Number("temperature", 0, 1);
        fields.Number("top_p", 0, 1);
        fields.Whole("top_k", 0);
        if (fields.Has("temperature") && fields.Has("top_p"))
            throw new RefusedException(400, "`temperature` and `top_p` cannot both be specified for this model.");
        if (fields.Has("stop_sequences")) fields.Texts("stop_sequences");
        if (fields.FindObject("metadata") is { } metadata) metadata.Allow("user_id");
        AnthropicTools.Check(fields, Wording);
        var content = new AnthropicContent(Wording);
        var (system, prefix) = content.System(fields);
        return new Asked(model, system, content.Conversation(fields), Schema(call, fields), prefix);
    }

    public string Reply(ModelRequest request, Reply reply, Usage usage) => AnthropicReplies.Message(request, reply, usage);

    public string Error(int status, string message, string? parameter, string? code, string requestId) =>
        AnthropicReplies.Error(status, message, requestId);

    private JsonElement? Schema(Incoming call, JsonFields fields)
    {
        var config = fields.FindObject("output_config");
        config?.Allow("format", "effort");
        if (config?.Has("effort") == true) config.OneOf("effort", "low", "medium", "high", "xhigh", "max");
        var older = fields.FindObject("output_format");
        if (older is not null && call.Header("anthropic-beta")?.Contains(OlderFormatBeta, StringComparison.Ordinal) != true)
            throw Wording.Unknown("output_format");
        var newer = config?.FindObject("format");
        if (older is not null && newer is not null)
            throw new RefusedException(400, "output_format: cannot be given together with output_config.format");
        if ((newer ?? older) is not { } format) return null;
        format.Allow("type", "schema");
        format.OneOf("type", "json_schema");
        var schema = format.Need("schema");
        return StrictSchema.Anthropic.FirstFault(schema) is { } fault
            ? throw new RefusedException(400, $"{format.Path("schema")}: {fault}")
            : schema;
    }
}
