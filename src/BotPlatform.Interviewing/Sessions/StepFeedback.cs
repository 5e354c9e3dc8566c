using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>Feedback on the step that was closed last: what was shown, what was missing, what would have raised it.</summary>
internal static class StepFeedback
{
    private const int MostInOneList = 3;

    public static void Show(Draft draft)
    {
        var session = draft.Session;
        if (session.Mode == SessionMode.Assessed)
        {
            draft.Tell(Phrases.NoFeedbackHere);
            return;
        }

        if (LastClosed(session) is not { } step)
        {
            draft.Tell(Phrases.NoStepDone);
            return;
        }

        draft.Add(new SessionEvent.FeedbackShown(draft.Now, step));
        var scorecard = SessionScoring.ByRules(draft.Session);
        var criterion = session.Book.Rubric.Criteria.First(c => c.Step == step);
        draft.Tell(Text(criterion.Title, scorecard.Scores.First(s => s.Criterion == criterion.Id)));
    }

    private static Step? LastClosed(Session session) => Steps.All
        .Where(s => session.Progress(s).Closing is not null)
        .Cast<Step?>()
        .LastOrDefault();

    private static string Text(string title, Score score)
    {
        var lines = new List<string> { $"{title}, so far:" };
        Line(lines, "Shown", score, CheckOutcome.Met);
        Line(lines, "Missing", score, CheckOutcome.Missing);
        Line(lines, "Costs a point", score, CheckOutcome.Violated);
        if (score.Raise.Length > 0)
            lines.Add("What would raise it: " + score.Raise);
        return string.Join('\n', lines);
    }

    private static void Line(List<string> lines, string heading, Score score, CheckOutcome outcome)
    {
        var texts = score.Checks.Where(c => c.Outcome == outcome).Select(c => c.Text).Take(MostInOneList).ToArray();
        if (texts.Length > 0)
            lines.Add($"{heading}: {string.Join("; ", texts)}.");
    }
}
