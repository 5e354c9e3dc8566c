using BotPlatform.Interviewing.Scoring;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>A wrong turn costs something until it is taken back.</summary>
public sealed class ErrorTests
{
    private static readonly Tried[] Tries =
    [
        .. from session in GoldSession.InParallel
           from text in ErrorTexts.All
           where session.Answers.Any(t => t.Step == text.Step)
           let wrong = Change.AtTheEndOf(session.Turns, text.Step, text.Error)
           let takenBack = session.Score(Change.AtTheEndOf(wrong, text.Step, text.Correction))
           select new Tried(
               [.. session.Moves(wrong)],
               [.. session.Moves(takenBack)],
               Open(takenBack) - Open(session.Scorecard)),
    ];

    [Fact]
    public void It_raises_nothing_and_lowers_something_in_many_sessions()
    {
        Tries.SelectMany(t => t.Wrong).Where(m => m.IsUp).ShouldBeEmpty();
        Tries.Count(t => t.Wrong.Length > 0).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Taken_back_it_costs_nothing()
    {
        Tries.SelectMany(t => t.TakenBack).Where(m => !m.IsUp).ShouldBeEmpty();
        Tries.ShouldAllBe(t => t.StillOpen <= 0);
    }

    private static int Open(Scorecard card) => card.Scores.Sum(s => s.Checks.Count(c => c.Outcome == CheckOutcome.Violated));

    private sealed record Tried(Moved[] Wrong, Moved[] TakenBack, int StillOpen);
}
