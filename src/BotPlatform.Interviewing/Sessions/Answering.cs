using System.Collections.Immutable;
using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Wording;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>An answer is complete: read it, answer its questions, and ask what is worth most next.</summary>
internal static class Answering
{
    // Beyond these, questions are still answered, but the interview goes on.
    private const int ClarificationsPerStep = 4;

    public static void Close(Draft draft, ImmutableArray<Finding>? findings)
    {
        if (!Read(draft, findings))
            return;
        if (draft.Session.Awaiting == Awaiting.ClosingRemarks)
        {
            Closing.End(draft, SessionEnding.Finished);
            return;
        }

        // The quiet period at the end of an answer is ours, so the clock is read as it stood at the last message.
        var outOfTime = draft.Session.Active >= draft.Session.Settings.TimeAllowed;
        if (draft.Session.Awaiting == Awaiting.DepthChoice && !outOfTime)
        {
            Advance.ChooseDepth(draft);
            return;
        }

        if (outOfTime)
            Closing.End(draft, SessionEnding.OutOfTime, Join(AnswerQuestions(draft, worded: null), Phrases.TimeIsUp));
        else if (!Wordings.Ask(draft))
            GoOn(draft, worded: null);
    }

    /// <summary>Answers what was asked and asks what is worth most next, in a model's words where there are any.</summary>
    public static void GoOn(Draft draft, Worded? worded)
    {
        var givesBack = GivesBack(draft.Session);
        var answers = AnswerQuestions(draft, worded);
        if (givesBack)
        {
            draft.Add(new SessionEvent.QuestionsAnswered(draft.Now, draft.Session.Step));
            draft.Ask(Join(answers, worded?.Question ?? Phrases.GoOn));
        }
        else if (worded is not null && NextProbe.Candidates(draft.Session).FirstOrDefault(p => p.Id == worded.Gap) is { } chosen)
        {
            Advance.Ask(draft, chosen with { Text = worded.Question }, answers);
        }
        else
        {
            Advance.Continue(draft, answers);
        }
    }

    /// <summary>Whether the question goes back to the candidate, who asked and told nothing yet.</summary>
    public static bool GivesBack(Session session)
    {
        var findings = session.Findings.Values.Last();
        var asked = findings.Any(f => f.Kind is FindingKind.FactAsked or FindingKind.OpenQuestion);
        return asked && (OnlyQuestions(session, findings) || AskedBeforeAnswering(session));
    }

    // Who has just been told the facts of the problem is to say what follows from them before the step is over.
    private static bool AskedBeforeAnswering(Session session) =>
        session.Step == Step.Requirements
        && session.Progress(Step.Requirements).Clarifications == 0
        && NextProbe.Choose(session) is null or { Kind: ProbeKind.Stretch };

    /// <summary>Examines what is open; false when there is nothing.</summary>
    public static bool Read(Draft draft, ImmutableArray<Finding>? findings)
    {
        var answer = draft.Session.OpenAnswer();
        if (answer.Count == 0)
            return false;
        draft.Add(new SessionEvent.AnswerExamined(
            draft.Now, answer[0].N, answer[^1].N, findings ?? Examine(draft.Session, answer)));
        return true;
    }

    /// <summary>Examines the answer that began with a turn as it stands now; nothing may be left of it.</summary>
    public static void ReadAgain(Draft draft, int first)
    {
        var answer = draft.Session.AnswerFrom(first);
        var findings = answer.Count == 0 ? [] : Examine(draft.Session, answer);
        if (!findings.SequenceEqual(draft.Session.Findings[first]))
            draft.Add(new SessionEvent.AnswerExamined(draft.Now, first, answer.Count == 0 ? first : answer[^1].N, findings));
    }

    private static ImmutableArray<Finding> Examine(Session session, IReadOnlyList<Turn> answer)
    {
        var first = answer[0].N;
        var earlier = session.Turns.FindAll(t => t.Turn.N < first && !t.Deleted).ConvertAll(t => t.Turn);
        var known = session.Findings.Where(f => f.Key < first).SelectMany(f => f.Value).ToArray();
        return session.Book.Examine(earlier, answer, known);
    }

    private static bool OnlyQuestions(Session session, ImmutableArray<Finding> findings) =>
        session.Progress(session.Step).Clarifications < ClarificationsPerStep && Questions.MakeUp(session.OpenAnswer(), findings);

    // Null when nothing was asked.
    private static string? AnswerQuestions(Draft draft, Worded? worded)
    {
        var session = draft.Session;
        var findings = session.Findings.Values.Last();
        var asked = worded is { Facts.Length: > 0 }
            ? worded.Facts
            : [.. findings.Where(f => f.Kind == FindingKind.FactAsked).Select(f => f.Id).Distinct(StringComparer.Ordinal)];
        var open = findings.Any(f => f.Kind == FindingKind.OpenQuestion);
        if (asked.Length == 0 && !open)
            return null;

        var onlyQuestions = OnlyQuestions(session, findings);
        var sentences = new List<string>();
        foreach (var fact in session.Book.Problem!.Facts.Where(f => asked.Contains(f.Id, StringComparer.Ordinal)))
        {
            sentences.Add(fact.Answer.Trim());
            if (!session.FactsTold.Contains(fact.Id))
                draft.Add(new SessionEvent.FactTold(draft.Now, fact.Id));
        }

        if (worded is { Answer.Length: > 0 })
            return worded.Answer;
        if (open && (asked.Length == 0 || onlyQuestions))
            sentences.Add(asked.Length == 0 ? Phrases.NotFixed : Phrases.RestNotFixed);
        return string.Join(' ', sentences);
    }

    private static string Join(string? first, string second) => first is null ? second : first + "\n\n" + second;
}
