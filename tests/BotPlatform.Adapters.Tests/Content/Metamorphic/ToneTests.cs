using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>How sure someone sounds counts for nothing.</summary>
public sealed class ToneTests
{
    [Fact]
    public void Neither_confidence_nor_hedging_before_every_sentence_raises_anything()
    {
        var moved = GoldSession.All.SelectMany(session => WorthlessTexts.Confident.SelectMany(words =>
            session.Moves(Change.EveryAnswer(session.Turns, answer => words + answer.Replace(". ", ". " + words, StringComparison.Ordinal))))).ToArray();

        moved.Where(m => m.IsUp).ShouldBeEmpty();
    }

    [Fact]
    public void Sure_words_within_sentences_raise_nothing()
    {
        var moved = GoldSession.All.SelectMany(session => session.Moves(Change.EveryAnswer(session.Turns, answer => answer
            .Replace(" is ", " is definitely ", StringComparison.Ordinal)
            .Replace(" would ", " would absolutely ", StringComparison.Ordinal)
            .Replace(" we ", " we obviously ", StringComparison.Ordinal))));

        moved.Where(m => m.IsUp).ShouldBeEmpty();
    }
}
