using System.Security.Cryptography;
using BotPlatform.Adapters.Slack;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack;

/// <summary>Where teams begin to install the app; Slack sends them back to a page.</summary>
public static class SlackInstalls
{
    public static void MapSlackInstall(this IEndpointRouteBuilder app) => app.MapGet("/slack/install", Begin);

    /// <summary>A state is good once: whatever becomes of it, the browser forgets it.</summary>
    internal static void Forget(HttpContext context) =>
        context.Response.Cookies.Delete(InstallState.Cookie, Options(context.RequestServices.GetRequiredService<SlackOAuth>()));

    private static IResult Begin(HttpContext context, SlackOAuth oauth, Access access, TimeProvider time)
    {
        var state = InstallState.Make(access.Secret, RandomNumberGenerator.GetBytes(InstallState.NonceBytes), time.GetUtcNow());
        var options = Options(oauth);
        options.MaxAge = InstallState.Lasts;
        context.Response.Cookies.Append(InstallState.Cookie, state, options);
        return Results.Redirect(oauth.AuthorizeUrl(state).AbsoluteUri);
    }

    // Lax, so that it comes along when Slack sends the browser back.
    private static CookieOptions Options(SlackOAuth oauth) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = oauth.RedirectUrl.Scheme == "https",
        Path = oauth.RedirectUrl.AbsolutePath,
        IsEssential = true,
    };
}
