using System.Text.Json;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Adapters.Tests.Slack;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Slack.Views;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Views;

/// <summary>What comes back from Slack, and the short texts that answer it.</summary>
public sealed class WordsAndValuesTests
{
    private const string Guid1 = "0198c0de-0000-7000-8000-00000000abcd";

    [Theory]
    [InlineData(0, null)]
    [InlineData(7, null)]
    [InlineData(int.MaxValue, "trade-offs")]
    public void A_button_value_comes_back_as_it_went(int turn, string? criterion)
    {
        var value = new ButtonValue(Talk.Id, turn, criterion);
        ButtonValue.TryParse(value.Write()).ShouldBe(value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Guid1)]
    [InlineData(Guid1 + "/")]
    [InlineData(Guid1 + "/-1")]
    [InlineData(Guid1 + "/01")]
    [InlineData(Guid1 + "/9999999999")]
    [InlineData(Guid1 + "/1/")]
    [InlineData(Guid1 + "/1/Data")]
    [InlineData(Guid1 + "/1/da ta")]
    [InlineData(Guid1 + "/1/data/x")]
    [InlineData(Guid1 + "/1/data\n")]
    [InlineData(Guid1 + "/١")]
    [InlineData(" " + Guid1 + "/1")]
    [InlineData("0198C0DE-0000-7000-8000-00000000ABCD/1")]
    [InlineData("{0198c0de-0000-7000-8000-00000000abcd}/1")]
    public void Anything_else_is_none(string? written) => ButtonValue.TryParse(written).ShouldBeNull();

    [Fact]
    public void Hostile_button_values_are_none()
    {
        for (var seed = 0; seed < 200; seed++)
            ButtonValue.TryParse(HostileText.Of(seed, seed)).ShouldBeNull();
        ButtonValue.TryParse($"{Guid1}/1/{new string('a', 65)}").ShouldBeNull();
    }

    [Theory]
    [InlineData("start", SlackWord.Start)]
    [InlineData(" Start an  interview! ", SlackWord.Start)]
    [InlineData("STATUS?", SlackWord.Status)]
    [InlineData("`results`", SlackWord.Results)]
    [InlineData("Delete my data.", SlackWord.DeleteMyData)]
    [InlineData("help", SlackWord.Help)]
    [InlineData("hint", null)]
    [InlineData("stop", null)]
    [InlineData("start with the data", null)]
    [InlineData("I would delete my data", null)]
    [InlineData("help me out", null)]
    [InlineData("", null)]
    [InlineData("?", null)]
    public void Only_a_whole_message_is_a_word_for_the_app(string text, SlackWord? word) => SlackWords.Parse(text).ShouldBe(word);

    [Fact]
    public void The_status_says_where_an_interview_stands()
    {
        Status(null).ShouldBe("You have no open interview. /interview starts one.");
        Status(Talk.Begin().Skip(2)).ShouldBe("A feed, senior level, practice.\nAbout 60 of 60 minutes are left; we are in data, step 3 of 7. Only your own active time counts.");
        Status(Talk.Begin().Do(new Input.Pause())).ShouldEndWith("It is paused: your time is not running. Write anything in its thread to go on.");
        Status(Talk.Begin(mode: SessionMode.Assessed)).ShouldEndWith("It has not begun: the notice in its thread waits for you.");
        Status(Talk.Begin().Do(new Input.Stop())).ShouldEndWith("It is over. /interview starts another one.");
    }

    [Fact]
    public void Help_names_the_words_that_work_where_it_was_asked()
    {
        Help(null).Blocks.ShouldBeMessage();
        Help(null).Text.ShouldContain("start, status, results, delete my data, help");
        Help(SessionMode.Practice).Text.ShouldStartWith("In an interview's thread, as the whole message: hint, skip, back");
        Help(SessionMode.Assessed).Text.ShouldNotContain("hint");
    }

    [Fact]
    public void What_is_deleted_and_what_is_not_looks_as_approved()
    {
        var view = DeleteModal.Of(3, "Example Models", "kept");
        view.ShouldBeView();
        ApprovedJson.Match("delete", view);
        DeleteModal.Of(0, sentTo: null).ShouldBeView();
    }

    [Theory]
    [InlineData("""{"values":{"confirmation":{"confirmation":{"selected_options":[{"value":"yes"}]}}}}""", true)]
    [InlineData("""{"values":{"confirmation":{"confirmation":{"selected_options":[]}}}}""", false)]
    [InlineData("""{"values":{"confirmation":{"confirmation":{"selected_options":[7,{"value":7},{"value":"no"}]}}}}""", false)]
    [InlineData("""{"values":{"confirmation":{"confirmation":[]}}}""", false)]
    [InlineData("null", false)]
    public void Everything_is_deleted_only_where_the_box_was_ticked(string state, bool confirmed) =>
        DeleteModal.Confirmed(JsonElement.Parse(state)).ShouldBe(confirmed);

    private static string Status(Talk? talk) => StatusText.Of(talk?.Session, talk?.Now ?? Talk.Start, "/interview").Text;

    private static SlackMessage Help(SessionMode? mode) => HelpText.Of("/interview", mode);
}
