using System.Text.Json;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Peers;

/// <summary>
/// Interviews in a Slack that others wrote. It has auth.test, conversations.open, .history and .replies, chat.postMessage,
/// views.open and views.publish. It lacks Socket Mode, slash commands, clicks and events of a direct message to our address
/// (those are signed and sent here), limits of rate and size, checks of blocks, and assistant.threads.setStatus, which it
/// answers with 404 as an installation without it would. We do not use chat.update.
/// </summary>
public sealed class EmulateTests(PostgresFixture postgres)
{
    private static readonly string[] Answers =
    [
        "We rank posts for 60 million people a day & <more>.",
        "The label is whether somebody reads a post for ten seconds, because a click alone rewards titles.",
        "Training data are the shown lists, split by time so that nothing leaks.",
    ];

    [Fact]
    public async Task An_interview()
    {
        await using var here = await EmulateInstallation.StartAsync(postgres);
        await here.UntilAsync(here.CommandAsync, r => r is { Status: 200, Body: "" });
        (await here.SubmitStartAsync()).ShouldBe(new SlackReplyTo(200, ""));
        var channel = await here.ChannelAsync();
        var thread = await ThreadAsync(here, channel);
        foreach (var answer in Answers)
            (await here.SayAndHearAsync(channel, thread, answer)).GetProperty("user").GetString().ShouldBe("U0BOT1");
        await here.SayAsync(channel, thread, "stop");
        var all = await here.UntilAsync(() => here.Slack.MessagesAsync(channel, thread), m => m.Any(HasEvidence));
        Keys(all).ShouldBeUnique();
        here.Between.Calls.Where(c => c.Status != 200).Select(c => c.Method).Distinct().ShouldBeSubsetOf(["assistant.threads.setStatus"]);
        here.Between.Calls.Select(c => c.Method).ShouldBeSubsetOf(
            ["auth.test", "views.open", "conversations.open", "chat.postMessage", "conversations.replies", "conversations.history", "views.publish", "assistant.threads.setStatus", "chat.getPermalink"]);
    }

    [Fact]
    public async Task What_was_posted_without_an_answer_is_found_and_not_posted_again()
    {
        await using var here = await EmulateInstallation.StartAsync(postgres);
        var posts = 0;
        here.Between.Loses = method => method == "chat.postMessage" && Interlocked.Increment(ref posts) is 1 or 2 or 4;
        await here.UntilAsync(here.CommandAsync, r => r is { Status: 200, Body: "" });
        (await here.SubmitStartAsync()).Status.ShouldBe(200);
        var channel = await here.ChannelAsync();
        var thread = await ThreadAsync(here, channel);
        foreach (var answer in Answers)
            await here.SayAndHearAsync(channel, thread, answer);

        var all = await here.Slack.MessagesAsync(channel, thread);
        Keys(all).ShouldBeUnique();
        all.Count.ShouldBe(Answers.Length + 2);
        (await here.Slack.MessagesAsync(channel)).Count.ShouldBe(1);
        here.Between.Calls.Count(c => c.Method == "chat.postMessage").ShouldBe(all.Count);
        here.Between.Calls.ShouldContain(("conversations.history", 200));
        here.Between.Calls.ShouldContain(("conversations.replies", 200));
    }

    /// <summary>The message that the thread hangs on, once the first question is in it.</summary>
    private static async Task<string> ThreadAsync(EmulateInstallation here, string channel)
    {
        var root = (await here.UntilAsync(() => here.Slack.MessagesAsync(channel), m => m.Count > 0))[0].GetProperty("ts").GetString()!;
        await here.UntilAsync(() => here.Slack.MessagesAsync(channel, root), m => m.Count > 1);
        return root;
    }

    private static bool HasEvidence(JsonElement message) =>
        message.TryGetProperty("blocks", out var blocks) && blocks.ToString().Contains("\"evidence\"", StringComparison.Ordinal);

    private static IEnumerable<string> Keys(IEnumerable<JsonElement> messages) =>
        messages.Select(m => m.GetProperty("metadata").GetProperty("event_payload").GetProperty("key").GetString()!);
}
