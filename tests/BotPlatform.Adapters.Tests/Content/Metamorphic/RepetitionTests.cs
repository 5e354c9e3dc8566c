using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>Saying it again is saying it once.</summary>
public sealed class RepetitionTests
{
    [Fact]
    public void An_answer_given_twice_in_a_row_counts_once() =>
        Raised(s => Change.EveryAnswer(s.Turns, answer => $"{answer}\n\n{answer}")).ShouldBeEmpty();

    [Fact]
    public void Everything_said_so_far_counts_for_nothing_when_it_is_sent_again() =>
        Raised(s => Change.OwnTurns(s.Turns, turn => string.Join("\n", s.Answers.Where(t => t.N <= turn.N).Select(t => t.Text)))).ShouldBeEmpty();

    [Fact]
    public void An_answer_lightly_reworded_counts_once() =>
        Raised(s => Change.OwnTurns(s.Turns, turn => Reworded(turn.Text))).ShouldBeEmpty();

    private static ParallelQuery<Moved> Raised(Func<GoldSession, IReadOnlyList<Turn>> change) =>
        GoldSession.InParallel.SelectMany(s => s.Moves(change(s)).Where(m => m.IsUp));

    private static string Reworded(string text) => ("As I said: " + text)
        .Replace("I would", "we should", StringComparison.Ordinal)
        .Replace("I'd", "we would", StringComparison.Ordinal)
        .Replace(" we ", " you ", StringComparison.Ordinal)
        .Replace(" is ", " would be ", StringComparison.Ordinal)
        .Replace(". ", ". Again, ", StringComparison.Ordinal)
        .Replace(" the ", " this ", StringComparison.Ordinal);
}
