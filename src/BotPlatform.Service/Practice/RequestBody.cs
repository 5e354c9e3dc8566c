using System.Text.Json;
using System.Text.Unicode;
using BotPlatform.Adapters;

namespace BotPlatform.Service.Practice;

/// <summary>The JSON object of a request, or the one line that says what is wrong with it.</summary>
public sealed class RequestBody
{
    /// <summary>Bytes of a whole request.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Characters of one message; what is longer should be several.</summary>
    public const int MostCharacters = 32_768;

    private readonly JsonElement _object;

    private RequestBody(JsonElement json) => _object = json;

    public static async Task<(RequestBody? Body, ApiProblem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MostBytes)
                return (null, new ApiProblem(StatusCodes.Status413PayloadTooLarge, $"The request is larger than {MostBytes} bytes."));
        }

        // The reader looks at the bytes of a string only when asked for its text.
        if (!Utf8.IsValid(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
            return (null, ApiProblem.Bad("Expected a JSON object in UTF-8."));
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray().AsMemory(), new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new RequestBody(document.RootElement.Clone()), null)
                : (null, ApiProblem.Bad("Expected a JSON object."));
        }
        catch (JsonException e)
        {
            return (null, ApiProblem.Bad($"Expected a JSON object; it breaks at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }

    /// <summary>A string field; null when absent or null, with a problem when it is something else.</summary>
    public (string? Value, ApiProblem? Problem) Text(string name)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return (null, null);
        return value.ValueKind == JsonValueKind.String
            ? (ReceivedText.Of(value), null)
            : (null, ApiProblem.Bad($"\"{name}\": expected a string."));
    }

    /// <summary>A number field; null when absent or null, with a problem when it is something else.</summary>
    public (double? Value, ApiProblem? Problem) Number(string name)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return (null, null);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? (number, null)
            : (null, ApiProblem.Bad($"\"{name}\": expected a number."));
    }
}

/// <summary>An error of the API (RFC 9457): a status and one sentence that says what to do.</summary>
public sealed record ApiProblem(int Status, string Detail)
{
    public static ApiProblem Bad(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public IResult AsResult() => Results.Problem(statusCode: Status, detail: Detail);
}
