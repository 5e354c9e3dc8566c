using System.Globalization;
using System.Text;
using BotPlatform.Interviewing.Scoring;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Scoring;

public sealed class ModelWordsTests
{
    [Theory]
    [InlineData("Says nothing of wind noise.", "Says nothing of wind noise.")]
    [InlineData("  Two\r\n\r\nlines\tand a tab ", "Two lines and a tab")]
    [InlineData("abc\u202Edef\u200Bghi\uFEFF", "abcdefghi")]
    [InlineData("nul\0bell\a", "nul bell")]
    [InlineData("a bird 🐦", "a bird 🐦")]
    [InlineData("<b>as it is</b>", "<b>as it is</b>")]
    [InlineData("", "")]
    public void A_models_sentence_becomes_one_plain_line(string words, string plain) => ModelWords.Plain(words).ShouldBe(plain);

    [Theory]
    [InlineData("Would not hire.")]
    [InlineData("A HIRING risk.")]
    [InlineData("This is a strong no.")]
    [InlineData("Strong yes from me")]
    [InlineData("strong_no")]
    [InlineData("strong-no")]
    [InlineData("strong\u2011yes")]
    [InlineData("strong \n no")]
    [InlineData("hi\u200Bre")]
    [InlineData("str\u00ADong no")]
    [InlineData("below mid")]
    [InlineData("below_mid at best")]
    [InlineData("I would reject this.")]
    public void Words_of_hiring_are_not_passed_on(string words)
    {
        ModelWords.Plain(words).ShouldBeEmpty();

        var score = Transcripts.Verified(Transcripts.Of("For hikers."), Sessions.Grades.Criterion("data", 2) with { Missing = words, Raise = words });
        (score.Value, score.Missing, score.Raise).ShouldBe((2, "", ""));
    }

    [Fact]
    public void A_long_sentence_is_cut() => ModelWords.Plain(new string('x', 5000)).Length.ShouldBe(400);

    [Fact]
    public void Whatever_a_model_writes_is_short_and_on_one_line_without_hidden_characters() =>
        Prop.ForAll(Gen.Elements('a', ' ', '\n', '\0', '\u202E', '\ud83d', '\udc26', '\u200B', '\u2028', 'é').ArrayOf().ToArbitrary(), letters =>
        {
            var plain = ModelWords.Plain(new string(letters));

            plain.Length.ShouldBeLessThanOrEqualTo(401);
            plain.EnumerateRunes().ShouldAllBe(r => Rune.GetUnicodeCategory(r) != UnicodeCategory.Format && !Rune.IsControl(r) && r.Value != 0x2028);
            plain.ShouldBe(plain.Trim());
        }).QuickCheckThrowOnFailure();
}
