using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using Microsoft.AspNetCore.Http.Features;

namespace BotPlatform.Service.Practice;

/// <summary>What a candidate sends into a session over HTTP: messages, changes of them, and commands.</summary>
public static class SessionInputs
{
    public static async Task<IResult> SendAsync(
        string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation)
    {
        var (body, wrong) = await RequestBody.ReadAsync(context.Request, cancellation);
        if (body is null)
            return wrong!.AsResult();
        var (message, noId) = body.Text("id");
        var (text, noText) = MessageText(body);
        if ((noId ?? noText) is { } problem)
            return problem.AsResult();
        if (message is null or { Length: 0 or > 200 })
            return ApiProblem.Bad("\"id\": expected a string of 1 to 200 characters, chosen by the sender.").AsResult();
        return await AcceptAsync(id, "message:" + message, message, new Input.MessageReceived(message, text!), context, practising, access, cancellation);
    }

    public static async Task<IResult> EditAsync(
        string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation)
    {
        var (body, wrong) = await RequestBody.ReadAsync(context.Request, cancellation);
        if (body is null)
            return wrong!.AsResult();
        var (text, problem) = MessageText(body);
        return problem is not null
            ? problem.AsResult()
            : await AcceptAsync(id, null, null, new Input.MessageEdited(MessageKey(context), text!), context, practising, access, cancellation);
    }

    public static Task<IResult> TakeBackAsync(
        string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation) =>
        AcceptAsync(id, null, null, new Input.MessageDeleted(MessageKey(context)), context, practising, access, cancellation);

    public static async Task<IResult> CommandAsync(
        string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation)
    {
        var (body, wrong) = await RequestBody.ReadAsync(context.Request, cancellation);
        if (body is null)
            return wrong!.AsResult();
        var (name, noName) = body.Text("command");
        var (step, noStep) = body.Text("step");
        if ((noName ?? noStep) is { } problem)
            return problem.AsResult();
        if (step is not null && Steps.Parse(step) is null)
            return ApiProblem.Bad($"\"step\": expected {Words.Choices<Step>()}.").AsResult();
        return CommandOf(name, Steps.Parse(step)) is { } command
            ? await AcceptAsync(id, null, null, command, context, practising, access, cancellation)
            : ApiProblem.Bad("\"command\": expected agree, swap, hint, skip, back, feedback, time, pause, resume or stop.").AsResult();
    }

    // Routing leaves an escaped slash as it is, and a sender may choose any key: so the path is read as it was sent.
    private static string MessageKey(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return ReceivedText.Clean(Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]));
    }

    private static Input? CommandOf(string? name, Step? step) => name switch
    {
        "agree" => new Input.Consented(),
        "swap" => new Input.Swap(),
        "hint" => new Input.Hint(),
        "skip" => new Input.Skip(),
        "back" => new Input.Back(step),
        "feedback" => new Input.Feedback(),
        "time" => new Input.TimeLeft(),
        "pause" => new Input.Pause(),
        "resume" => new Input.Resume(),
        "stop" => new Input.Stop(),
        _ => null,
    };

    private static (string? Text, ApiProblem? Problem) MessageText(RequestBody body) => body.Text("text") switch
    {
        (_, { } problem) => (null, problem),
        (null, _) => (null, ApiProblem.Bad("\"text\": expected a string.")),
        ({ } text, _) when string.IsNullOrWhiteSpace(text) => (null, ApiProblem.Bad("\"text\": is empty; write something.")),
        ({ Length: > RequestBody.MostCharacters }, _) =>
            (null, ApiProblem.Bad($"\"text\": at most {RequestBody.MostCharacters} characters; send it as several messages.")),
        var (text, _) => (text, null),
    };

    private static async Task<IResult> AcceptAsync(
        string id,
        string? deliveryKey,
        string? messageKey,
        Input input,
        HttpContext context,
        Practising practising,
        Access access,
        CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out var session))
            return SessionsApi.NoSession();
        var repeated = context.Request.Headers["Idempotency-Key"].ToString();
        if (deliveryKey is null && repeated.Length is > 0 and <= 200)
            deliveryKey = "key:" + repeated;
        return await practising.AcceptAsync(session, deliveryKey, messageKey, input, access.CallerOf(context.Request), cancellation) switch
        {
            Acceptance.Accepted or Acceptance.Known => Results.Accepted($"/api/v1/sessions/{session}", new { accepted = true }),
            Acceptance.NoMessage => new ApiProblem(StatusCodes.Status404NotFound, "There is no such message in this session.").AsResult(),
            Acceptance.Over => new ApiProblem(StatusCodes.Status409Conflict, "This interview is over; start another one.").AsResult(),
            _ => SessionsApi.NoSession(),
        };
    }
}
