using BotPlatform.Service.Slack;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BotPlatform.Service.Pages.Slack;

/// <summary>Where Slack sends back who was asked to allow the app.</summary>
public sealed class OauthModel : PageModel
{
    internal InstallResult Result { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? code, string? error, string? state, CancellationToken cancellation)
    {
        if (HttpContext.RequestServices.GetService<SlackInstaller>() is not { } installer)
            return NotFound();
        var cookie = Request.Cookies[InstallState.Cookie];
        SlackInstalls.Forget(HttpContext);
        Result = await installer.FinishAsync(code, error, state, cookie, cancellation);
        Response.StatusCode = Result.Status;
        // The address holds the code.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        return Page();
    }
}
