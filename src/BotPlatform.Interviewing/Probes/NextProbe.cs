using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Probes;

/// <summary>Chooses the follow-up that is worth most, from what is still missing.</summary>
public static class NextProbe
{
    // Two answers in a row that added nothing: a third question would be an interrogation.
    private const int FruitlessInARow = 2;

    /// <summary>The next probe in the current step, or null when it is time to go on.</summary>
    public static Probe? Choose(Session session) => Candidates(session).FirstOrDefault();

    /// <summary>Every probe that could be asked now, the one that is worth most first.</summary>
    public static IEnumerable<Probe> Candidates(Session session)
    {
        var progress = session.Progress(session.Step);
        if (!MayAsk(session, progress))
            return [];
        var findings = session.Findings.Values.SelectMany(f => f).ToArray();
        var asked = InOtherWords(session, findings).Where(p => WasAsked(session, p.Kind, p.Id)).Select(p => p.Text).ToHashSet(StringComparer.Ordinal);
        return Doubts(session, findings).Concat(Gaps(session, progress, findings)).Concat(Stretches(session))
            .Where(p => !WasAsked(session, p.Kind, p.Id) && !asked.Contains(p.Text) && !WasSaid(session, p.Text));
    }

    /// <summary>A stretch question of a step, whatever was shown in it; null when all were asked.</summary>
    public static Probe? Stretch(Session session, Step step) =>
        StretchOf(session, step).FirstOrDefault(p => !WasAsked(session, p.Kind, p.Id));

    /// <summary>The essential of the current step that is worth a hint: asked about last, or the first one missing.</summary>
    public static Point? ToHint(Session session)
    {
        var missing = Essentials(session).Where(p => !Met(session, p)).ToArray();
        return missing.FirstOrDefault(p => p.Id == session.LastProbed && !session.Progress(p.Id).Hinted)
            ?? missing.FirstOrDefault(p => !session.Progress(p.Id).Hinted);
    }

    private static bool MayAsk(Session session, StepProgress progress)
    {
        var settings = session.Settings;
        var left = settings.ProbePool - session.ProbesSpent;
        var stepsAhead = Step.Monitoring - session.Furthest;
        return left > 0
            && (progress.Probes == 0 || left > stepsAhead)
            && progress.Probes < settings.ProbesPerStep
            && session.Active < settings.DoneBy(session.Furthest);
    }

    private static IEnumerable<Probe> Doubts(Session session, Finding[] findings)
    {
        var doubtful = findings.Where(f => KindOf(f) is { } kind && !WasAsked(session, kind, f.Id)).OrderBy(KindOf);
        foreach (var finding in doubtful)
        {
            if (!findings.Any(f => f.Kind == FindingKind.Correction && f.Id == finding.Id) && Doubt(session.Book, finding) is { } doubt)
                yield return doubt;
        }
    }

    private static IEnumerable<Probe> Gaps(Session session, StepProgress progress, Finding[] findings)
    {
        if (progress.Fruitless >= FruitlessInARow)
            yield break;
        foreach (var point in Essentials(session))
        {
            if (session.Progress(point.Id) is { Shown: null, Probed: false })
                yield return new Probe(ProbeKind.Essential, point.Id, point.Probe);
        }

        // What is asked for in the first step is no buzzword, nor is a word in a question to us.
        if (session.Step == Step.Requirements)
            yield break;
        foreach (var finding in findings.Where(f => f.Kind == FindingKind.Buzzword && f.Detail is not null))
        {
            var open = session.Progress(finding.Id) is { Probed: false, Shown: null or Strength.Named };
            if (open && session.Book.StepOf(finding.Id) == session.Step && !Questions.Hold(findings, finding) && !MeantOtherwise(session, findings, finding))
                yield return new Probe(ProbeKind.Buzzword, finding.Id, Phrases.Substance(finding.Detail!, session.Step));
        }
    }

    // "Log loss" said of training is no metric yet: a word that fitted the step it fell in is not asked about in another.
    private static bool MeantOtherwise(Session session, IEnumerable<Finding> findings, Finding word) =>
        session.Turns[word.Span.Turn - 1].Turn.Step is var said
        && said != session.Step
        && findings.Any(f => f.Kind == FindingKind.Point && f.Span == word.Span && f.Detail == word.Detail && session.Book.StepOf(f.Id) == said);

    // One for who has met the bar; all of them in the step that was chosen to go deep on.
    private static IEnumerable<Probe> Stretches(Session session) =>
        !Essentials(session).All(p => Met(session, p)) ? []
        : session.Depth == session.Step ? StretchOf(session, session.Step)
        : StretchOf(session, session.Step).Take(1);

    private static ProbeKind? KindOf(Finding finding) => finding.Kind switch
    {
        FindingKind.WrongArithmetic => ProbeKind.Arithmetic,
        FindingKind.Contradiction => ProbeKind.Contradiction,
        FindingKind.RedFlag => ProbeKind.WrongTurn,
        _ => null,
    };

    private static Probe? Doubt(RuleBook book, Finding finding) => KindOf(finding) switch
    {
        ProbeKind.Arithmetic => new Probe(ProbeKind.Arithmetic, finding.Id, Phrases.WalkThrough(finding.Detail)),
        ProbeKind.Contradiction => new Probe(ProbeKind.Contradiction, finding.Id, Phrases.WhichHolds(finding.Detail)),
        _ => book.RedFlag(finding.Id) is { } flag ? new Probe(ProbeKind.WrongTurn, flag.Id, flag.Probe) : null,
    };

    private static IEnumerable<Probe> StretchOf(Session session, Step step) =>
        session.Book.Problem!.Steps[step].Stretch
            .Select((text, i) => new Probe(ProbeKind.Stretch, $"{step.Name()}.stretch-{i + 1}", text));

    private static ImmutableArray<Point> Essentials(Session session) => session.Book.Essentials(session.Step, session.Level);

    private static bool WasAsked(Session session, ProbeKind kind, string id) => session.Asked.Contains(Probe.Key(kind, id));

    /// <summary>What a model may have asked in words of its own, as the engine would have asked it.</summary>
    private static IEnumerable<Probe> InOtherWords(Session session, Finding[] findings) => session.Settings.Interviewer != InterviewerMode.Model ? [] :
        session.Book.Points.Select(p => new Probe(ProbeKind.Essential, p.Id, p.Probe))
            .Concat(findings
                .Where(f => f.Kind == FindingKind.Buzzword && f.Detail is not null && session.Book.StepOf(f.Id) is not null)
                .Select(f => new Probe(ProbeKind.Buzzword, f.Id, Phrases.Substance(f.Detail!, session.Book.StepOf(f.Id)!.Value))))
            .Concat(Steps.All.SelectMany(s => StretchOf(session, s)));

    // Two points may be named by one word, and two stretch questions may read alike.
    private static bool WasSaid(Session session, string text) =>
        session.Turns.Exists(t => t.Kind == TurnKind.Question && t.Turn.Text.EndsWith(text.Trim(), StringComparison.Ordinal));

    private static bool Met(Session session, Point point) => session.Progress(point.Id).Shown >= point.Needs;
}
