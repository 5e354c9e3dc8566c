using Dapper;
using Npgsql;

namespace BotPlatform.Service.Hosting;

/// <summary><c>/healthz</c>: the process is up. <c>/readyz</c>: it can take messages.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Ok(new { status = "up" }));
        app.MapGet("/readyz", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await using var connection = await source.OpenConnectionAsync(limit.Token);
            var dead = await connection.QuerySingleAsync<long>(new CommandDefinition("select (select count(*) from inbox where state = 'dead') + (select count(*) from slack_delivery where state = 'dead') + (select count(*) from outbox where state = 'dead')", cancellationToken: limit.Token));
            return Results.Ok(new { status = "ready", waiting_for_operator = dead });
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: "The database is away.");
        }
    }
}
