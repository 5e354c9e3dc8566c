using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BotPlatform.Service.Pages.Practice;

/// <summary>The interview; its turns arrive as events, so that a reload shows them all.</summary>
public sealed class ChatModel(Practising practising, Access access) : PageModel
{
    public Guid Id { get; private set; }

    public string Title { get; private set; } = "";

    public string Meta { get; private set; } = "";

    /// <summary>Whether this reader is shown the scorecard in the end.</summary>
    public bool ShowsScorecard { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await practising.FindAsync(id, access.CallerOf(Request), cancellation) is not var (row, session))
            return NotFound();
        var assessed = row.Mode == Interviewing.Words.Name(SessionMode.Assessed);
        Id = id;
        Title = session.Books[row.ProblemHash].Problem!.Title;
        Meta = PageWords.Title(Levels.Parse(row.Level)!.Value) + (assessed ? ", assessed" : ", practice");
        ShowsScorecard = access.IsLocal || !assessed;
        return Page();
    }
}
