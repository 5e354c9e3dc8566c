using System.Text.Json.Nodes;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>Forms that were filled in. The same form sent twice does what it does once.</summary>
public sealed class SlackForms(Practising practising, SlackThreads threads, SlackPosts posts, OutboxBell bell, TimeProvider time)
{
    public Task<JsonObject?> DoAsync(SlackInteraction.Submitted form, CancellationToken cancellation) => form.CallbackId switch
    {
        StartModal.CallbackId => StartAsync(form, cancellation),
        DeleteModal.CallbackId => DeleteAsync(form, cancellation),
        _ => Task.FromResult<JsonObject?>(null),
    };

    /// <summary>Puts a sentence into the place of the window.</summary>
    internal static JsonObject Told(string title, string text) => new()
    {
        ["response_action"] = "update",
        ["view"] = View.Modal("told", title, [Block.Section(Mrkdwn.Escape(text))], submit: null, close: "Close"),
    };

    private async Task<JsonObject?> StartAsync(SlackInteraction.Submitted form, CancellationToken cancellation)
    {
        var choice = StartChoice.Parse(form.State);
        if (StartModal.Missing(choice) is { } missing)
            return missing;
        var (wanted, _) = practising.Parse(choice.Slug, choice.Level!.Value.Name(), Words.Name(choice.Mode!.Value), choice.Accommodation);
        if (wanted is null)
            return StartModal.NoSuchProblem();
        var owner = new SlackOwner(form.Actor.Team, form.Actor.User);
        // Null: this very form was sent before with another choice; that interview has begun.
        await practising.StartAsync(wanted, owner.AsStarter, "form:" + form.ViewId, cancellation);
        bell.Ring();
        return null;
    }

    private async Task<JsonObject?> DeleteAsync(SlackInteraction.Submitted form, CancellationToken cancellation)
    {
        if (!DeleteModal.Confirmed(form.State))
            return DeleteModal.Unconfirmed();
        var owner = new SlackOwner(form.Actor.Team, form.Actor.User);
        var deleted = 0;
        foreach (var thread in await threads.OfAsync(owner.Workspace, owner.User, cancellation))
        {
            await practising.DeleteAsync(thread.Key, cancellation);
            deleted++;
        }

        await posts.AddAsync(owner.Workspace, NewSlackPost.HomeOf(owner.Workspace, owner.User), time.GetUtcNow(), cancellation);
        bell.Ring();
        return Told("Deleted", deleted == 0
            ? "There was nothing of yours to delete."
            : $"{Words.Counted(deleted, "interview")} deleted, with everything in them. The messages in Slack stay there; you can delete them yourself where your workspace allows it.");
    }
}
