using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Tests.Sessions;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Wording.Waiting;

namespace BotPlatform.Interviewing.Tests.Wording;

public sealed class PraiseTests
{
    [Theory]
    [InlineData("Great, who are they?")]
    [InlineData("GREAT! Who are they?")]
    [InlineData("Well  done. Who are they?")]
    [InlineData("That's right. Who are they?")]
    [InlineData("That’s right. Who are they?")]
    [InlineData("You’re\u00A0correct. Who are they?")]
    [InlineData("That is wrong. Who are they?")]
    [InlineData("Not quite: who are they?")]
    [InlineData("That earns full marks; who are they?")]
    [InlineData("Your score is high. Who are they?")]
    [InlineData("The rubric asks: who are they?")]
    [InlineData("Sehr gut. Wer sind sie?")]
    [InlineData("Très bien, qui sont-ils?")]
    [InlineData("¡Muy bien! Quiénes son?")]
    [InlineData("Ótimo, quem são eles?")]
    [InlineData("Perfetto, chi sono?")]
    [InlineData("Отлично, кто они?")]
    [InlineData("很好，他们是谁？")]
    [InlineData("素晴らしい。誰ですか？")]
    [InlineData("ممتاز، من هم؟")]
    public void An_interviewer_does_not_say_how_good_an_answer_was(string question) => After("For everybody.").Refusal(question).ShouldBe(Praises);

    [Theory]
    [InlineData("Which is greater, the need or the cost?")]
    [InlineData("What happens to the unscored ones?")]
    [InlineData("How would you upgrade them?")]
    [InlineData("Who would a bird of Venice please?")]
    [InlineData("How do you reach perfection?")]
    [InlineData("What makes an answer correct here?")]
    [InlineData("Is that wrong for some?")]
    public void A_word_within_a_longer_one_or_in_another_sense_is_no_praise(string question) => After("For everybody.").Refusal(question).ShouldBeNull();

    [Fact]
    public void What_the_engine_itself_asks_or_tells_may_speak_of_scores()
    {
        var session = For(Scoring("Imagine a perfect score: who would still be unhappy?", "Raters grade each recording."), [Story.Found(FindingKind.OpenQuestion, "open")], "Do raters help? I think of everybody who walks.");

        session.Refusal("With a perfect score, who would still be unhappy?", "Raters grade each of them.", Gap, "volume").ShouldBeNull();
        session.Refusal("Perfect. With a perfect score, who would still be unhappy?", "Raters grade each of them.", Gap, "volume").ShouldBe(Praises);
        session.Refusal("With a perfect score, who would still be unhappy?", "That grade was yours.", Gap, "not-fixed").ShouldBe(Praises);
    }

    [Fact]
    public void What_the_candidate_said_is_no_leave_to_praise() =>
        After("I hope that's right, and my answer is great.").Refusal("That's right, great. Who are they?").ShouldBe(Praises);

    private static RuleBook Scoring(string probe, string fact) => RuleBook.Compile(
        BirdSongs.Rubric with { Points = [.. BirdSongs.Rubric.Points.Select(p => p.Id == Gap ? p with { Probe = probe } : p)] },
        BirdSongs.Book.Problem! with { Facts = [BirdSongs.Book.Problem.Facts[0] with { Answer = fact }] });
}
