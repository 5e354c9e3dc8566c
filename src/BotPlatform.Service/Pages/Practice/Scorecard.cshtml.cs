using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BotPlatform.Service.Pages.Practice;

/// <summary>A candidate's scorecard, made to be read and printed.</summary>
public sealed class ScorecardModel(Practising practising, Access access) : PageModel
{
    public Guid Id { get; private set; }

    public string Title { get; private set; } = "";

    public Level Level { get; private set; }

    public bool Assessed { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Still open, being scored, or over.</summary>
    public SessionState State { get; private set; }

    /// <summary>Null while there is none, and where this reader is not shown it.</summary>
    public CandidateScorecard? Card { get; private set; }

    public bool Hidden { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await practising.FindAsync(id, access.CallerOf(Request), cancellation) is not var (row, session))
            return NotFound();
        Id = id;
        Title = session.Books[row.ProblemHash].Problem!.Title;
        Level = Levels.Parse(row.Level)!.Value;
        Assessed = row.Mode == Interviewing.Words.Name(SessionMode.Assessed);
        At = new DateTimeOffset(row.CreatedAt);
        State = session.State;
        Hidden = Assessed && !access.IsLocal;
        Card = session.Scorecard is { } card && !Hidden ? CandidateScorecard.Of(session, card) : null;
        return Page();
    }

    public ShownScorecard Shown(CandidateScorecard card) => new(card, Level, $"/practice/{Id}{Token}");

    public string Token => Request.Query["token"].ToString() is { Length: > 0 } token ? $"?token={Uri.EscapeDataString(token)}" : "";
}
