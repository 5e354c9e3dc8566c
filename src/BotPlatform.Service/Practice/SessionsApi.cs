using System.Text.Json;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Practice;

/// <summary>Sessions over HTTP, for the page, for tests and for load.</summary>
public static class SessionsApi
{
    private static readonly TimeSpan FirstQuestionWait = TimeSpan.FromSeconds(1);

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/api/v1/sessions");
        sessions.MapPost("", CreateAsync);
        sessions.MapGet("", ListAsync);
        sessions.MapGet("{id}", GetAsync);
        sessions.MapDelete("{id}", DeleteAsync);
        sessions.MapGet("{id}/export", ExportAsync);
        sessions.MapGet("{id}/events", SessionStream.GetAsync);
        sessions.MapPost("{id}/messages", SessionInputs.SendAsync);
        sessions.MapPatch("{id}/messages/{message}", SessionInputs.EditAsync);
        sessions.MapDelete("{id}/messages/{message}", SessionInputs.TakeBackAsync);
        sessions.MapPost("{id}/commands", SessionInputs.CommandAsync);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, Practising practising, Access access, CancellationToken cancellation)
    {
        var (body, wrong) = await RequestBody.ReadAsync(context.Request, cancellation);
        if (body is null)
            return wrong!.AsResult();
        var (wanted, problem) = Wanted.Parse(practising.Problems, body);
        if (wanted is null)
            return problem!.AsResult();
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 200)
            return ApiProblem.Bad("Idempotency-Key: at most 200 characters.").AsResult();
        var id = await practising.StartAsync(wanted, Starter.Here("web", access.OwnerOf(context)), key.Length == 0 ? null : key, cancellation);
        if (id is not { } session)
            return new ApiProblem(StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key was used for a different request.").AsResult();
        await practising.UntilStartedAsync(session, FirstQuestionWait, cancellation);
        var (row, folded) = (await practising.FindAsync(session, Caller.Local, cancellation))!.Value;
        return Results.Created(
            $"/api/v1/sessions/{session}",
            practising.View(row, folded) with { Token = access.TokenOf(session) });
    }

    private static async Task<IResult> ListAsync(HttpContext context, Practising practising, Access access, CancellationToken cancellation) =>
        Results.Ok(new { sessions = await practising.ListAsync(access.OwnerOf(context), cancellation) });

    private static async Task<IResult> GetAsync(string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation) =>
        await FindAsync(id, context, practising, access, cancellation) is var (row, session)
            ? Results.Ok(practising.View(row, session))
            : NoSession();

    private static async Task<IResult> ExportAsync(
        string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation)
    {
        if (await FindAsync(id, context, practising, access, cancellation) is not var (row, session))
            return NoSession();
        var json = JsonSerializer.SerializeToUtf8Bytes(practising.View(row, session), Json.Indented);
        return Results.File(json, "application/json", $"interview-{row.SessionId}.json");
    }

    private static async Task<IResult> DeleteAsync(
        string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation)
    {
        if (await FindAsync(id, context, practising, access, cancellation) is not var (row, _))
            return NoSession();
        // Whoever closes the page at once wants it deleted all the same.
        await practising.DeleteAsync(row.Key, CancellationToken.None);
        return Results.NoContent();
    }

    private static async Task<(SessionRow Row, Session Session)?> FindAsync(
        string id, HttpContext context, Practising practising, Access access, CancellationToken cancellation) =>
        Guid.TryParse(id, out var session) ? await practising.FindAsync(session, access.CallerOf(context.Request), cancellation) : null;

    internal static IResult NoSession() => new ApiProblem(StatusCodes.Status404NotFound, "There is no such session, or it is not yours.").AsResult();
}
