using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;
using BotPlatform.Interviewing.Wording;
using Shouldly;
using Xunit;
using static BotPlatform.Interviewing.Tests.Wording.Waiting;

namespace BotPlatform.Interviewing.Tests.Wording;

public sealed class WordingChecksTests
{
    private const string Fine = "What would change if they were at sea?";
    private const string TwoMillion = "Two million arrive each day.";
    private static readonly Session Plain = After("For everybody who walks.");

    [Theory]
    [InlineData("Who are they?", null)]
    [InlineData("You speak of walkers. Who are they, mostly?", null)]
    [InlineData("Wer sind sie, hauptsächlich?", null)]
    [InlineData("他们主要是谁？", null)]
    [InlineData("من هم؟", null)]
    [InlineData("Who are they? And where?", IsNoQuestion)]
    [InlineData("Who are they？ And where?", IsNoQuestion)]
    [InlineData("Who are they??", IsNoQuestion)]
    [InlineData("Who are they? Tell me.", IsNoQuestion)]
    [InlineData("Who are they? ", IsNoQuestion)]
    [InlineData("Tell me who they are.", IsNoQuestion)]
    [InlineData("?", IsNoQuestion)]
    [InlineData("... ?", IsNoQuestion)]
    [InlineData("", IsNoQuestion)]
    public void It_is_one_question(string question, string? refusal) => Plain.Refusal(question).ShouldBe(refusal);

    [Theory]
    [InlineData(80, "word", null)]
    [InlineData(81, "word", "it is longer than 80 words")]
    [InlineData(70, "ten-letter", "it is longer than 80 words")]
    [InlineData(63, "ten-letter", null)]
    public void It_is_short(int words, string word, string? refusal) => Plain.Refusal(string.Join(' ', Enumerable.Repeat(word, words)) + "?").ShouldBe(refusal);

    [Fact]
    public void An_answer_and_its_question_are_counted_together()
    {
        string? Refusal(int words) => Asked().Refusal("Who are they?", string.Join(' ', Enumerable.Repeat("word", words)), Gap, "volume");

        Refusal(77).ShouldBeNull();
        Refusal(78).ShouldBe("it is longer than 80 words");
        Asked().Refusal("Who are they?", "Is that so? Yes.", Gap, "volume").ShouldBe(IsNoQuestion);
    }

    [Theory]
    [InlineData("requirements.users", null)]
    [InlineData("requirements.volume", null)]
    [InlineData("requirements.offline", "it chose a gap that was not offered")]
    [InlineData("data.labels", "it chose a gap that was not offered")]
    [InlineData("", "it chose a gap that was not offered")]
    [InlineData(null, "it chose a gap that was not offered")]
    public void It_takes_up_a_gap_that_was_offered(string? gap, string? refusal) => Plain.Refusal(Fine, gap: gap).ShouldBe(refusal);

    [Fact]
    public void Where_the_question_goes_back_to_the_candidate_no_gap_is_taken_up()
    {
        var asks = For(BirdSongs.Book, [Story.Found(FindingKind.FactAsked, "volume", length: 20)], "How many recordings?");

        asks.Refusal(Fine, TwoMillion, gap: null, "volume").ShouldBeNull();
        asks.Refusal(Fine, TwoMillion, Gap, "volume").ShouldBe("it chose a gap that was not offered");
    }

    [Theory]
    [InlineData("", "", LeavesWithoutAnswer)]
    [InlineData(TwoMillion, "", LeavesWithoutAnswer)]
    [InlineData("", "volume", LeavesWithoutAnswer)]
    [InlineData(" \u2014 ", "volume", LeavesWithoutAnswer)]
    [InlineData(TwoMillion, "volume", null)]
    [InlineData("That is yours to assume.", "not-fixed", null)]
    [InlineData(TwoMillion, "volume,not-fixed", null)]
    [InlineData(TwoMillion, "volume,volume", "it tells facts that were not offered")]
    [InlineData(TwoMillion, "volume,budget", "it tells facts that were not offered")]
    public void A_question_of_the_candidate_is_answered_from_the_facts(string answer, string facts, string? refusal) =>
        Asked().Refusal(Fine, answer, Gap, facts.Split(',', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(refusal);

    [Fact]
    public void What_was_not_asked_is_not_answered()
    {
        Plain.Refusal(Fine, TwoMillion).ShouldBe("it answers what was not asked");
        Plain.Refusal(Fine, TwoMillion, Gap, "volume").ShouldBe("it tells facts that were not offered");
    }

    [Theory]
    [InlineData("<b>Who</b> are they?")]
    [InlineData("**Who** are they?")]
    [InlineData("# Who are they?")]
    [InlineData("`Who` are they?")]
    [InlineData("Who are they, @here?")]
    [InlineData("Who are [they](they)?")]
    [InlineData("Who | are | they?")]
    [InlineData("Who are {they}?")]
    [InlineData("Who are they, as in https://birds.example/they?")]
    [InlineData("Who are they, as in WWW.birds.example?")]
    [InlineData("Who are they, mailto:they?")]
    [InlineData("Who\nare they?")]
    [InlineData("Who are\u2028they?")]
    [InlineData("Who are\0 they?")]
    [InlineData("Who are \u202Eyeht\u202C?")]
    [InlineData("Who are \u2067they\u2069?")]
    [InlineData("Gr\u200Beat, who are they?")]
    [InlineData("Gr\u200Deat, who are they?")]
    [InlineData("Who are\uFEFF they?")]
    [InlineData("Who are\u00AD they?")]
    [InlineData("Who are\uFFFD they?")]
    public void It_is_plain_text_and_hides_nothing(string question) => Plain.Refusal(question).ShouldBe(HasMarkup);

    [Fact]
    public void Half_a_character_is_none() => Plain.Refusal("Who \ud83d are they?").ShouldBe(HasMarkup);

    [Theory]
    [InlineData("آن‌ها چه کسانی هستند؟")]
    [InlineData("Who are they (and where), \"mostly\" – on foot & by car, 🐦?")]
    [InlineData("Who are they, family 👩‍👧 or not?")]
    public void What_other_scripts_need_is_plain_text(string question) => Plain.Refusal(question).ShouldBeNull();

    [Fact]
    public void The_engines_own_wording_holds_in_every_step()
    {
        foreach (var step in Steps.All)
        {
            var session = Story.At(step, Level.Senior, ByModel).Says("And how many? Let me think of it.", Story.Found(FindingKind.OpenQuestion, "open")).Session;
            var offer = Wordings.Awaited(session).ShouldNotBeNull();

            foreach (var gap in offer.Gaps)
            {
                foreach (var fact in offer.Facts)
                    WordingChecks.Refusal(session, offer, new Worded(gap.Id, [fact.Id], fact.Answer, gap.Text)).ShouldBeNull(gap.Text);
            }
        }
    }
}
