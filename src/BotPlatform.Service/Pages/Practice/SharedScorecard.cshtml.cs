using System.Text.Json;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BotPlatform.Service.Pages.Practice;

/// <summary>A practice session's scorecard and transcript, for whoever has the link.</summary>
public sealed class SharedScorecardModel(SharedLinks links, Practising practising, Attachments attachments) : PageModel
{
    private static readonly SharedRefusal NoLink = new(
        StatusCodes.Status404NotFound, "This link does not open anything", "It is not complete, or was never given out; copy it once more from where you got it.");

    private static readonly SharedRefusal Over = new(
        StatusCodes.Status410Gone, "This link is over", "Links to a scorecard open for 30 days; whoever shared it can get a new one in Slack.");

    private static readonly SharedRefusal Gone = new(
        StatusCodes.Status410Gone, "This interview was deleted", "Its answers and its scorecard are gone; nothing is left to show.");

    private static readonly SharedRefusal Assessed = new(
        StatusCodes.Status403Forbidden, "This interview was assessed", "Its scorecard is not shared by link; the hiring team that asked for the interview reads it.");

    public string Link { get; private set; } = "";

    public string Title { get; private set; } = "";

    public Level Level { get; private set; }

    public DateTimeOffset At { get; private set; }

    public SessionState State { get; private set; }

    /// <summary>Null while there is none.</summary>
    public CandidateScorecard? Card { get; private set; }

    public IReadOnlyList<TranscriptLine> Transcript { get; private set; } = [];

    /// <summary>Why nothing is shown; null where it is.</summary>
    public SharedRefusal? Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link, CancellationToken cancellation)
    {
        if (await FindAsync(link, cancellation) is not var (row, session))
            return Page();
        Link = link;
        Title = session.Books[row.ProblemHash].Problem!.Title;
        Level = Levels.Parse(row.Level)!.Value;
        At = new DateTimeOffset(row.CreatedAt);
        State = session.State;
        Card = session.Scorecard is { } card ? CandidateScorecard.Of(session, card) : null;
        Transcript = SharedTranscript.Of(session, await attachments.OfAsync(row.Key, cancellation));
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(string link, CancellationToken cancellation)
    {
        if (await FindAsync(link, cancellation) is not var (row, session))
            return Page();
        var view = practising.View(row, session) with { Files = [.. (await attachments.OfAsync(row.Key, cancellation)).Select(FileView.Of)] };
        return File(JsonSerializer.SerializeToUtf8Bytes(view, Json.Indented), "application/json", $"interview-{row.SessionId}.json");
    }

    /// <summary>What the link opens; null when it was refused.</summary>
    private async Task<(SessionRow Row, Session Session)?> FindAsync(string link, CancellationToken cancellation)
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers["X-Robots-Tag"] = "noindex";
        if (links.Read(link) is not { } read)
            return Refuse(NoLink);
        if (read.IsOver)
            return Refuse(Over);
        // The link has been checked, and is the right to see it.
        if (await practising.FindAsync(read.Key, Caller.Local, cancellation) is not { } found)
            return Refuse(Gone);
        return found.Session.Mode == SessionMode.Practice && found.Row.Mode == Interviewing.Words.Name(SessionMode.Practice) ? found : Refuse(Assessed);
    }

    private (SessionRow Row, Session Session)? Refuse(SharedRefusal why)
    {
        Refused = why;
        Response.StatusCode = why.Status;
        return null;
    }
}

/// <param name="Text">What to do, or why there is nothing to do.</param>
public sealed record SharedRefusal(int Status, string Heading, string Text);
