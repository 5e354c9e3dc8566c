using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

public sealed class MessagesTests(LocalService local) : IClassFixture<LocalService>
{
    private HttpClient Http => local.Http;

    [Fact]
    public async Task The_same_message_twice_is_taken_once()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", "First.");

        using var again = await Http.SayAsync(id, "m1", "First.");

        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await ShouldHaveHeardAsync(id, "First.");
    }

    [Fact]
    public async Task The_same_id_with_another_text_changes_nothing()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", "First.");

        using var again = await Http.SayAsync(id, "m1", "Something else.");

        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await ShouldHaveHeardAsync(id, "First.");
    }

    [Fact]
    public async Task The_same_message_many_times_at_once_is_taken_once()
    {
        var id = await Http.BeginAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Http.SayAsync(id, "m1", "First.")));

        all.ShouldAllBe(r => r.StatusCode == HttpStatusCode.Accepted);
        await ShouldHaveHeardAsync(id, "First.");
    }

    [Fact]
    public async Task The_same_id_in_two_sessions_is_two_messages()
    {
        var (one, other) = (await Http.BeginAsync(), await Http.BeginAsync());

        await Http.SayAndHearAsync(one, "m1", "To one.");
        await Http.SayAndHearAsync(other, "m1", "To the other.");

        (await Http.SessionAsync(one)).Said().ShouldHaveSingleItem().Text.ShouldBe("To one.");
        (await Http.SessionAsync(other)).Said().ShouldHaveSingleItem().Text.ShouldBe("To the other.");
    }

    [Fact]
    public async Task A_message_can_be_changed_and_taken_back()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m/1 ü", "First.");

        using var changed = await Http.PatchAsJsonAsync(MessagePath(id, "m/1 ü"), new { text = "Better." });

        changed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Http.UntilAsync(id, s => s.Said()[0].Text == "Better.");
        using var deleted = await Http.DeleteAsync(MessagePath(id, "m/1 ü"));
        deleted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Http.UntilAsync(id, s => s.Said()[0] is { Deleted: true, Text: "" });
    }

    [Fact]
    public async Task A_message_that_nobody_sent_can_be_neither_changed_nor_taken_back()
    {
        var id = await Http.BeginAsync();

        using var changed = await Http.PatchAsJsonAsync(MessagePath(id, "nobody's"), new { text = "Better." });
        using var deleted = await Http.DeleteAsync(MessagePath(id, "nobody's"));

        (await changed.ShouldBeProblemAsync(HttpStatusCode.NotFound)).ShouldContain("no such message");
        await deleted.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_message_cannot_be_changed_into_nothing()
    {
        var id = await Http.BeginAsync();
        await Http.SayAndHearAsync(id, "m1", "First.");

        using var changed = await Http.PatchAsJsonAsync(MessagePath(id, "m1"), new { text = " \n" });

        (await changed.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ShouldContain("\"text\"");
    }

    [Theory]
    [InlineData("hint")]
    [InlineData("skip")]
    [InlineData("back")]
    [InlineData("feedback")]
    [InlineData("time")]
    [InlineData("resume")]
    [InlineData("agree")]
    [InlineData("swap")]
    public async Task A_command_is_always_accepted_and_the_interview_stays_open(string command)
    {
        var id = await Http.BeginAsync();

        using var response = await Http.CommandAsync(id, command);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Http.SayAndHearAsync(id, "m1", "And on.")).State().ShouldBe("interviewing");
    }

    [Fact]
    public async Task A_pause_holds_until_the_next_message()
    {
        var id = await Http.BeginAsync();

        using var response = await Http.CommandAsync(id, "pause");

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Http.UntilAsync(id, s => s.State() == "paused");
        (await Http.SayAndHearAsync(id, "m1", "Here again.")).State().ShouldBe("interviewing");
    }

    [Fact]
    public async Task An_unknown_command_is_refused_with_those_that_there_are()
    {
        var id = await Http.BeginAsync();

        using var response = await Http.CommandAsync(id, "dance");

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ShouldContain("hint, skip, back");
    }

    [Fact]
    public async Task The_same_command_under_one_idempotency_key_is_obeyed_once()
    {
        var id = await Http.BeginAsync();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api.Sessions}/{id}/commands")
            {
                Headers = { { "Idempotency-Key", "skip once" } },
                Content = JsonContent.Create(new { command = "skip" }),
            };
            using var response = await Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        (await Http.SayAndHearAsync(id, "m1", "On we go.")).GetProperty("step").GetString().ShouldBe("framing");
    }

    /// <summary>What was said so far is exactly this: one more message is heard, and by then all before it has been handled.</summary>
    private async Task ShouldHaveHeardAsync(string session, params string[] texts) =>
        (await Http.SayAndHearAsync(session, "last", "Last.")).Said().Select(t => t.Text).ShouldBe([.. texts, "Last."]);

    private static string MessagePath(string session, string message) =>
        $"{Api.Sessions}/{session}/messages/{Uri.EscapeDataString(message)}";
}
