using System.Net.Http.Json;
using System.Text.Json;
using BotPlatform.Service.Tests.Slack;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests;

/// <summary>
/// What every way in must keep to: given what a candidate writes, message by message, what the session holds in the
/// end. A new channel adds its name and its way of holding an interview.
/// </summary>
public sealed class ChannelContractTests(PostgresFixture postgres, LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    public static TheoryData<string> Channels => ["web", "terminal", "slack"];

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Every_message_is_one_turn_in_order_and_each_answer_gets_one_question(string channel)
    {
        string[] answers = ["We rank posts.", "For 60 million people a day.", "Within 200 ms at p99."];

        var session = await InterviewAsync(channel, [.. answers, "stop"]);

        session.Said().Select(t => t.Text).ShouldBe(answers);
        session.Turns().Take(7).Select(t => t.Speaker).ShouldBe(
            ["interviewer", "candidate", "interviewer", "candidate", "interviewer", "candidate", "interviewer"]);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Text_arrives_as_it_was_written(string channel)
    {
        string[] answers = ["<b>bold</b> & [link](x) {{y}}", "\u202eright to left\u202c", "Größe 5 µs, 日本語, 😀", "tab\there, bell\u0007"];

        var session = await InterviewAsync(channel, [.. answers, "stop"]);

        session.Said().Select(t => t.Text).ShouldBe(answers);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task What_no_text_can_hold_becomes_a_mark_in_its_place(string channel)
    {
        var session = await InterviewAsync(channel, ["a\0b", "stop"]);

        session.Said().ShouldHaveSingleItem().Text.ShouldBe("a\uFFFDb");
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Nothing_written_is_no_answer(string channel)
    {
        var session = await InterviewAsync(channel, ["", "   ", "Something.", "stop"]);

        session.Said().ShouldHaveSingleItem().Text.ShouldBe("Something.");
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task A_bare_word_is_a_command_and_no_answer(string channel)
    {
        var session = await InterviewAsync(channel, ["hint", "skip", "On framing.", "stop"]);

        session.Said().ShouldHaveSingleItem().Text.ShouldBe("On framing.");
        session.Turns().ShouldContain(t => t.Text.Contains("Think of requirements"));
        session.GetProperty("steps").EnumerateArray().First().GetProperty("state").GetString().ShouldBe("declined");
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Stopping_ends_the_interview_with_a_scorecard(string channel)
    {
        var session = await InterviewAsync(channel, ["We rank posts.", "stop"]);

        session.State().ShouldBe("ended");
        session.GetProperty("scorecard").GetProperty("scores").GetArrayLength().ShouldBe(10);
    }

    private Task<JsonElement> InterviewAsync(string channel, string[] messages) =>
        channel switch { "web" => OnTheWebAsync(messages), "slack" => InSlackAsync(messages), _ => InTheTerminalAsync(messages) };

    private async Task<JsonElement> OnTheWebAsync(string[] messages)
    {
        var id = await Http.BeginAsync();
        for (var m = 0; m < messages.Length; m++)
        {
            var before = (await Http.SessionAsync(id)).GetProperty("version").GetInt32();
            using var response = await Http.SayAsync(id, $"m{m}", messages[m]);
            if (response.IsSuccessStatusCode)
                await Http.UntilAsync(id, s => s.GetProperty("version").GetInt32() > before && !s.GetProperty("thinking").GetBoolean());
        }

        return await Http.SessionAsync(id);
    }

    private async Task<JsonElement> InTheTerminalAsync(string[] messages)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var folder = TestFolder.Create();
        var (exit, output) = await ServiceProcess.RunAsync(
            string.Join('\n', messages) + "\n",
            "practice", "--problem", "feed", "--level", "mid", "--content", SmallContent.Folder,
            "--connection-string", database.ConnectionString, "--data-dir", folder);
        exit.ShouldBe(0, output);
        Directory.Delete(folder, recursive: true);
        await using var service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, shared: database);
        var listed = await service.Http.GetFromJsonAsync<JsonElement>(Api.Sessions);
        return await service.Http.SessionAsync(listed.GetProperty("sessions").EnumerateArray().Single().GetProperty("id").GetString()!);
    }

    private async Task<JsonElement> InSlackAsync(string[] messages)
    {
        await using var here = await SlackInstallation.StartAsync(postgres);
        var thread = await here.BeginAsync();
        foreach (var message in messages)
        {
            await here.Candidate.SayAsync(message, thread);
            await here.QuietAsync();
        }

        here.Slack.Refusals.ShouldBeEmpty();
        return await here.SessionAsync();
    }
}
