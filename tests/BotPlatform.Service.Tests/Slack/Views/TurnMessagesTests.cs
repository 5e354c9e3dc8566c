using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Adapters.Tests.Slack;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Slack.Views;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Views;

public sealed class TurnMessagesTests
{
    public static TheoryData<string, string> Labels => new()
    {
        { "practice-question", "Hint, Skip, Pause" },
        { "practice-hint", "Hint, Skip, Pause" },
        { "practice-notice", "Go on, Another problem, Leave" },
        { "assessed-notice", "I agree, begin, Leave" },
        { "assessed-question", "Skip, Pause" },
        { "paused", "Resume, Stop" },
        { "closing", "Nothing to change, finish, Pause" },
        { "over", "" },
    };

    [Theory]
    [MemberData(nameof(Labels))]
    public void The_buttons_are_those_of_the_state_and_carry_session_and_turn(string state, string labels)
    {
        var talk = State(state);
        var message = TurnMessages.Of(talk.Session, talk.Last).ShouldHaveSingleItem();
        message.Blocks.ShouldBeMessage();
        var buttons = ButtonsOf(message);
        string.Join(", ", buttons.Select(b => b["text"]!["text"]!.GetValue<string>())).ShouldBe(labels);
        buttons.ShouldAllBe(b => ButtonValue.TryParse(b["value"]!.GetValue<string>()) == new ButtonValue(Talk.Id, talk.Last.Turn.N, null));
    }

    [Theory]
    [InlineData("practice-question")]
    [InlineData("practice-notice")]
    [InlineData("assessed-notice")]
    [InlineData("paused")]
    public void It_looks_as_approved(string state)
    {
        var talk = State(state);
        ApprovedJson.Match("turn-" + state, TurnMessages.Of(talk.Session, talk.Last).ShouldHaveSingleItem().Blocks);
    }

    [Fact]
    public void The_first_message_of_an_interview_looks_as_approved()
    {
        var root = RootMessage.Of("A feed", Level.Senior, SessionMode.Practice, TimeSpan.FromMinutes(60));
        root.Blocks.ShouldBeMessage();
        root.Text.ShouldBe("Interview: A feed, senior level, practice. Open the thread and answer there.");
        ApprovedJson.Match("root-practice", root.Blocks);
        RootMessage.Of("A feed", Level.Mid, SessionMode.Assessed, TimeSpan.FromMinutes(90)).Blocks.ToJsonString().ShouldNotContain("hint");
    }

    [Fact]
    public void Only_the_newest_turn_has_buttons_and_only_a_step_that_opens_is_named()
    {
        var talk = Talk.Begin().Skip(1).Do(new Input.TimeLeft());
        var turns = talk.Session.Turns;
        turns.Select(t => ButtonsOf(TurnMessages.Of(talk.Session, t)[0]).Count).ShouldBe([0, 0, 3]);
        turns.Select(t => TurnMessages.Of(talk.Session, t)[0].Text.Split('\n')[0])
            .ShouldBe(["Step 1 of 7: requirements", "Step 2 of 7: framing", turns[2].Turn.Text]);
    }

    [Fact]
    public void Text_of_any_length_and_kind_arrives_whole_and_unparsed_with_the_buttons_at_its_end()
    {
        var talk = Talk.Begin();
        for (var seed = 0; seed < 40; seed++)
        {
            var text = seed == 0 ? HostileText.Unbroken(20_000) : HostileText.Of(seed, 1 + seed * 997 % 20_000);
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var messages = TurnMessages.Of(talk.Session, talk.Last with { Turn = talk.Last.Turn with { Text = text } });
            messages.ShouldAllBe(m => m.Text.Length <= 40_000);
            foreach (var message in messages)
                message.Blocks.ShouldBeMessage();
            messages.SelectMany(m => m.Blocks).ShouldAllBe(b => !b!.ToJsonString().Contains("\"mrkdwn\""));
            Without(string.Concat(messages.SelectMany(m => m.Blocks).Where(b => b!["type"]!.GetValue<string>() == "rich_text").Select(Text))).ShouldBe(Without(text));
            messages.Take(messages.Count - 1).ShouldAllBe(m => ButtonsOf(m).Count == 0);
            ButtonsOf(messages[^1]).Count.ShouldBe(3);
        }
    }

    [Fact]
    public void A_turn_that_was_erased_is_not_posted() =>
        TurnMessages.Of(Talk.Begin().Session, Talk.Begin().Last with { Turn = new Turn(1, Speaker.Interviewer, Step.Data, "") }).ShouldBeEmpty();

    private static Talk State(string name) => name switch
    {
        "practice-question" => Talk.Begin(),
        "practice-hint" => Talk.Begin().Do(new Input.Hint()),
        "practice-notice" => Talk.Begin(SmallContent.WithNotice),
        "assessed-notice" => Talk.Begin(mode: SessionMode.Assessed),
        "assessed-question" => Talk.Begin(mode: SessionMode.Assessed).Do(new Input.Consented()),
        "paused" => Talk.Begin().Do(new Input.Pause()),
        "closing" => Talk.Begin().Skip(7),
        _ => Talk.Begin().Do(new Input.Stop()),
    };

    private static List<JsonObject> ButtonsOf(SlackMessage message) =>
        [.. message.Blocks.Where(b => b!["type"]!.GetValue<string>() == "actions").SelectMany(b => b!["elements"]!.AsArray()).Select(b => b!.AsObject())];

    private static string Text(JsonNode? block) => block!["elements"]![0]!["elements"]![0]!["text"]!.GetValue<string>();

    private static string Without(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
