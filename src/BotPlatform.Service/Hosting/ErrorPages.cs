namespace BotPlatform.Service.Hosting;

/// <summary>What goes wrong on a page is told on a page; what goes wrong in the API as problem details.</summary>
public static class ErrorPages
{
    private static readonly PathString[] ForMachines = ["/api", "/healthz", "/readyz", "/slack"];

    /// <summary>Whether an error here is read by a person in a browser.</summary>
    public static bool Wants(HttpContext context) => !Array.Exists(ForMachines, p => context.Request.Path.StartsWithSegments(p, StringComparison.Ordinal));

    /// <summary>Fills answers that have a status and nothing else.</summary>
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseWhen(c => !Wants(c), machines => machines.UseStatusCodePages());
    }
}
