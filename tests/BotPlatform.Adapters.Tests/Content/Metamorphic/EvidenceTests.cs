using System.Text.Json;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>A score stands on its evidence, and comes out the same every time.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public void Without_the_turns_that_carry_its_evidence_a_criterion_is_1_or_unscored()
    {
        var standing =
            from session in GoldSession.InParallel
            from score in session.Scorecard.Scores
            where score.Value > 1
            let carrying = score.Evidence.Select(e => e.Turn).ToHashSet()
            let after = session.Score(Change.Without(session.Turns, carrying)).Scores.Single(s => s.Criterion == score.Criterion)
            where after.Value > 1
            select $"{session.Id} {score.Criterion} {score.Value}→{after.Value}";

        standing.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_transcript_gives_the_same_scorecard_to_the_last_byte() =>
        GoldSession.All.ShouldAllBe(s => JsonSerializer.Serialize(s.Score(s.Turns)) == JsonSerializer.Serialize(s.Scorecard));
}
