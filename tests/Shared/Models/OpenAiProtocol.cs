using System.Text.Json;
using System.Text.RegularExpressions;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>
/// Chat completions, without streaming. Stricter than the service in one thing: a schema has to say <c>strict</c>, as
/// without it nobody holds the model to the schema.
/// </summary>
internal class OpenAiProtocol : IProtocol
{
    public virtual string Name => "openai";

    public string RequestIdHeader => "x-request-id";

    public IWording Wording { get; } = new OpenAiWording();

    public virtual void Authenticate(Incoming call, string key)
    {
        if (call.Header("Authorization") is not { } given)
            throw new RefusedException(401, "You didn't provide an API key in an Authorization header using Bearer auth.");
        if (given != "Bearer " + key) throw new RefusedException(401, "Incorrect API key provided.", null, "invalid_api_key");
    }

    public Asked Read(Incoming call, JsonElement body, IReadOnlyCollection<string> models)
    {
        var fields = new JsonFields(body, "", Wording);
        fields.Allow("model", "messages", "temperature", "top_p", "n", "stream", "stop", "max_tokens",
            "max_completion_tokens", "presence_penalty", "frequency_penalty", "seed", "user", "safety_identifier", "store",
            "metadata", "reasoning_effort", "verbosity", "service_tier", "prompt_cache_key", "response_format", "tools",
            "tool_choice", "parallel_tool_calls");
        var model = Model(fields, models);
        if (fields.Flag("stream")) throw new RefusedException(400, "stream is not supported here.", "stream", "unsupported_value");
        CheckNumbers(fields);
        var messages = fields.Objects("messages").Select(Message).ToList();
        var format = fields.FindObject("response_format");
        var schema = format is null ? null : Schema(format, messages);
        if (fields.Has("tools")) foreach (var tool in fields.Objects("tools")) CheckTool(tool);
        var system = string.Join("\n\n", messages.Where(IsSystem).Select(message => message.Text));
        var rest = messages.Where(message => !IsSystem(message)).ToList();
        return new Asked(model, system, rest, schema, system);
    }

    public string Reply(ModelRequest request, Reply reply, Usage usage) => OpenAiReplies.Completion(request, reply, usage);

    public virtual string Error(int status, string message, string? parameter, string? code, string requestId) =>
        OpenAiReplies.Error(status, message, parameter, code);

    protected virtual string Model(JsonFields fields, IReadOnlyCollection<string> models)
    {
        var model = fields.NeedText("model");
        return models.Contains(model)
            ? model
            : throw new RefusedException(
                404, $"The model `{model}` does not exist or you do not have access to it.", null, "model_not_found");
    }

    private static bool IsSystem((string Role, string Text) message) => message.Role is "system" or "developer";

    private static void CheckNumbers(JsonFields fields)
    {
        fields.Number("temperature", 0, 2);
        fields.Number("top_p", 0, 1);
        fields.Number("presence_penalty", -2, 2);
        fields.Number("frequency_penalty", -2, 2);
        fields.Whole("n", 1, 1);
        fields.Whole("seed", long.MinValue);
        fields.Whole("max_tokens", 1);
        fields.Whole("max_completion_tokens", 1);
        if (fields.Has("max_tokens") && fields.Has("max_completion_tokens"))
            throw new RefusedException(400,
                "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", "max_tokens",
                "invalid_parameter_combination");
    }

    private (string Role, string Text) Message(JsonFields message)
    {
        message.Allow("role", "content", "name");
        var role = message.OneOf("role", "system", "developer", "user", "assistant");
        message.FindText("name");
        if (message.Need("content").ValueKind == JsonValueKind.String) return (role, message.NeedText("content"));
        var parts = message.Objects("content").Select(part =>
        {
            part.Allow("type", "text");
            part.OneOf("type", "text");
            return part.NeedText("text");
        });
        return (role, string.Join("\n", parts));
    }

    private JsonElement? Schema(JsonFields format, List<(string Role, string Text)> messages)
    {
        var type = format.OneOf("type", "text", "json_object", "json_schema");
        if (type == "json_schema") format.Allow("type", "json_schema");
        else format.Allow("type");
        if (type == "json_object" && !messages.Exists(message => message.Text.Contains("json", StringComparison.OrdinalIgnoreCase)))
            throw new RefusedException(400,
                "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages");
        if (type != "json_schema") return null;
        var named = format.NeedObject("json_schema");
        named.Allow("name", "description", "schema", "strict");
        var name = named.NeedText("name");
        if (!Regex.IsMatch(name, "^[a-zA-Z0-9_-]{1,64}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            throw Wording.Wrong(named.Path("name"), "a name of letters, digits, '_' and '-'");
        named.FindText("description");
        if (!named.Flag("strict")) throw Wording.Wrong(named.Path("strict"), "true: without it the schema is only a hint");
        var schema = named.Need("schema");
        return StrictSchema.OpenAi.FirstFault(schema) is { } fault
            ? throw new RefusedException(400, $"Invalid schema for response_format '{name}': {fault}.", "response_format")
            : schema;
    }

    private static void CheckTool(JsonFields tool)
    {
        tool.Allow("type", "function");
        tool.OneOf("type", "function");
        tool.NeedObject("function").NeedText("name");
    }
}
