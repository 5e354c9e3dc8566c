using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>From the start to the first question: notice, consent, and the swap of a problem.</summary>
internal static class Opening
{
    public static void Start(Draft draft, Input.Started input)
    {
        var rubric = draft.Session.Books[input.ProblemHash].Rubric;
        draft.Add(new SessionEvent.Started(
            draft.Now, input.ProblemHash, rubric.Hash, input.Level, input.Mode, input.Settings, Interview.Engine));
        Greet(draft);
    }

    public static void Consent(Draft draft)
    {
        draft.Add(new SessionEvent.ConsentGiven(draft.Now));
        FirstQuestion(draft);
    }

    public static void Swap(Draft draft)
    {
        if (Other(draft.Session) is not { } other)
        {
            draft.Tell(Phrases.NoSwap);
            return;
        }

        draft.Add(new SessionEvent.ProblemSwapped(draft.Now, other.Problem!.Hash));
        draft.Tell(Phrases.Swapped);
        if (draft.Session.Mode == SessionMode.Practice && other.Problem.Notice is null)
            Consent(draft);
        else
            Greet(draft);
    }

    private static void Greet(Draft draft)
    {
        var session = draft.Session;
        var notices = new List<string>();
        if (session.Mode == SessionMode.Assessed)
            notices.Add(Phrases.AssessedNotice(session.Settings.Grader));
        if (session.Book.Problem!.Notice is { } notice)
            notices.Add(notice.Text.Trim());
        if (notices.Count > 0 && SentTo(session) is { } sentTo)
            notices.Insert(session.Mode == SessionMode.Assessed ? 1 : 0, sentTo);
        if (notices.Count == 0)
        {
            if (SentTo(session) is { } told)
                draft.Tell(told);
            FirstQuestion(draft);
            return;
        }

        if (session.State != SessionState.AwaitingConsent)
            draft.Add(new SessionEvent.ConsentAsked(draft.Now));
        notices.Add(HowToBegin(session));
        draft.Tell(string.Join("\n\n", notices));
        draft.Timer(TimerKind.Expire, session.Settings.ExpireAfter);
    }

    private static string? SentTo(Session session) =>
        session.Settings.SentTo is { } models ? Phrases.SentTo(models, session.Settings.Interviewer, session.Settings.Grader) : null;

    public static string ConsentFirst(Session session) => Phrases.NothingTakenYet + " " + HowToBegin(session);

    private static string HowToBegin(Session session) => Phrases.HowToBegin(session.Mode, Other(session) is not null);

    /// <summary>The problem offered instead of this one.</summary>
    private static RuleBook? Other(Session session) =>
        session.Books.Values.FirstOrDefault(b => b.Problem!.Slug == session.Book.Problem!.Notice?.SwapFor);

    private static void FirstQuestion(Draft draft)
    {
        draft.Add(new SessionEvent.StepOpened(draft.Now, Step.Requirements));
        var problem = draft.Session.Book.Problem!;
        draft.Ask(problem.Opening.Trim() + "\n\n" + problem.Steps[Step.Requirements].Question.Trim());
    }
}
