using System.Net.Sockets;
using Npgsql;

namespace BotPlatform.Service.Hosting;

/// <summary>What goes wrong below an endpoint becomes a clear answer, and never the end of the process.</summary>
public sealed class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page was closed; there is nobody to answer.
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, e.StatusCode, "The request could not be read.");
        }
        catch (Exception e) when (e is NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException } or TimeoutException or PostgresException { SqlState: "57P01" or "57P03" or "53300" })
        {
            log.LogWarning("The database is away: {Error}", e.GetType().Name);
            context.Response.Headers.RetryAfter = "2";
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "The database is away for the moment; nothing was taken. Send it again in a few seconds.");
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Messages of exceptions may hold what a candidate wrote; the place is enough to find the fault.
            log.LogError("{Method} {Path} failed: {Error} at {Place}", context.Request.Method, Told(context.Request.Path), e.GetType().FullName, e.TargetSite?.ToString());
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "That is a fault of ours; it has been logged.");
        }
    }

    // A shared link opens to whoever has it.
    private static string Told(PathString path) => path.StartsWithSegments("/shared", StringComparison.Ordinal) ? "/shared/…" : path.ToString();

    private static Task AnswerAsync(HttpContext context, int status, string detail)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        if (!ErrorPages.Wants(context))
            return Results.Problem(statusCode: status, detail: detail).ExecuteAsync(context);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
