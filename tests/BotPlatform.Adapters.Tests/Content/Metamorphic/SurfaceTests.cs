using System.Collections.Immutable;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>How something is written and cut into messages hardly matters: one score in twenty, by one at most.</summary>
public sealed class SurfaceTests
{
    private const double MostChanged = 0.05;

    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    public void Typing_errors_cost_hardly_anything(int seed) => Hardly(GoldSession.All.Index().AsParallel().AsOrdered().SelectMany(s =>
    {
        var random = new Random(seed + s.Index);
        return s.Item.Moves(Change.EveryAnswer(s.Item.Turns, answer => Surface.Mistyped(answer, random)));
    }));

    [Fact]
    public void Lower_case_costs_nothing() => Unchanged(s => Change.EveryAnswer(s.Turns, answer => answer.ToLowerInvariant()));

    [Fact]
    public void The_English_of_a_second_language_costs_hardly_anything() =>
        Hardly(GoldSession.InParallel.SelectMany(s => s.Moves(Change.EveryAnswer(s.Turns, Surface.SecondLanguage))));

    [Fact]
    public void One_message_a_sentence_changes_nothing() => Unchanged(s => Surface.Split(s.Turns));

    [Fact]
    public void One_message_an_answer_changes_nothing() => Unchanged(s => Surface.Joined(s.Turns));

    [Fact]
    public void Messages_split_and_joined_again_change_nothing() => Unchanged(s => Surface.Joined(Surface.Split(s.Turns)));

    private static void Unchanged(Func<GoldSession, ImmutableArray<Turn>> change) =>
        GoldSession.InParallel.SelectMany(s => s.Moves(change(s))).ShouldBeEmpty();

    private static void Hardly(IEnumerable<Moved> moves)
    {
        var changed = moves.ToArray();
        var scores = GoldSession.All.Sum(s => s.Scorecard.Scores.Length);

        changed.Length.ShouldBeLessThanOrEqualTo((int)(MostChanged * scores), string.Join("; ", changed));
        changed.Where(m => Math.Abs(m.By) > 1).ShouldBeEmpty();
    }
}
