using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What a person's home tab is drawn from.</summary>
/// <param name="Past">Interviews that are over, the newest first.</param>
/// <param name="SentTo">Whose language model reads what candidates write, as they are told; null where none does.</param>
/// <param name="Web">Where the same can be had without Slack; null where nowhere.</param>
/// <param name="Command">The slash command that starts an interview, as it is typed.</param>
public sealed record HomeState(OpenInterview? Open, IReadOnlyList<PastInterview> Past, string? SentTo, Uri? Web, string Command);

/// <summary>An interview that waits for its candidate.</summary>
/// <param name="Turn">Its last turn.</param>
/// <param name="Thread">Permanent link to its thread; null while Slack has not told it.</param>
public sealed record OpenInterview(
    Guid Id, int Turn, string Title, Level Level, SessionMode Mode, SessionState State, Step Step, TimeSpan Left, Uri? Thread)
{
    public static OpenInterview Of(Session session, DateTimeOffset now, Uri? thread) => new(
        session.Id,
        session.Turns.Count,
        session.Book.Problem!.Title,
        session.Level,
        session.Mode,
        session.State,
        session.Step,
        session.TimeLeft(now),
        thread);
}

/// <param name="State">Being scored, or ended.</param>
/// <param name="Card">What may be shown of its scorecard; null where there is none, or it is not for the candidate.</param>
public sealed record PastInterview(
    Guid Id, string Slug, string Title, Level Level, SessionMode Mode, SessionState State, DateTimeOffset At, PastScorecard? Card);

/// <param name="Basis">Who scored and against what ("model, ml-system-design 1.0.0"); only equals are compared.</param>
public sealed record PastScorecard(double? Mean, bool RulesOnly, string Basis, IReadOnlyList<PastScore> Scores);

/// <param name="Title">Of the criterion.</param>
/// <param name="Value">1 to 4; null where it was not scored.</param>
public sealed record PastScore(string Criterion, string Title, int? Value);
