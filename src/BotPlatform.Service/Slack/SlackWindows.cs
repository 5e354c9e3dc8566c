using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>Opens windows, within the three seconds that a trigger lives.</summary>
public sealed class SlackWindows(
    SlackApi api, SlackTeamsHere teams, SlackSayings sayings, SlackHome home, Adapters.Postgres.SlackThreads threads, SlackSettings settings, Telemetry telemetry, TimeProvider time)
{
    private static readonly TimeSpan TriggerLives = TimeSpan.FromSeconds(3);

    /// <summary>The window in which an interview is chosen, or the one that says that one is open already.</summary>
    /// <returns>Why it could not be opened, for whoever asked; null when it was.</returns>
    internal async Task<string?> StartAsync(SlackActor actor, CancellationToken cancellation)
    {
        var owner = new SlackOwner(actor.Team, actor.User);
        var open = await sayings.SessionAsync(owner, session: null, cancellation);
        if (open is { State: SessionState.New })
            return StatusText.AboutToBegin;
        return await OpenAsync(
            actor,
            open is null
                ? StartModal.Of(chosen: null, Level.Senior, SessionSettings.Default.Budget, settings.Command)
                : OpenInterviewModal.Of(OpenInterview.Of(open, time.GetUtcNow(), await LinkAsync(owner, cancellation))),
            push: false,
            cancellation);
    }

    /// <param name="push">Lays it on the window that it was asked from.</param>
    /// <returns>Why it could not be opened, for whoever asked; null when it was.</returns>
    internal async Task<string?> OpenAsync(SlackActor actor, JsonObject view, bool push, CancellationToken cancellation)
    {
        if (actor.Trigger is not { } trigger)
            return "Slack did not say how to open a window for this; please try again.";
        if (await teams.FindAsync(actor.Team, cancellation) is not { } team || teams.TokenOf(team) is not { } token)
            return "This app is not installed in your workspace any more; ask whoever looks after it.";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TriggerLives);
        try
        {
            var method = push ? "views.push" : "views.open";
            var reply = await api.CallAsync(method, token, new JsonObject { ["trigger_id"] = trigger, ["view"] = view }, limit.Token);
            telemetry.SlackCalled(method, reply is SlackReply.Done ? "ok" : reply is SlackReply.Refused refused ? refused.Error : "failed");
            return reply switch
            {
                SlackReply.Done => null,
                SlackReply.Refused { Error: "expired_trigger_id" } => "That took longer than Slack waits, and nothing was changed. Please try again.",
                SlackReply.Refused { Error: "exchanged_trigger_id" } => null,
                _ => "Slack could not open the window just now, and nothing was changed. Please try again.",
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "Slack did not answer in time, and nothing was changed. Please try again.";
        }
    }

    private async Task<Uri?> LinkAsync(SlackOwner owner, CancellationToken cancellation) =>
        await threads.OpenOfAsync(owner.Workspace, owner.User, cancellation) is { } thread
        && await teams.FindAsync(owner.Team, cancellation) is { } team && teams.TokenOf(team) is { } token
            ? await home.LinkAsync(thread, token, cancellation)
            : null;
}
