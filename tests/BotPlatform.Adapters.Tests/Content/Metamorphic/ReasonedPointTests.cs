using BotPlatform.Interviewing;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>One more point with its reason raises what it is about, and nothing else but trade-offs and communication.</summary>
public sealed class ReasonedPointTests
{
    private static readonly Moved[] Moves =
    [
        .. from session in GoldSession.InParallel
           from point in ReasonedPointTexts.All
           where session.Answers.Any(t => t.Step == point.Step)
           from moved in session.Moves(Change.AtTheEndOf(session.Turns, point.Step, point.Text))
           select moved with { Step = Words.Name(point.Step) },
    ];

    [Fact]
    public void Its_own_criterion_rises_in_some_sessions_and_falls_in_none()
    {
        var own = Moves.Where(m => m.Criterion == m.Step).ToArray();

        own.Where(m => !m.IsUp).ShouldBeEmpty();
        own.Select(m => m.Criterion).Distinct().Count().ShouldBe(7);
        own.Length.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void No_other_rises() =>
        Moves.Where(m => m.IsUp && m.Criterion != m.Step && m.Criterion is not ("trade-offs" or "communication")).ShouldBeEmpty();

    [Fact]
    public void Trade_offs_and_communication_do_not_fall() =>
        Moves.Where(m => !m.IsUp && m.Criterion is "trade-offs" or "communication").ShouldBeEmpty();
}
