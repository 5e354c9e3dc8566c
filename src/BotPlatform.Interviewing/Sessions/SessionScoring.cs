using System.Collections.Immutable;
using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>Scores a session as it stands, from its turns and from what it recorded about chances.</summary>
public static class SessionScoring
{
    /// <summary>The rules' scorecard; what was not reached is unscored, what was declined is 1.</summary>
    public static Scorecard ByRules(Session session) =>
        ByRules(session, session.Book);

    /// <summary>The same session read by another edition of its rubric.</summary>
    public static Scorecard ByRules(Session session, RuleBook book) =>
        RuleScoring.Score(book, session.Level, Transcript(session), Circumstances(session));

    /// <summary>The language models' scores, verified and combined with the rules'.</summary>
    internal static Scorecard ByModel(Draft draft, ModelGrade grade)
    {
        var session = draft.Session;
        var ordinal = 0;
        return Combining.Combine(session.Book, ByRules(session), Transcript(session), grade, text => draft.NewText(text, ++ordinal));
    }

    /// <summary>Every turn that still stands, in order.</summary>
    public static IReadOnlyList<Turn> Transcript(Session session) =>
        session.Turns.FindAll(t => !t.Deleted).ConvertAll(t => t.Turn);

    private static Circumstances Circumstances(Session session) => new(
        Declined: [.. Steps.All.Where(s => session.Progress(s).Closing == StepClosing.Declined)],
        NotReached: [.. Steps.All.Where(s => NotReached(session, s))],
        Prompting: session.Points
            .Where(p => p.Value.Prompting is not null)
            .Select(p => KeyValuePair.Create(p.Key, p.Value.Prompting!.Value))
            .Concat(Corrections(session))
            .DistinctBy(p => p.Key)
            .ToImmutableDictionary(StringComparer.Ordinal));

    /// <summary>What came before each wrong turn was taken back: help on its criterion, the probe about it, or nothing.</summary>
    private static IEnumerable<KeyValuePair<string, Prompting>> Corrections(Session session)
    {
        var hinted = session.Points.Where(p => p.Value.Hinted).Select(p => session.Book.Point(p.Key)?.Criterion).ToHashSet(StringComparer.Ordinal);
        foreach (var correction in session.Findings.Values.SelectMany(f => f).Where(f => f.Kind == FindingKind.Correction).DistinctBy(f => f.Id))
        {
            if (session.Book.RedFlag(correction.Id) is not { } flag)
                continue;
            var prompting = hinted.Contains(flag.Criterion) ? Prompting.Hint
                : session.Asked.Contains(Probe.Key(ProbeKind.WrongTurn, flag.Id)) ? Prompting.NeutralProbe
                : Prompting.Unprompted;
            yield return KeyValuePair.Create(flag.Id, prompting);
        }
    }

    // Whoever stops right after a step's opening question has not declined it.
    private static bool NotReached(Session session, Step step) =>
        session.Progress(step) is { Opened: false } or { Closing: StepClosing.Cut } && !session.Answered(step);
}
