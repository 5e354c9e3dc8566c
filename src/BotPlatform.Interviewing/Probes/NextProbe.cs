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
    public static Probe? Choose(Session session)
    {
        var progress = session.Progress(session.Step);
        if (!MayAsk(session, progress))
            return null;
        return Candidates(session, progress).FirstOrDefault(p => !session.Asked.Contains(Probe.Key(p.Kind, p.Id)));
    }

    /// <summary>A stretch question of a step, whatever was shown in it; null when all were asked.</summary>
    public static Probe? Stretch(Session session, Step step) =>
        StretchOf(session, step).FirstOrDefault(p => !session.Asked.Contains(Probe.Key(p.Kind, p.Id)));

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

    private static IEnumerable<Probe> Candidates(Session session, StepProgress progress)
    {
        var findings = session.Findings.Values.SelectMany(f => f).ToArray();
        var corrected = findings.Where(f => f.Kind == FindingKind.Correction).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var doubts = findings.Where(f => !corrected.Contains(f.Id)).Select(f => Doubt(session.Book, f)).OfType<Probe>();
        foreach (var doubt in doubts.OrderBy(d => d.Kind))
            yield return doubt;

        if (progress.Fruitless < FruitlessInARow)
        {
            foreach (var point in Essentials(session))
            {
                if (session.Progress(point.Id) is { Shown: null, Probed: false })
                    yield return new Probe(ProbeKind.Essential, point.Id, point.Probe);
            }

            foreach (var finding in findings.Where(f => f.Kind == FindingKind.Buzzword && f.Detail is not null))
            {
                if (StepOf(session.Book, finding.Id) == session.Step && !session.Progress(finding.Id).Probed)
                    yield return new Probe(ProbeKind.Buzzword, finding.Id, Phrases.Substance(finding.Detail!, session.Step));
            }
        }

        if (Essentials(session).All(p => Met(session, p)))
        {
            foreach (var stretch in StretchOf(session, session.Step).Take(session.Depth == session.Step ? int.MaxValue : 1))
                yield return stretch;
        }
    }

    private static Probe? Doubt(RuleBook book, Finding finding) => finding.Kind switch
    {
        FindingKind.WrongArithmetic => new Probe(ProbeKind.Arithmetic, finding.Id, Phrases.WalkThrough(finding.Detail)),
        FindingKind.Contradiction => new Probe(ProbeKind.Contradiction, finding.Id, Phrases.WhichHolds(finding.Detail)),
        FindingKind.RedFlag when book.RedFlag(finding.Id) is { } flag => new Probe(ProbeKind.WrongTurn, flag.Id, flag.Probe),
        _ => null,
    };

    private static IEnumerable<Probe> StretchOf(Session session, Step step) =>
        session.Book.Problem!.Steps[step].Stretch
            .Select((text, i) => new Probe(ProbeKind.Stretch, $"{step.Name()}.stretch-{i + 1}", text));

    private static ImmutableArray<Point> Essentials(Session session) => session.Book.Essentials(session.Step, session.Level);

    private static Step? StepOf(RuleBook book, string point) => book.Point(point) is { } p ? book.Rubric.Criterion(p.Criterion).Step : null;

    private static bool Met(Session session, Point point) => session.Progress(point.Id).Shown >= point.Needs;
}
