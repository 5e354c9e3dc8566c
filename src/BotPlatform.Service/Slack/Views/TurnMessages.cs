using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>An interviewer's turn in its thread. It may repeat what a candidate wrote, so nothing in it is parsed.</summary>
public static class TurnMessages
{
    /// <param name="session">As it stands when the turn leaves: what can be pressed follows from it.</param>
    public static IReadOnlyList<SlackMessage> Of(Session session, SessionTurn turn)
    {
        var blocks = RichText.Paragraphs(turn.Turn.Text).ToList();
        if (blocks.Count == 0)
            return [];
        if (OpensStep(session, turn))
            blocks.Insert(0, Block.Context(Where(turn.Turn.Step)));
        // Two rows of the same buttons would leave it open which of them counts.
        if (IsNewest(session, turn) && SessionButtons.For(session, turn.Turn.N) is { Count: > 0 } buttons)
            blocks.Add(Block.Actions(buttons));
        return SlackMessage.Of(plain: null, blocks);
    }

    internal static string Where(Step step) => $"Step {(int)step + 1} of {Steps.All.Length}: {step.Name()}";

    // The first question, and every one in another step than the one before it.
    private static bool OpensStep(Session session, SessionTurn turn) =>
        turn.Kind == TurnKind.Question
        && session.Turns.FindLast(t => t.Kind == TurnKind.Question && t.Turn.N < turn.Turn.N)?.Turn.Step != turn.Turn.Step;

    private static bool IsNewest(Session session, SessionTurn turn) =>
        !session.Turns.Exists(t => t.Turn.Speaker == Speaker.Interviewer && t.Turn.N > turn.Turn.N);
}
