using System.Text.Json.Serialization;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Practice;

/// <summary>A session as the API shows it.</summary>
/// <param name="Token">Opens the session where the service is not bound to loopback; given once, on creation.</param>
/// <param name="Thinking">An answer has come in and its reply is on its way.</param>
/// <param name="Files">What came with messages; only where it is asked for.</param>
public sealed record SessionView(
    Guid Id,
    string Problem,
    string Title,
    string Level,
    string Mode,
    string State,
    string Step,
    int Version,
    bool Thinking,
    bool CanSwap,
    TimeView Time,
    IReadOnlyList<StepView> Steps,
    IReadOnlyList<TurnView> Turns,
    ScorecardView? Scorecard,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FileView>? Files = null)
{
    public static SessionView Of(Session session, SessionRow row, DateTimeOffset now, bool withScorecard) => new(
        session.Id,
        row.Problem,
        session.Books[row.ProblemHash].Problem!.Title,
        row.Level,
        row.Mode,
        Words.Name(session.State),
        session.Step.Name(),
        session.Version,
        session.State == SessionState.New || (session.State == SessionState.Interviewing && session.HasOpenAnswer()),
        session.State == SessionState.AwaitingConsent && session.Book.Problem!.Notice is not null,
        TimeView.Of(session, now),
        [.. Interviewing.Problems.Steps.All.Select(s => StepView.Of(session, s))],
        [.. session.Turns.Select(TurnView.Of)],
        withScorecard && session.Scorecard is { } card
            ? ScorecardView.Of(session.Id.ToString(), card, session.Turns.Select(t => t.Turn))
            : null);
}

/// <summary>Active time in whole seconds.</summary>
/// <param name="Running">Whether the candidate's clock runs now.</param>
public sealed record TimeView(int AllowedS, int LeftS, bool Running)
{
    public static TimeView Of(Session session, DateTimeOffset now) => new(
        (int)session.Settings.TimeAllowed.TotalSeconds,
        (int)session.TimeLeft(now).TotalSeconds,
        session.ClockFrom is not null);
}

/// <param name="State">ahead, open, done, declined or cut.</param>
public sealed record StepView(string Step, string State)
{
    public static StepView Of(Session session, Step step)
    {
        var progress = session.Progress(step);
        var state = progress.Closing is { } how ? Words.Name(how) : progress.Opened ? "open" : "ahead";
        return new StepView(step.Name(), state);
    }
}

/// <param name="Id">The channel's own key of a candidate's message.</param>
public sealed record TurnView(
    int N, string Speaker, string Step, string Text, string Kind, DateTimeOffset At, string? Id, bool Deleted)
{
    public static TurnView Of(SessionTurn told) => new(
        told.Turn.N,
        Words.Name(told.Turn.Speaker),
        told.Turn.Step.Name(),
        told.Turn.Text,
        Words.Name(told.Kind),
        told.At,
        told.Key,
        told.Deleted);
}

/// <summary>A file that came with a message; it is not scored.</summary>
/// <param name="Message">The id of the turn that it came with, or of a message without text.</param>
public sealed record FileView(string Message, string Name, string MediaType, long Bytes, DateTimeOffset At)
{
    public static FileView Of(Attachment file) => new(file.MessageKey, file.Name, file.MediaType, file.Bytes, new DateTimeOffset(file.ReceivedAt));
}
