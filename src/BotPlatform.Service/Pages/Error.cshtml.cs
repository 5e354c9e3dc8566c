using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BotPlatform.Service.Pages;

/// <summary>Errors of pages, in words that help; asks the database nothing.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading => Status switch
    {
        StatusCodes.Status404NotFound => "There is nothing here",
        StatusCodes.Status503ServiceUnavailable => "The database is away for a moment",
        >= 500 => "That is a fault of ours",
        _ => "That request could not be taken",
    };

    public string Explanation => Status switch
    {
        StatusCodes.Status404NotFound => "The address is mistyped, or the session was deleted, or it belongs to someone else.",
        StatusCodes.Status503ServiceUnavailable => "Nothing is lost. Load the page again in a few seconds.",
        >= 500 => "It has been logged. What you wrote before is safe; go back and try again.",
        _ => "Go back, load the page again, and repeat what you did.",
    };

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        Status = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
    }
}
