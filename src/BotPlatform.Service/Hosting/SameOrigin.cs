using System.Net;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Hosting;

/// <summary>
/// On loopback there is no sign-in, so another site's page must not be able to speak to us: the Host must be this
/// machine (against DNS rebinding), and what changes anything must come from our own page or from no page at all.
/// </summary>
public sealed class SameOrigin(RequestDelegate next, Access access)
{
    private static readonly string[] PassedOn = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        // Slack comes from elsewhere, through whatever stands before us, and signs what it says; a shared link is its own key.
        if (request.Path.StartsWithSegments("/slack", StringComparison.Ordinal) || request.Path.StartsWithSegments("/shared", StringComparison.Ordinal))
            return next(context);
        // Nobody on this machine comes through a proxy; one that hides the outer host would make everyone a local person.
        if (access.IsLocal && (!IsThisMachine(request.Host.Host) || Array.Exists(PassedOn, request.Headers.ContainsKey)))
            return RefuseAsync(context, "This service answers to its local address only.");
        var origin = request.Headers.Origin.ToString();
        var foreign = origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        var crossSite = string.Equals(request.Headers["Sec-Fetch-Site"], "cross-site", StringComparison.Ordinal);
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return foreign || (changes && crossSite)
            ? RefuseAsync(context, "Requests from other sites are refused.")
            : next(context);
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static Task RefuseAsync(HttpContext context, string detail) =>
        Results.Problem(statusCode: StatusCodes.Status403Forbidden, detail: detail).ExecuteAsync(context);
}
