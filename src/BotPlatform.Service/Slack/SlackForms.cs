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
public sealed class SlackForms(Practising practising, SlackThreads threads, SlackHomeRefresh home, OutboxBell bell, TimeProvider time)
{
    public Task<JsonObject?> DoAsync(SlackInteraction.Submitted form, CancellationToken cancellation) => form.CallbackId switch
    {
        StartModal.CallbackId => StartAsync(form, cancellation),
        DeleteModal.CallbackId => DeleteAsync(form, cancellation),
        _ => Task.FromResult<JsonObject?>(null),
    };

    /// <summary>Puts a sentence into the place of the window.</summary>
    internal static JsonObject Told(string title, string text) => Instead(TellWindow(title, new ClickAnswer(text)));

    internal static JsonObject TellWindow(string title, ClickAnswer told)
    {
        List<JsonObject> blocks = [Block.Section(Mrkdwn.Escape(told.Text))];
        if (told.Button is { } button)
            blocks.Add(Block.Actions(button));
        return View.Modal("told", title, blocks, submit: null, close: "Close");
    }

    private static JsonObject Instead(JsonObject view) => new() { ["response_action"] = "update", ["view"] = view };

    private async Task<JsonObject?> StartAsync(SlackInteraction.Submitted form, CancellationToken cancellation)
    {
        var choice = StartChoice.Parse(form.State);
        if (StartModal.Missing(choice) is { } missing)
            return missing;
        var (wanted, _) = Wanted.Parse(practising.Problems, choice.Slug, choice.Level!.Value.Name(), Words.Name(choice.Mode!.Value), choice.Accommodation);
        if (wanted is null)
            return StartModal.NoSuchProblem();
        var owner = new SlackOwner(form.Actor.Team, form.Actor.User);
        // Null: this very form was sent before with another choice; that interview has begun.
        var begun = await practising.StartAsync(wanted, owner.AsStarter, "form:" + form.ViewId, cancellation);
        bell.Ring();
        return begun is { } id ? await AnotherAsync(wanted, new SessionKey(owner.Workspace, id), owner, cancellation) : null;
    }

    /// <summary>What is told where another interview was open already, begun in another window; null where it was not.</summary>
    private async Task<JsonObject?> AnotherAsync(Wanted wanted, SessionKey begun, SlackOwner owner, CancellationToken cancellation)
    {
        try
        {
            if (await practising.FindAsync(begun, owner.AsCaller, cancellation) is not var (row, session)
                || (row.Problem == wanted.Problem.Slug && row.Level == wanted.Level.Name() && row.Mode == Words.Name(wanted.Mode)))
                return null;
            return session.Version == 0
                ? Told("One is open already", "You have begun another interview a moment ago; it is in your direct message with this app.")
                : Instead(OpenInterviewModal.Of(OpenInterview.Of(session, time.GetUtcNow(), thread: null)));
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // It has begun, whatever else can be found out now.
            return null;
        }
    }

    private async Task<JsonObject?> DeleteAsync(SlackInteraction.Submitted form, CancellationToken cancellation)
    {
        if (!DeleteModal.Confirmed(form.State))
            return DeleteModal.Unconfirmed();
        var owner = new SlackOwner(form.Actor.Team, form.Actor.User);
        var deleted = await threads.DeleteAllOfAsync(owner.Workspace, owner.User, body => SlackAuthor.Of(body)?.User == owner.User, cancellation);
        foreach (var key in deleted)
            practising.Forget(key);
        home.RefreshLater(owner);
        return Told("Deleted", deleted.Count == 0
            ? "There was nothing of yours to delete."
            : $"{Words.Counted(deleted.Count, "interview")} deleted, with everything in them. The messages in Slack stay there; you can delete them yourself where your workspace allows it.");
    }
}
