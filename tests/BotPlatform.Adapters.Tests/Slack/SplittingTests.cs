using System.Globalization;
using BotPlatform.Adapters.Slack.BlockKit;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class SplittingTests
{
    [Theory]
    [InlineData("One. Two.", "One. Two.")]
    [InlineData("First one.\n\nSecond one, which is longer.", "First one.|Second one, which is|longer.")]
    [InlineData("A line here\nand a second line", "A line here|and a second line")]
    [InlineData("It is so. And so it is, yes", "It is so.|And so it is, yes")]
    [InlineData("word word word word word", "word word word word|word")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst|uvwxyz")]
    [InlineData("  led by space", "  led by space")]
    [InlineData("   \n\n  ", "")]
    [InlineData("", "")]
    public void The_best_place_for_a_cut_is_between_paragraphs_then_lines_then_sentences_then_words(string text, string pieces) =>
        string.Join('|', Splitting.Pieces(text, 20)).ShouldBe(pieces);

    [Fact]
    public void A_cut_that_would_leave_next_to_nothing_is_made_elsewhere() =>
        Splitting.Pieces("A\n\nThis goes on and on, for a while", 20)[0].ShouldBe("A\n\nThis goes on and");

    [Fact]
    public void Nothing_is_lost_but_white_space_no_piece_is_too_long_and_no_character_is_cut()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var text = HostileText.Of(seed, length: 1 + seed * 7 % 3000);
            var most = 30 + seed * 13 % 400;
            var pieces = Splitting.Pieces(text, most);
            var places = StringInfo.ParseCombiningCharacters(text).Append(text.Length).ToHashSet();
            var at = 0;
            foreach (var piece in pieces)
            {
                piece.Length.ShouldBeInRange(1, most);
                var start = text.IndexOf(piece, at, StringComparison.Ordinal);
                start.ShouldBeGreaterThanOrEqualTo(at, $"seed {seed}");
                text[at..start].ShouldBeNullOrWhiteSpaceText();
                places.ShouldContain(start, $"seed {seed}");
                places.ShouldContain(start + piece.Length, $"seed {seed}");
                at = start + piece.Length;
            }

            text[at..].ShouldBeNullOrWhiteSpaceText();
        }
    }

    [Fact]
    public void A_character_longer_than_a_piece_is_cut_between_its_marks_and_never_in_a_pair()
    {
        var heap = "😀" + string.Concat(Enumerable.Repeat("\U0001D167", 50));
        var pieces = Splitting.Pieces(heap, 9);
        string.Concat(pieces).ShouldBe(heap);
        pieces.ShouldAllBe(p => p.Length <= 9 && !char.IsLowSurrogate(p[0]) && !char.IsHighSurrogate(p[p.Length - 1]));
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("one two three", "one two…")]
    [InlineData("Oh no. It is", "Oh no. It…")]
    [InlineData("abcdefghijklm", "abcdefghi…")]
    [InlineData("12345678👩‍👩‍👧‍👦", "12345678…")]
    public void Shortened_text_ends_in_an_ellipsis_and_fits(string text, string shortened) =>
        Splitting.Shortened(text, 10).ShouldBe(shortened);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_smallest_pieces_come_to_an_end(int most)
    {
        for (var seed = 0; seed < 50; seed++)
            Splitting.Pieces(HostileText.Of(seed, 200), most).ShouldAllBe(p => p.Length <= most);
    }

    [Fact]
    public void Long_text_takes_time_that_grows_with_it()
    {
        var text = HostileText.Unbroken(1_000_000);
        string.Concat(Splitting.Pieces(text, 3000)).ShouldBe(text);
    }
}

file static class White
{
    public static void ShouldBeNullOrWhiteSpaceText(this string text) => string.IsNullOrWhiteSpace(text).ShouldBeTrue(text);
}
