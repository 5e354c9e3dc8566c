using System.Text.Json.Nodes;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Slash commands. Slack repeats none of them and waits three seconds, so each is answered at once: done, or plainly not.
/// </summary>
public sealed class SlackCommands(
    SlackWindows windows, SlackSayings sayings, SlackThreads threads, SlackTeamsHere teams, Practising practising, SlackRestraint restraint, ILogger<SlackCommands> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What Slack shows to whoever typed it, and to nobody else; null for nothing.</summary>
    public async Task<JsonObject?> DoAsync(SlashCommand command, CancellationToken cancellation)
    {
        if (!restraint.Allows(command.Actor))
            return Only(Plain.Message([SlackRestraint.SlowDown]));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            // Whatever the database is at: Slack is answered in time, and what was not done by then is not done later.
            return await AnswerAsync(command, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("A slash command could not be obeyed ({Error})", e.GetType().Name);
            return Only(Plain.Message(["I couldn't do that just now, and nothing was changed. Please try again in a minute."]));
        }
    }

    /// <summary>A message for one person's eyes.</summary>
    internal static JsonObject Only(SlackMessage message) => new()
    {
        ["response_type"] = "ephemeral",
        ["text"] = message.Text,
        ["blocks"] = message.Blocks.DeepClone(),
    };

    private async Task<JsonObject?> AnswerAsync(SlashCommand command, CancellationToken cancellation) =>
        await teams.FindAsync(command.Actor.Team, cancellation) is { IsInstalled: true }
            ? await ObeyAsync(command, cancellation)
            : Only(Plain.Message(["This app is not installed in your workspace any more; ask whoever looks after it."]));

    private async Task<JsonObject?> ObeyAsync(SlashCommand command, CancellationToken cancellation)
    {
        var owner = new SlackOwner(command.Actor.Team, command.Actor.User);
        if (ChatWords.CommandIn(command.Text) is { } input)
            return Only(await ToInterviewAsync(owner, command, input, cancellation));
        var what = command.Text.Length == 0 ? SlackWord.Start : SlackWords.Parse(command.Text);
        if (what == SlackWord.Start)
            return await windows.StartAsync(command.Actor, cancellation) is { } why ? Only(Plain.Message([why])) : null;
        return Only(await sayings.OfAsync(
            owner,
            what switch
            {
                SlackWord.Status => Saying.Status,
                SlackWord.Results => Saying.Results,
                SlackWord.DeleteMyData => Saying.DeleteData,
                _ => Saying.Help,
            },
            session: null,
            cancellation));
    }

    private async Task<SlackMessage> ToInterviewAsync(SlackOwner owner, SlashCommand command, Input input, CancellationToken cancellation)
    {
        if (await threads.OpenOfAsync(owner.Workspace, owner.User, cancellation) is not { } open)
            return await sayings.OfAsync(owner, Saying.Status, session: null, cancellation);
        // Worded before anything is done: once it is, nothing may come between it and the answer.
        var taken = await sayings.OfAsync(owner, Saying.Taken, session: null, cancellation);
        // A trigger is given once for each command that was typed.
        var key = command.Actor.Trigger is { } trigger ? "command:" + trigger : null;
        return await practising.AcceptAsync(open.Key, key, messageKey: null, input, owner.AsCaller, cancellation) is Acceptance.Accepted or Acceptance.Known
            ? taken
            : await sayings.OfAsync(owner, Saying.Status, session: null, cancellation);
    }
}
