using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What arrived, before anyone asked what it means.</summary>
internal sealed record Received(string Method, string? ContentType, string? Authorization, byte[] Body)
{
    public static async Task<Received> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var headers = context.Request.Headers;
        return new Received(
            context.Request.Method, context.Request.ContentType, headers.Authorization.FirstOrDefault(), buffer.ToArray());
    }
}

/// <summary>From bytes to arguments, or Slack's word for what is wrong with them.</summary>
internal static class Reading
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    /// <param name="json">Whether the method takes JSON; those that only read take nothing but a form.</param>
    /// <param name="note">Told what Slack would let pass with a warning.</param>
    public static Arguments Arguments(Received received, bool json, Action<string> note)
    {
        if (!HttpMethods.IsPost(received.Method))
            throw new SlackErrorException("invalid_post_type", $"called with {received.Method}");
        if (received.Body.Length == 0) return new Arguments(JsonElement.Parse("{}"));
        if (received.ContentType is not { Length: > 0 } given)
            throw new SlackErrorException("missing_post_type", "a body without a content type");
        if (!MediaTypeHeaderValue.TryParse(given, out var type))
            throw new SlackErrorException("invalid_post_type", $"no content type: {given}");
        var charset = type.Charset.ToString().Trim('"');
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new SlackErrorException("invalid_charset", $"the charset is {charset}");
        switch (type.MediaType.ToString())
        {
            case "application/json":
                if (!json) throw SlackErrorException.Arguments("this method takes a form: JSON is not read");
                if (charset.Length == 0) note("missing_charset: JSON without charset=utf-8");
                var arguments = new Arguments(Json(received.Body));
                return arguments.Has("token") ? throw SlackErrorException.Arguments("a token in JSON is not read") : arguments;
            case "application/x-www-form-urlencoded":
                return new Arguments(Form(received.Body));
            default:
                throw new SlackErrorException("invalid_post_type", $"the content type is {type.MediaType}");
        }
    }

    public static JsonElement Json(byte[] body)
    {
        try
        {
            var value = JsonElement.Parse(Strict.GetString(body), NoDuplicates);
            return value.ValueKind == JsonValueKind.Object
                ? value
                : throw new SlackErrorException("json_not_object", "the JSON is no object");
        }
        catch (Exception wrong) when (wrong is JsonException or DecoderFallbackException)
        {
            throw new SlackErrorException("invalid_json", wrong.Message);
        }
    }

    private static JsonElement Form(byte[] body)
    {
        var fields = new JsonObject();
        try
        {
            using var reader = new FormReader(Strict.GetString(body)) { ValueLengthLimit = int.MaxValue };
            foreach (var (name, values) in reader.ReadForm())
                fields[name] = values.Count == 1
                    ? values.ToString()
                    : throw new SlackErrorException("invalid_form_data", $"{name} comes {values.Count} times");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or DecoderFallbackException)
        {
            throw new SlackErrorException("invalid_form_data", wrong.Message);
        }

        return JsonElement.Parse(fields.ToJsonString());
    }
}
