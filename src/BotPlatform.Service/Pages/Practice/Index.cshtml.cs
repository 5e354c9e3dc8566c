using System.Globalization;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BotPlatform.Service.Pages.Practice;

/// <summary>Starts an interview and lists one's own; works without scripts.</summary>
// SameOrigin refuses posts from other sites, and the person's cookie is strict; a second token would add nothing.
[IgnoreAntiforgeryToken]
public sealed class IndexModel(Practising practising, Access access, SessionSettings settings, Func<Guid> newId) : PageModel
{
    private const int ShownAtOnce = 8;
    private static readonly TimeSpan FirstQuestionWait = TimeSpan.FromSeconds(1);

    /// <summary>Factors on the time, and how they are put.</summary>
    public IReadOnlyList<(double Factor, string Said)> Accommodations { get; } =
        [(1, ""), (1.25, " (a quarter more)"), (1.5, " (half more)"), (2, " (double)")];

    public TimeSpan Budget => settings.Budget;

    public IReadOnlyList<Problem> Problems => practising.Problems;

    public IEnumerable<SessionSummary> Recent => Sessions.Take(ShownAtOnce);

    public IEnumerable<SessionSummary> Older => Sessions.Skip(ShownAtOnce);

    /// <summary>The form sent twice starts one interview.</summary>
    public Guid Key { get; private set; }

    public string? Wrong { get; private set; }

    private IReadOnlyList<SessionSummary> Sessions { get; set; } = [];

    public Task OnGetAsync(CancellationToken cancellation) => FillAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(
        string? problem, string? level, string? mode, string? accommodation, string? key, CancellationToken cancellation)
    {
        var factor = double.TryParse(accommodation, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        var (wanted, wrong) = Wanted.Parse(practising.Problems, problem, level, mode, accommodation is null ? null : factor);
        if (wanted is null || key is null or { Length: 0 or > 200 })
            return await RefuseAsync(problem is null ? "Choose a problem first." : wrong?.Detail ?? "Load the page again.", cancellation);
        if (await practising.StartAsync(wanted, Starter.Here("web", access.OwnerOf(HttpContext)), key, cancellation) is not { } session)
            return await RefuseAsync("That form has started an interview before. Press Start again for another one.", cancellation);
        await practising.UntilStartedAsync(session, FirstQuestionWait, cancellation);
        return LocalRedirect($"/practice/{session}");
    }

    private async Task<IActionResult> RefuseAsync(string why, CancellationToken cancellation)
    {
        await FillAsync(cancellation);
        Wrong = why;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        Key = newId();
        Sessions = await practising.ListAsync(access.OwnerOf(HttpContext), cancellation);
    }
}
