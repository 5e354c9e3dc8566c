using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>What each event does to a session.</summary>
internal static class Fold
{
    public static Session Apply(Session session, SessionEvent happened) => Change(session, happened) with
    {
        Version = session.Version + 1,
        LastAt = happened.At > session.LastAt ? happened.At : session.LastAt,
    };

    private static Session Change(Session s, SessionEvent happened) => happened switch
    {
        SessionEvent.Started e => s with
        {
            State = SessionState.Interviewing,
            ProblemHash = e.ProblemHash,
            Level = e.Level,
            Mode = e.Mode,
            Settings = e.Settings,
        },
        SessionEvent.ConsentAsked => s with { State = SessionState.AwaitingConsent },
        SessionEvent.ConsentGiven => s with { State = SessionState.Interviewing },
        SessionEvent.ProblemSwapped e => s with { ProblemHash = e.ProblemHash },
        SessionEvent.Said e => Say(s, e),
        SessionEvent.Heard e => s with { Heard = s.Heard.Add(e.Key) },
        SessionEvent.TurnEdited e => Retell(s, e.N, e.Text.Value, deleted: false) with { WordingAskedAt = 0 },
        SessionEvent.TurnDeleted e => Retell(s, e.N, "", deleted: true) with { WordingAskedAt = 0 },
        SessionEvent.AnswerExamined e => Learn(s, e),
        SessionEvent.StepOpened e => Open(s, e.Step),
        SessionEvent.StepClosed e => WithStep(s, e.Step, p => p with { Closing = e.How }),
        SessionEvent.FactTold e => s with { FactsTold = s.FactsTold.Add(e.FactId) },
        SessionEvent.QuestionsAnswered e => WithStep(s, e.Step, p => p with { Clarifications = p.Clarifications + 1 }),
        SessionEvent.ProbeAsked e => Probe(s, e),
        SessionEvent.HintGiven e => WithPoint(s, e.PointId, p => p with { Hinted = true, Probed = true }),
        SessionEvent.FeedbackShown e => Reveal(s, e.Step),
        SessionEvent.DepthOffered => s with { DepthOffered = true, Awaiting = Awaiting.DepthChoice },
        SessionEvent.DepthChosen e => s with { Depth = e.Step, Awaiting = Awaiting.Answer },
        SessionEvent.ClosingAsked => s with { ClosingAsked = true, Awaiting = Awaiting.ClosingRemarks, LastProbed = null },
        SessionEvent.TimerSet e => s with { Timers = s.Timers.SetItem(e.Kind, s.Version + 1) },
        SessionEvent.Paused e => StopClock(s, e.At) with
        {
            State = SessionState.Paused,
            PausedByItself = e.ByItself,
            WordingAskedAt = 0,
        },
        SessionEvent.Resumed e => s with
        {
            State = SessionState.Interviewing,
            PausedByItself = false,
            ClockFrom = Later(e.At, e.ShownAt),
        },
        SessionEvent.Ended e => StopClock(s, e.At) with { State = SessionState.Ended, Ending = e.How, WordingAskedAt = 0 },
        SessionEvent.WordingRequested => s with { WordingAskedAt = s.Version + 1 },
        SessionEvent.WordingSettled => s with { WordingAskedAt = 0 },
        SessionEvent.GradeRequested => s with { State = SessionState.Grading, GradeAskedAt = s.Version + 1 },
        SessionEvent.Scored e => s with { State = SessionState.Ended, Scorecard = e.Scorecard },
        _ => s,
    };

    private static Session Say(Session s, SessionEvent.Said e)
    {
        var turn = new SessionTurn(new Turn(e.N, e.Speaker, e.Step, e.Text.Value), e.Kind, e.Key, s.Version + 1, e.At);
        s = e.Kind switch
        {
            TurnKind.Answer => StopClock(s, e.At) with { ClockFrom = e.At },
            TurnKind.Question => s with { ClockFrom = Later(e.At, e.ShownAt) },
            _ => s,
        };
        return s with
        {
            Turns = s.Turns.Add(turn),
            Heard = e.Key is null ? s.Heard : s.Heard.Add(e.Key),
            // Who goes on writing has not finished the answer: what was asked for no longer fits.
            WordingAskedAt = e.Kind == TurnKind.Notice ? s.WordingAskedAt : 0,
        };
    }

    private static Session StopClock(Session s, DateTimeOffset at)
    {
        var ran = s.RunningSince(at);
        return WithStep(s, s.Step, p => p with { Active = p.Active + ran }) with { Active = s.Active + ran, ClockFrom = null };
    }

    private static Session Retell(Session s, int n, string text, bool deleted)
    {
        var told = s.Turns[n - 1];
        var changed = told with { Turn = told.Turn with { Text = text }, Deleted = deleted, EventNumber = s.Version + 1 };
        return s with { Turns = s.Turns.SetItem(n - 1, changed) };
    }

    private static Session Learn(Session s, SessionEvent.AnswerExamined e)
    {
        var again = s.Findings.ContainsKey(e.FirstTurn);
        s = s with { Findings = s.Findings.SetItem(e.FirstTurn, e.Findings) };
        if (again)
            s = Forget(s);
        var anythingNew = e.Findings.Any(f => f.Kind == FindingKind.Correction);
        foreach (var finding in e.Findings)
        {
            if (finding.Kind != FindingKind.Point)
                continue;
            var known = s.Progress(finding.Id);
            if (known.Shown is { } firmest && firmest >= finding.Strength)
                continue;
            anythingNew = true;
            s = WithPoint(s, finding.Id, p => p with
            {
                Shown = finding.Strength,
                Prompting = p.Prompting ?? (p.Hinted ? Prompting.Hint : p.Probed ? Prompting.NeutralProbe : Prompting.Unprompted),
            });
        }

        // Whoever asks back has not failed to answer, and a doubt cleared up need not bring anything new.
        var asksBack = e.Findings.Any(f => f.Kind is FindingKind.FactAsked or FindingKind.OpenQuestion);
        var aboutPoint = s.LastProbed is { } probed && s.Book.Point(probed) is not null;
        // Who writes on while a model words the next question is still answering the same one.
        var open = s.Turns.FindLastIndex(t => t.Kind == TurnKind.Question) < e.FirstTurn;
        if (anythingNew && (!again || open))
            return WithStep(s, s.Step, p => p with { Fruitless = 0 });
        return aboutPoint && !again && !asksBack ? WithStep(s, s.Step, p => p with { Fruitless = p.Fruitless + 1 }) : s;
    }

    /// <summary>What an edit took away is no longer shown; what it left keeps the way it came about.</summary>
    private static Session Forget(Session s)
    {
        var standing = s.Findings.Values
            .SelectMany(f => f)
            .Where(f => f.Kind == FindingKind.Point)
            .GroupBy(f => f.Id, f => f.Strength, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(), StringComparer.Ordinal);
        foreach (var (id, known) in s.Points.Where(p => p.Value.Shown is not null))
        {
            s = s with
            {
                Points = s.Points.SetItem(id, standing.TryGetValue(id, out var firmest)
                    ? known with { Shown = firmest }
                    : known with { Shown = null, Prompting = null }),
            };
        }

        return s;
    }

    /// <summary>Feedback names what is missing: whatever is shown of it afterwards was shown with help.</summary>
    private static Session Reveal(Session s, Step step)
    {
        s = WithStep(s, step, p => p with { Frozen = true });
        foreach (var point in s.Book.Essentials(step, s.Level).Where(p => s.Progress(p.Id).Shown is null))
            s = WithPoint(s, point.Id, p => p with { Hinted = true, Probed = true });
        return s;
    }

    private static Session Open(Session s, Step step) => WithStep(s, step, p => p with
    {
        Opened = true,
        Closing = null,
        FromTurn = p is { Opened: true, Closing: null } ? p.FromTurn : s.Turns.Count + 1,
    }) with
    {
        Step = step,
        Furthest = step > s.Furthest ? step : s.Furthest,
        Awaiting = Awaiting.Answer,
        LastProbed = null,
    };

    private static Session Probe(Session s, SessionEvent.ProbeAsked e) =>
        WithPoint(WithStep(s, e.Step, p => p with { Probes = p.Probes + 1 }), e.Id, p => p with { Probed = true }) with
        {
            ProbesSpent = s.ProbesSpent + 1,
            Asked = s.Asked.Add(Probes.Probe.Key(e.Kind, e.Id)),
            LastProbed = e.Id,
        };

    private static Session WithStep(Session s, Step step, Func<StepProgress, StepProgress> change) =>
        s with { Steps = s.Steps.SetItem(step, change(s.Progress(step))) };

    private static Session WithPoint(Session s, string point, Func<PointProgress, PointProgress> change) =>
        s with { Points = s.Points.SetItem(point, change(s.Progress(point))) };

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? shownAt) => shownAt > at ? shownAt.Value : at;
}
