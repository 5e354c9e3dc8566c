using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>From bytes to a request that its protocol takes, or a refusal.</summary>
internal static class Reading
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<(Incoming Call, string Body, Asked Asked)> ReadAsync(
        HttpContext context, IProtocol? protocol, string key, IReadOnlyCollection<string> models)
    {
        var request = context.Request;
        if (protocol is null) throw new RefusedException(404, $"Invalid URL ({request.Method} {request.Path})");
        if (!HttpMethods.IsPost(request.Method))
            throw new RefusedException(405, $"Not allowed to {request.Method} on {request.Path}.", null, "method_not_supported");
        var call = new Incoming(
            request.Method,
            request.Path,
            request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal),
            request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        protocol.Authenticate(call, key);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "application/json")
            throw new RefusedException(400, "The content type has to be application/json.");
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = Text(buffer.ToArray(), protocol.Wording);
        return (call, body, Asked(() => protocol.Read(call, Json(body, protocol.Wording), models), protocol.Wording));
    }

    private static string Text(byte[] bytes, IWording wording)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw wording.NotJson("it is not UTF-8");
        }
    }

    // Half a surrogate pair is well-formed JSON, and no text.
    private static Asked Asked(Func<Asked> read, IWording wording)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw wording.NotJson("a name or a text is not whole");
        }
    }

    private static JsonElement Json(string body, IWording wording)
    {
        try
        {
            return JsonElement.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException wrong)
        {
            throw wording.NotJson(wrong.Message);
        }
    }
}
