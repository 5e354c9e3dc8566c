using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack;
using Microsoft.AspNetCore.WebUtilities;

namespace BotPlatform.Service.Slack;

/// <summary>Where Slack speaks to us over HTTP: nothing is read before its signature over the raw body holds.</summary>
public static class SlackEndpoints
{
    /// <summary>Bytes of a request; Slack's own are far smaller.</summary>
    private const int MostBytes = 1 << 20;

    public static void MapSlack(this IEndpointRouteBuilder app)
    {
        var slack = app.MapGroup("/slack");
        // Many a second at times: what pages need is left out, and every failure is answered by the endpoint itself.
        slack.MapPost("/events", EventsAsync).ShortCircuit();
        slack.MapPost("/commands", CommandsAsync);
        slack.MapPost("/interactions", InteractionsAsync);
        slack.MapPost("/options", InteractionsAsync);
    }

    private static async Task<IResult> EventsAsync(HttpContext context, SlackSettings settings, SlackEvents events, TimeProvider time, CancellationToken cancellation)
    {
        var (body, refusal) = await VerifiedAsync(context, settings, time, cancellation);
        if (body is null)
            return refusal!;
        if (SlackEnvelope.Read(body) is not { } envelope)
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "Expected an event as Slack sends them.");
        if (envelope.Type == "url_verification")
            return Results.Text(envelope.Challenge ?? "", "text/plain");
        var retry = int.TryParse(context.Request.Headers["X-Slack-Retry-Num"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? Math.Min(n, 99) : 0;
        var reason = context.Request.Headers["X-Slack-Retry-Reason"].ToString() is { Length: > 0 and <= 40 } told && told.All(c => char.IsAsciiLetterLower(c) || c == '_') ? told : null;
        return await events.ReceiveAsync(envelope, body, retry, reason, cancellation) switch
        {
            SlackReceipt.Committed => Results.Ok(),
            SlackReceipt.Malformed => Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "Expected an event with team_id and event_id."),
            _ => Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: "It could not be taken; deliver it again."),
        };
    }

    private static async Task<IResult> CommandsAsync(HttpContext context, SlackSettings settings, SlackCommands commands, TimeProvider time, CancellationToken cancellation)
    {
        var (body, refusal) = await VerifiedAsync(context, settings, time, cancellation);
        if (body is null)
            return refusal!;
        return SlashCommand.Read(Form(body)) is { } command
            ? Answer(await commands.DoAsync(command, cancellation))
            : Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "Expected a command as Slack sends them.");
    }

    private static async Task<IResult> InteractionsAsync(
        HttpContext context, SlackSettings settings, SlackInteractions interactions, TimeProvider time, CancellationToken cancellation)
    {
        var (body, refusal) = await VerifiedAsync(context, settings, time, cancellation);
        if (body is null)
            return refusal!;
        return SlackInteraction.Read(Encoding.UTF8.GetBytes(Form(body).GetValueOrDefault("payload") ?? "")) is { } interaction
            ? Answer(await interactions.DoAsync(interaction, cancellation))
            : Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "Expected an interaction as Slack sends them.");
    }

    private static async Task<(byte[]? Body, IResult? Refusal)> VerifiedAsync(HttpContext context, SlackSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        if (settings.SigningSecrets.Count == 0)
            return (null, Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: "Slack is connected in Socket Mode."));
        var request = context.Request;
        if (request.ContentLength > MostBytes)
            return (null, TooLarge());
        if (await ReadAsync(request, cancellation) is not { } body)
            return (null, TooLarge());
        var verdict = Signature.Check(settings.SigningSecrets, Single(request, Signature.TimestampHeader), Single(request, Signature.SignatureHeader), body, time.GetUtcNow());
        return verdict == SignatureVerdict.Valid
            ? (body, null)
            : (null, Results.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: verdict == SignatureVerdict.Stale ? "Signed too long ago, or ahead of time." : "Not signed by Slack."));
    }

    /// <summary>The whole body; null when it is too long.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is { } length)
        {
            var whole = new byte[length];
            await request.Body.ReadExactlyAsync(whole, cancellation);
            return whole;
        }

        using var read = new MemoryStream();
        var buffer = new byte[16_384];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            read.Write(buffer, 0, count);
            if (read.Length > MostBytes)
                return null;
        }

        return read.ToArray();
    }

    // Of two headers of one name nobody knows which was signed.
    private static string? Single(HttpRequest request, string name) => request.Headers[name] is { Count: 1 } one ? one[0] : null;

    private static IResult TooLarge() => Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge, detail: $"The request is larger than {MostBytes} bytes.");

    private static Dictionary<string, string> Form(byte[] body) =>
        QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).Where(f => f.Value.Count == 1).ToDictionary(f => f.Key, f => f.Value[0]!, StringComparer.Ordinal);

    private static IResult Answer(JsonObject? answer) => answer is null ? Results.Ok() : Results.Text(answer.ToJsonString(), "application/json");
}
